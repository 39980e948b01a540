"""Specifications beside builds with the same choices, and runs that are stopped."""

from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import LakeError
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.multiverse import RESULTS
from lakehouse.lake.schemas import COVARIATES
from lakehouse.multiverse import run as running
from lakehouse.multiverse.run import MultiverseResult, walk
from lakehouse.multiverse.specification import specifications
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.copies import copied
from tests.lean import lean
from tests.once import Once

SECTIONS: dict[str, Any] = {
    "dataset": {"expressions": {"00": "neutral", "05": "happiness", "07": "surprise"}},
    "clusters": {"k": 4, "starts": 10},
    "multiverse": {"hypotheses": ["01-00 291 asrsb", "01-01 10 dbi"]},
}
PERMUTATIONS = 19


def chosen(**sections: Any) -> Settings:
    return lean(**{**SECTIONS, **sections})


@pytest.fixture(scope="module")
def lake(once: Once) -> WarehousePaths:
    """A lake of 24 people, two of whom lack a photograph; read only."""

    def make(folder: Path) -> WarehousePaths:
        paths = WarehousePaths(folder / "warehouse")
        write_cohort(paths, chosen(), participants=24)
        people: list[str] = []
        for part in sorted(paths.photos.glob("*.parquet")):
            photos = pq.read_table(part).replace_schema_metadata()
            people += photos["participant"].unique().to_pylist()
            lacking = (
                pc.is_in(photos["participant"], pa.array(["0004", "0005"])),
                pc.equal(photos["expression"], "surprise"),
                pc.equal(photos["photo"], "3"),
            )
            write_parquet(photos.filter(pc.invert(reduce(pc.and_, lacking))), part)
        assert len(people) == 24
        assert {"0004", "0005"} <= set(people)
        # One of them is of no known age.
        known = [("age", who, 20.0 + at % 7, None) for at, who in enumerate(people[1:])]
        known += [("site", who, None, "abc"[at % 3]) for at, who in enumerate(people)]
        rows = [
            dict(zip(("covariate", "participant", "value", "category"), row, strict=True))
            for row in known
        ]
        write_parquet(pa.Table.from_pylist(rows, schema=COVARIATES), paths.covariates)
        return paths

    return once("multiverse_lake", make)


@pytest.fixture
def paths(lake: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(copied(lake.root, tmp_path / "warehouse"))


@pytest.fixture(scope="module")
def walked(lake: WarehousePaths, once: Once) -> tuple[WarehousePaths, MultiverseResult]:
    """All specifications of the lake; read only."""

    def make(folder: Path) -> tuple[WarehousePaths, MultiverseResult]:
        paths = WarehousePaths(copied(lake.root, folder / "warehouse"))
        return paths, walk(paths, chosen(), permutations=PERMUTATIONS)

    return once("multiverse_walked", make)


def the_row(result: MultiverseResult, **choices: Any) -> dict[str, Any]:
    usual = {"feature_kind": "distance", "starts": 10, "seed": 0, "covariates": "none"}
    [row] = [each for each in result.specifications if (usual | choices).items() <= each.items()]
    return row


@pytest.mark.slow
@pytest.mark.parametrize(
    ("exclusions", "method", "dimensions", "k", "covariates"),
    [
        ("strict", "paper", 2, 4, "none"),
        ("strict", "procrustes", 3, 6, "none"),
        ("any", "neutral_scale", 2, 8, "none"),
        ("any", "paper", 3, 5, "all"),
        ("strict", "neutral_scale", 3, 7, "all"),
    ],
)
def test_a_specification_is_what_a_build_with_its_choices_gives(
    walked: tuple[WarehousePaths, MultiverseResult],
    paths: WarehousePaths,
    exclusions: str,
    method: str,
    dimensions: int,
    k: int,
    covariates: str,
) -> None:
    _, result = walked
    choices = {"exclusions": exclusions, "alignment": method, "dimensions": dimensions}
    row = the_row(result, **choices, groups=k, covariates=covariates)
    strict = exclusions == "strict"
    held = ["site", "age", "yaw", "pitch", "roll"]
    settings = chosen(
        quality={} if strict else {"photos_per_mask": "any", "masks": "neutral"},
        alignment={"method": method},
        distance={"dimensions": dimensions},
        clusters={"k": k, "starts": 10},
        statistics={"covariates": held if covariates == "all" else []},
    )
    build(paths, settings)
    relation = "partial_correlations" if covariates == "all" else "correlations"
    built = fetch(
        paths,
        f"select *, abs(spearman_r) as strength from {relation} "
        f"where grouping = 'kmeans{k}' order by strength desc nulls last",
    )

    best = built.row(0, named=True)
    assert (row["feature"], row["instrument"]) == (best["feature"], best["instrument"])
    assert row["n"] == best["n"] == (22 if strict else 24) - (covariates == "all")
    assert row["r"] == pytest.approx(best["spearman_r"], rel=1e-12)
    assert row["p"] == pytest.approx(best["spearman_p"], rel=1e-9)
    assert row["tests"] == built["spearman_p"].count()
    assert row["significant"] == (built["spearman_p"] < 0.05).sum()
    assert row["points"] == len(fetch(paths, "from points_above_average"))
    [named] = [
        each
        for each in result.hypotheses
        if each["specification"] == row["specification"] and each["hypothesis"].endswith("asrsb")
    ]
    held_by = fetch(
        paths,
        f"select correlations.* from {relation} as correlations "
        "inner join pav_groups using (grouping, group_id) "
        f"where grouping = 'kmeans{k}' and point = 291 and mask = '01-00' "
        "and instrument = 'asrsb'",
    )
    assert (named["feature"], named["n"]) == held_by.select("feature", "n").row(0)
    assert named["r"] == pytest.approx(held_by["spearman_r"].item(), rel=1e-12)


@pytest.mark.slow
def test_kinds_of_feature_follow_from_photographs(
    walked: tuple[WarehousePaths, MultiverseResult], paths: WarehousePaths
) -> None:
    _, result = walked
    build(paths, chosen())
    photos = fetch(
        paths,
        "select participant, mask, photo, point, x, y from aligned_landmarks "
        "inner join mask_labels using (expression, supervised) "
        "semi join pav_groups using (point)",
    )
    groups = dict(
        fetch(paths, "select point, group_id from pav_groups where grouping = 'kmeans4'").rows()
    )
    scores = dict(
        fetch(
            paths, "select participant, score from analysed_scores where instrument = 'asrsb'"
        ).rows()
    )
    faces: dict[tuple[str, str], dict[int, list[np.ndarray]]] = {}
    for participant, mask, _, point, x, y in photos.sort("photo").rows():
        here = faces.setdefault((participant, mask), {})
        here.setdefault(point, []).append(np.array([x, y]))
    people, group = sorted(scores), groups[291]
    mine = [point for point, number in groups.items() if number == group]
    moved = {
        (who, point): np.mean(faces[who, "01-00"][point], axis=0)
        - np.mean(faces[who, "00-00"][point], axis=0)
        for who in people
        for point in mine
    }

    def along(who: str, point: int) -> float:
        others = np.mean([moved[other, point] for other in people if other != who], axis=0)
        return float(moved[who, point] @ others / np.linalg.norm(others))

    def unbiased(who: str, point: int) -> float:
        mask, neutral = faces[who, "01-00"][point], faces[who, "00-00"][point]
        pairs = [(a, b) for a in range(3) for b in range(3) if a != b]
        return float(
            np.mean(
                [
                    (mask[a] - neutral[b]) @ (mask[c] - neutral[d])
                    for a, c in pairs
                    for b, d in pairs
                ]
            )
        )

    for kind, measure in (("projected", along), ("squared_unbiased", unbiased)):
        row = the_row(
            result,
            exclusions="strict",
            alignment="paper",
            dimensions=2,
            groups=4,
            feature_kind=kind,
        )
        values = [np.mean([measure(who, point) for point in mine]) for who in people]
        ranks = pl.DataFrame({"x": values, "y": [scores[who] for who in people]})
        [named] = [
            each
            for each in result.hypotheses
            if each["specification"] == row["specification"]
            and each["hypothesis"].endswith("asrsb")
        ]
        expected = ranks.select(pl.corr("x", "y", method="spearman")).item()
        assert named["r"] == pytest.approx(expected, abs=1e-9), kind


@pytest.mark.slow
def test_the_relations_are_empty_before_and_there_after_a_build(
    walked: tuple[WarehousePaths, MultiverseResult], paths: WarehousePaths
) -> None:
    build(paths, chosen())
    for name in RESULTS:
        assert fetch(paths, f"from {name}").is_empty()

    done, result = walked
    again = WarehousePaths(copied(done.root, paths.root.parent / "again"))
    build(again, chosen())
    rows = fetch(again, "from specifications order by specification")
    assert rows.drop("seed").to_dicts() == [
        {name: value for name, value in each.items() if name != "seed"}
        for each in result.specifications
    ]
    assert len(rows) == len(specifications(chosen()))
    curve = fetch(again, "from specification_curve")
    assert set(curve["curve"]) == {"strongest", *SECTIONS["multiverse"]["hypotheses"]}
    assert curve["p"].is_between(1 / (PERMUTATIONS + 1), 1).all()
    assert build(again, chosen()).up_to_date

    # With other settings they are not shown, and come back with these.
    build(again, chosen(statistics={"seed": 1}))
    assert fetch(again, "from specifications").is_empty()
    build(again, chosen())
    assert len(fetch(again, "from specifications")) == len(rows)


@pytest.mark.slow
def test_a_run_that_is_stopped_goes_on(paths: WarehousePaths) -> None:
    def stop(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        walk(paths, chosen(), limit=30, permutations=PERMUTATIONS, report=stop)
    build(paths, chosen())
    assert fetch(paths, "from specifications").is_empty()

    found = walk(paths, chosen(), limit=30, permutations=PERMUTATIONS)
    assert 10 < found.resumed < 20
    again = walk(paths, chosen(), limit=30, permutations=PERMUTATIONS)
    assert again.resumed == 30
    assert (again.specifications, again.curve) == (found.specifications, found.curve)

    # Alone, the same comes out; and what is of other settings is not taken, and removed.
    other = walk(paths, chosen(statistics={"seed": 2}), limit=3, permutations=PERMUTATIONS)
    assert other.resumed == 0
    anew = walk(paths, chosen(), limit=30, permutations=PERMUTATIONS)
    assert anew.resumed == 0
    assert (anew.specifications, anew.curve) == (found.specifications, found.curve)
    more = walk(paths, chosen(), limit=3, permutations=2)
    assert more.resumed == 0


@pytest.mark.slow
def test_where_everybody_is_left_out_there_is_nothing_but_no_error(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = chosen(quality={"photos_per_mask": 2})
    some = [each for each in specifications(settings) if each.world.exclusions == "strict"][:2]
    monkeypatch.setattr(running, "specifications", lambda _: some)
    found = walk(paths, settings, permutations=3)

    assert [(each["tests"], each["r"], each["points"]) for each in found.specifications] == [
        (0, None, 0)
    ] * 2
    assert {each["p"] for each in found.curve} == {None}
    build(paths, settings)
    assert len(fetch(paths, "from specification_hypotheses where r is null")) == 4


def test_without_scores_it_says_what_is_missing(paths: WarehousePaths) -> None:
    paths.scores.unlink()
    with pytest.raises(LakeError, match=r"no scores to correlate with; read them with"):
        walk(paths, chosen(), permutations=3)
