"""What the cluster makes where DuckDB makes the rest: what grows with people and points."""

from collections.abc import Sequence

import duckdb

from lakehouse.warehouse.models import Model, relations_read

_OF_LARGE_FILES = frozenset(
    {
        *("source_photos", "source_landmarks", "source_blendshapes"),
        *("source_frames", "source_frame_landmarks", "source_frame_blendshapes"),
    }
)
_PEOPLE = frozenset(
    {
        *("participant", "participant_a", "photo_index", "cell_index", "neutral_index", "batch"),
        "trial_index",
    }
)
_POINTS = frozenset({"point", "point_a", "blendshape", "frame", "frame_index", "series_index"})


def is_large(model: Model) -> bool:
    """Tell by its key whether it has rows for every point of every face, or every frame."""
    key = set(model.header.key)
    return bool(key & _PEOPLE and key & _POINTS)


def clusters_share(models: Sequence[Model]) -> list[Model]:
    """Choose what the cluster makes: large relations, what reads them, and all they rest on.

    Parameters
    ----------
    models : sequence of Model
        In the order in which they can be made.

    Returns
    -------
    list of Model
        In the same order. What is not among them reads none that is large, so that DuckDB makes
        it from few rows.
    """
    large = {model.relation for model in models if is_large(model)}
    with duckdb.connect() as connection:
        reads = {model.name: relations_read(connection, model.query) for model in models}
    heavy = [
        model
        for model in models
        if model.header.pivot is None and reads[model.name] & (large | _OF_LARGE_FILES)
    ]
    needed = {model.name for model in heavy}.union(*(model.rests_on for model in heavy))
    return [model for model in models if model.name in needed]
