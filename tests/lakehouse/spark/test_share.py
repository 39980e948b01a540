from collections import Counter
from typing import Final

import duckdb

from lakehouse.spark.share import clusters_share, is_large
from lakehouse.warehouse.models import load_models, relations_read

MODELS: Final = load_models()
SHARE: Final = clusters_share(MODELS)


def test_what_grows_with_people_and_points_is_the_clusters() -> None:
    large = {model.name for model in MODELS if is_large(model)}

    assert large >= {"photo_points", "cell_points", "masks", "blendshapes", "cell_pair_changes"}
    assert not large & {"photos", "mean_masks", "correlations", "group_distances", "points"}
    assert large <= {model.name for model in SHARE}


def test_what_duckdb_makes_reads_nothing_large() -> None:
    large = {model.relation for model in MODELS if is_large(model)}
    rest = [model for model in MODELS if model not in SHARE]

    with duckdb.connect() as connection:
        read = set().union(*(relations_read(connection, model.query) for model in rest))

    assert not read & large
    assert not read & {"source_landmarks", "source_blendshapes", "source_photos"}
    assert {model.name for model in rest} >= {"correlations", "features_wide", "distributions"}


def test_the_cluster_makes_all_that_its_share_rests_on_in_order() -> None:
    stored = {model.name for model in MODELS}
    made: Counter[str] = Counter()
    for model in SHARE:
        assert set(made) >= model.rests_on & stored
        made[model.name] += 1

    assert set(made.values()) == {1}
