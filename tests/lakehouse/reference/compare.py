"""The warehouse beside the independent reference, relation by relation and column by column.

A relation is compared if a subject of `Results` computes it, and then all of its columns are but
those of `NOT_COMPARED`: `assert_same` refuses any other difference between the columns of both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.macros import load_macros
from lakehouse.warehouse.models import Extra, Model, load_models
from tests.lakehouse.reference.names import Words
from tests.lakehouse.reference.results import Results, framed
from tests.lakehouse.reference.stills import OfStills

TOLERANCE: Final = 1e-6
"""By how much numbers may differ; probabilities, of which small ones matter, in relation to
themselves, unless they are no more than rounding."""

EVERY_COLUMN: Final = "*"
"""In `NOT_COMPARED`: the relation as a whole."""

NOT_COMPARED: Final[Mapping[str, Mapping[str, str]]] = {
    "face_regions": {EVERY_COLUMN: "is what regions are called, which has no second source"},
    **{
        name: {
            EVERY_COLUMN: "is empty until `lakehouse multiverse` fills it; "
            "tests/lakehouse/multiverse compares it with builds and with arithmetic of its own"
        }
        for name in ("specifications", "specification_hypotheses", "specification_curve")
    },
    "action_units": {"label_pt": "is a translation that has no second source"},
    "blendshape_action_units": {"caveat": "is a sentence to be read by people"},
    "cluster_choice": {
        "starts_at_best": "needs each start by itself, which takes scikit-learn minutes; "
        "tests/lakehouse/steps/clusters/test_search.py compares it"
    },
    "build_info": {
        "git_commit": "names the checkout that the program itself runs from",
        "sql_digest": "names a state of the program's code, and is no result",
        "started": "is the moment of the build",
        "seconds": "is the duration of the build",
    },
}
"""Columns that no comparison covers, with the reason; all others of a relation are compared."""

BETWEEN: Final = {
    ("correlation_thresholds", "passed"): "passed_most",
    ("strongest_correlations", "rank"): "rank_most",
    ("primary_correlations", "rank"): "rank_most",
}
"""Whole numbers that the last bits of equal correlations may alter: the reference gives the least
possible in the column and the largest in this one beside it."""

SEARCHED: Final = frozenset(
    {
        *("icc_ck", "icc_ck_low", "icc_ck_high"),
        *("var_participants", "var_places", "var_error"),
        *("movement_var_participants", "movement_var_places", "movement_var_error"),
        *("slope_se", "slope_low", "slope_high"),
    }
)
"""Numbers that maximise a likelihood, which both sides search on ways of their own; and errors of
slopes, of which little is left where three people determine a line nearly."""

GIVEN: Final[Mapping[str, str]] = {
    "muscles": "of the built-in atlas, the points of the right side and the midline are authored "
    "from anatomy and have no second source: from them all else is computed, and from the user's "
    "file, where there is one, everything",
    "points": "the regions and names of the right side, the midline and the right iris are words; "
    "the left, and the names of all groups and features, are made of them",
}
"""Relations of which the reference takes a part as given, with the reason."""


def uncovered(models: Iterable[Model]) -> list[str]:
    """Name the relations that no subject of the reference computes and nothing excuses."""
    excused = {name for name, reasons in NOT_COMPARED.items() if EVERY_COLUMN in reasons}
    return sorted({model.name for model in models} - Results.names() - excused)


def comparable(extras: Collection[str] = tuple(Extra)) -> dict[str, Model]:
    """Give the models that a build makes and that are compared, by name."""
    return {
        model.name: model
        for model in load_models()
        if model.header.extra in (None, *extras) and model.name in Results.names()
    }


def compare(
    paths: WarehousePaths,
    chosen: Settings,
    relations: Iterable[str] | None = None,
    *,
    extras: Collection[Extra] = (),
) -> dict[str, pl.DataFrame]:
    """Build the warehouse, compare it with the reference, and give the relations.

    Macros are compared where all relations are.
    """
    # Arrays are small: threads would only wait for each other.
    with threadpool_limits(1):
        build(paths, chosen, extras=extras, force=True)
    return compare_built(paths, chosen, relations, extras=extras)


def compare_built(
    paths: WarehousePaths,
    chosen: Settings,
    relations: Iterable[str] | None = None,
    *,
    extras: Collection[Extra] = (),
) -> dict[str, pl.DataFrame]:
    """Compare a warehouse that was built with the reference, and give the relations."""
    with (
        threadpool_limits(1),
        duckdb.connect(str(paths.database), read_only=True) as connection,
    ):
        results = reference_of(connection, paths, chosen, extras)
        return _compared(connection, results, comparable(extras), relations)


def reference_of(
    connection: duckdb.DuckDBPyConnection,
    paths: WarehousePaths,
    chosen: Settings,
    extras: Collection[Extra],
) -> Results:
    """Compute anew, when they are asked, the relations of the warehouse that is open."""
    given = (_of_one_side(connection), _words(connection))
    if chosen.video.masks == "plateau":
        return OfStills(paths, chosen, extras, given)
    return Results(paths, chosen, extras, given)


def _compared(
    connection: duckdb.DuckDBPyConnection,
    results: Results,
    models: Mapping[str, Model],
    relations: Iterable[str] | None,
) -> dict[str, pl.DataFrame]:
    found = {}
    for name in models if relations is None else relations:
        found[name] = connection.sql(f"select * from {models[name].relation}").pl()
        assert_same(models[name], found[name], results[name])
    if relations is None:
        compare_macros(connection, results)
    return found


def compare_macros(connection: duckdb.DuckDBPyConnection, results: Results) -> None:
    """Compare what the macros give."""
    for macro in load_macros():
        for call in results.macros.calls(macro.name):
            marks = ", ".join("?" * len(call))
            expected = getattr(results.macros, macro.name)(*call)
            if macro.header.kind == "scalar":
                [(found,)] = connection.execute(
                    f"select {macro.name}({marks})", list(call)
                ).fetchall()
                assert found == expected, f"{macro.name}{call}"
                continue
            table = connection.sql(f"select * from {macro.name}({marks})", params=list(call)).pl()
            _assert_same_rows(f"{macro.name}{call}", table, framed(expected))


def _of_one_side(connection: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    """Read what `GIVEN` says of the muscles."""
    listed = connection.sql("select muscle, point from muscles where side <> 'left'").fetchall()
    points: dict[str, list[int]] = {}
    for muscle, point in listed:
        points.setdefault(muscle, []).append(point)
    return points


def _words(connection: duckdb.DuckDBPyConnection) -> Words:
    """Read what `GIVEN` says of the points, and what regions are called."""
    points = connection.sql("from points where side <> 'left'").pl().to_dicts()
    regions = connection.sql("from internal.face_regions").pl().to_dicts()
    kept = ("region", "name_en", "name_pt")
    return Words(
        {row["point"]: {name: row[name] for name in kept} for row in points},
        {row["region"]: row for row in regions},
    )


def assert_same(model: Model, found: pl.DataFrame, expected: pl.DataFrame) -> None:
    """Compare row sets by key: numbers as near as `TOLERANCE`, everything else exactly."""
    name, header = model.name, model.header
    left_out = NOT_COMPARED.get(name, {}).keys()
    most = {column: beside for (of, column), beside in BETWEEN.items() if of == name}
    units = {column: unit for column, (unit, _) in header.columns.items()}
    _assert_same_rows(
        name,
        found.drop(left_out),
        expected,
        key=[column for column in header.key if column not in left_out],
        most=most,
        relative={column for column, unit in units.items() if unit in ("p", "q")},
    )


def _assert_same_rows(
    name: str,
    found: pl.DataFrame,
    expected: pl.DataFrame,
    *,
    key: Sequence[str] | None = None,
    most: Mapping[str, str] = MappingProxyType({}),
    relative: Collection[str] = (),
) -> None:
    assert len(found) == len(expected), f"{name}: {len(found)} rows, not {len(expected)}"
    if expected.is_empty():
        return
    compared = set(expected.columns) - set(most.values())
    assert set(found.columns) == compared, f"{name}: other columns"
    if key is None:
        key = [column for column, kind in found.schema.items() if not kind.is_float()]
    found, expected = found.sort(key), expected.sort(key)
    for column in compared:
        where = f"{name}.{column}"
        if column in most:
            between = found[column].is_between(expected[column], expected[most[column]])
            outside = (~between.fill_null(False)).sum()
            assert not outside, f"{where}: {outside} of {len(found)} differ"
            continue
        _assert_same_column(where, found[column], expected[column], column in relative)


def _assert_same_column(where: str, ours: pl.Series, theirs: pl.Series, probability: bool) -> None:
    if not ours.dtype.is_float():
        fraction = theirs.dtype.is_float() and not theirs.is_null().all()
        assert not fraction, f"{where}: {ours.dtype} beside {theirs.dtype}"
        same = ours.equals(theirs.cast(ours.dtype, strict=True), null_equal=True)
        assert same, f"{where}: {_first_difference(ours, theirs)}"
        return
    assert ours.is_null().equals(theirs.is_null()), f"{where}: other nulls"
    found, expected = (column.drop_nulls().cast(pl.Float64).to_numpy() for column in (ours, theirs))
    size = np.abs(expected)
    # Displacements reach some steps in single precision, which tells in the largest numbers.
    allowed = TOLERANCE * size + 1e-14 if probability else TOLERANCE + 1e-8 * size
    if ours.name in SEARCHED:
        allowed = 1e-5 + 3e-5 * size
    error = np.abs(found - expected)
    wrong = np.flatnonzero(~(error <= allowed))
    assert not len(wrong), (
        f"{where}: {len(wrong)} of {len(found)} differ, first {found[wrong[0]]} for "
        f"{expected[wrong[0]]}"
    )


def _first_difference(ours: pl.Series, theirs: pl.Series) -> str:
    differ: list[Any] = [
        pair for pair in zip(ours.to_list(), theirs.to_list(), strict=True) if pair[0] != pair[1]
    ]
    return f"{len(differ)} of {len(ours)} differ, first {differ[0] if differ else 'none'}"
