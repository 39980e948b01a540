import json

import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.document import compose
from lakehouse.statistics.evidence.power import detectable
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.lean import LEAN, lean


@pytest.mark.slow
def test_it_holds_the_family_the_sample_and_its_power(paths: WarehousePaths) -> None:
    document = compose(paths, LEAN)

    features = fetch(
        paths,
        "select feature from internal.group_features where grouping = 'kmeans6' order by feature",
    )["feature"].to_list()
    primary, power = document["primary"], document["power"]
    assert primary["features"] == features
    assert primary["instruments"] == ["dbi", "bai", "asrsa", "asrsb", "oci", "srq"]
    assert primary["tests"] == len(features) * 6
    assert document["sample"] == {
        "participants": 5,
        "included": 4,
        "photographs": 61,
        "excluded": {"no_face": 1},
    }
    assert power["level_of_a_test"] == pytest.approx(0.05 / primary["tests"])
    expected = detectable(4, 0.05 / primary["tests"], 0.8, method="spearman")
    assert power["detectable_r"] == pytest.approx(expected, abs=5e-5)
    chances = list(power["power_at"].values())
    assert chances == sorted(chances)
    # No participant is named, and no path.
    assert not {"001", "002", "003"} & set(json.dumps(document).replace('"', " ").split())


@pytest.mark.slow
def test_a_family_can_be_a_part(paths: WarehousePaths) -> None:
    primary = {"instruments": ["bai"], "direction": "positive", "method": "kendall"}
    settings = lean(statistics={"primary": primary})
    with pytest.raises(QueryError, match="no database of the lake and the settings as they are"):
        compose(paths, settings)
    build(paths, settings)

    document = compose(paths, settings)

    assert document["primary"]["tests"] == len(document["primary"]["features"])
    assert document["power"]["detectable_r"] is None


@pytest.mark.slow
def test_an_empty_family_is_refused(paths: WarehousePaths) -> None:
    settings = lean(statistics={"primary": {"grouping": "kmeans7"}})
    build(paths, settings)

    with pytest.raises(QueryError, match=r"kmeans7.*choose among kmeans6, kmeans6_eyes"):
        compose(paths, settings)
