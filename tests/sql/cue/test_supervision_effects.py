import math
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.cohort import CohortOptions, write_cohort
from lakehouse.synthetic.cohort_faces import Blocks
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.query import fetch
from tests.lean import lean
from tests.sql.support import RunModel, settings_row, table

EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))
CELLS = table(
    "cell_index participant expression supervised mask usable_photos",
    (1, "a", "happiness", True, "05-01", 3),
    (2, "a", "happiness", False, "05-00", 3),
    (3, "a", "neutral", True, "00-01", 3),
    (4, "b", "happiness", True, "05-01", 3),
    (5, "b", "happiness", False, "05-00", 3),
    (6, "b", "neutral", True, "00-01", 0),
)
CUE_COLUMNS = (
    "participant, expression, supervised, grouping, group_id, paper_distance, own_distance"
)
COMPARED = table(
    "cell_index neutral_index compared_with",
    *((cell, 9, "own") for cell in (1, 2, 3, 4)),
    (5, 0, "mean"),
)
POINTS = table(
    "cell_index point x y z",
    *((1, 0, 3.0, 4.0, 12.0), (1, 1, 0.0, 1.0, 0.0), (1, 470, 5.0, 5.0, 5.0)),
    *((3, 0, 0.0, 0.0, 0.0), (3, 1, 0.0, 0.0, None), (3, 470, 5.0, 5.0, 5.0)),
    (2, 0, 9.0, 9.0, 9.0),
)


def test_a_cell_with_a_cue_has_the_neutral_cell_with_a_cue(run_model: RunModel) -> None:
    rows = run_model("cued_cells", expressions=EXPRESSIONS, cells=CELLS)

    # The neutral photographs of b with a cue cannot be used.
    assert rows == [(1, 3)]


@pytest.mark.parametrize(("dimensions", "expected"), [(2, (5.0, 1.0)), (3, (13.0, None))])
def test_points_are_measured_from_it(
    run_model: RunModel, dimensions: int, expected: tuple[float, float | None]
) -> None:
    rows = run_model(
        "cued_distances",
        settings=settings_row(distance_dimensions=dimensions),
        cued_cells=table("cell_index neutral_index", (1, 3)),
        cell_points=POINTS,
    )

    assert rows == [(1, point, distance) for point, distance in enumerate(expected)]


def test_each_mask_is_measured_from_either_neutral_face(run_model: RunModel) -> None:
    groups = table(
        "participant expression supervised mask grouping group_id mean_distance",
        ("a", "happiness", True, "05-01", "kmeans6", 2, 1.5),
        ("a", "happiness", False, "05-00", "kmeans6", 2, None),
        ("a", "neutral", True, "00-01", "kmeans6", 2, 9.0),
        ("b", "happiness", True, "05-01", "kmeans6", 2, 4.5),
        ("b", "happiness", False, "05-00", "kmeans6", 2, 3.5),
    )

    rows = run_model(
        "cue_distances",
        CUE_COLUMNS,
        expressions=EXPRESSIONS,
        cells=CELLS,
        compared_cells=COMPARED,
        group_distances=groups,
        pav_groups=table("grouping group_id point", ("kmeans6", 2, 0), ("kmeans6", 2, 5)),
        cued_cells=table("cell_index neutral_index", (1, 3)),
        cued_distances=table("cell_index point distance", (1, 0, 2.0), (1, 5, 4.0), (1, 9, 60.0)),
        analysed_distances=table(
            "cell_index point distance", (1, 0, 1.0), (1, 9, 2.0), (3, 0, 9.0)
        ),
    )

    # Only with a cue do they differ; without a face of their own there is nothing to measure from.
    assert rows == [
        ("a", "happiness", False, "kmeans6", 2, None, None),
        ("a", "happiness", True, "kmeans6", 2, 1.5, 3.0),
        ("a", "happiness", True, "mesh", 0, 1.5, 22.0),
        ("b", "happiness", False, "kmeans6", 2, 3.5, None),
        ("b", "happiness", True, "kmeans6", 2, 4.5, None),
    ]


def test_measures_change_from_either_neutral_face(run_model: RunModel) -> None:
    rows = run_model(
        "cue_distances",
        CUE_COLUMNS,
        expressions=EXPRESSIONS,
        cells=CELLS,
        compared_cells=COMPARED,
        measure_definitions=table(
            "measure kind group_id",
            ("opening", "distance", 0),
            ("smile", "movement", 1),
            ("lopsided", "side_difference", 2),
        ),
        measure_points=table(
            "measure point side",
            *(("smile", 0, "left"), ("smile", 1, "right")),
            *(("lopsided", 0, "left"), ("lopsided", 1, "right")),
        ),
        measures=table(
            "participant expression supervised mask measure value change",
            ("a", "happiness", True, "05-01", "opening", 9.0, 5.0),
            ("a", "neutral", True, "00-01", "opening", 6.0, 2.0),
            ("a", "happiness", False, "05-00", "opening", 5.0, 1.0),
            ("a", "happiness", True, "05-01", "smile", 7.0, 7.0),
            ("a", "happiness", True, "05-01", "lopsided", 0.5, 0.5),
        ),
        cued_cells=table("cell_index neutral_index", (1, 3)),
        cued_distances=table("cell_index point distance", (1, 0, 2.0), (1, 1, 4.0)),
    )

    assert [(row[2], row[4], *row[5:]) for row in rows if row[3] == "measures"] == [
        (False, 0, 1.0, 1.0),
        (True, 0, 5.0, 3.0),
        (True, 1, 7.0, 3.0),
        (True, 2, 0.5, -2.0),
    ]


def test_noise_is_what_the_effects_of_single_photographs_differ_by(run_model: RunModel) -> None:
    cued, uncued = {"a": (3.0, 5.0, 8.0), "b": (4.0, 4.0), "c": (9.0,)}, 1.0
    photographs = [
        (
            who,
            "happiness",
            cue,
            "kmeans6",
            2,
            place,
            *((value, 2 * value) if cue else (uncued,) * 2),
        )
        for who, values in cued.items()
        for place, value in enumerate(values, start=1)
        for cue in (True, False)
    ]

    [(paper, own)] = run_model(
        "supervision_effects",
        "distinct paper_noise, own_noise",
        cue_distances=table(
            "participant expression supervised grouping group_id paper_distance own_distance",
            ("a", "happiness", True, "kmeans6", 2, 1.5, 2.5),
        ),
        photo_group_distances=table(
            "participant expression supervised grouping group_id place mean_distance own_distance",
            *photographs,
            # A photograph without a partner of its place tells nothing.
            ("b", "happiness", True, "kmeans6", 2, 3, 77.0, 77.0),
            ("b", "happiness", False, "kmeans6", 2, 3, None, None),
        ),
    )

    # Variances 19 / 3 of three effects, and none of two; who has a single one is left out.
    assert paper == pytest.approx(math.sqrt((19 / 3 / 3 + 0) / 2 * 2 / math.pi))
    assert own == pytest.approx(2 * paper)


def test_noise_of_measures_is_found_from_either_neutral_photograph(run_model: RunModel) -> None:
    shown = [
        ("a", "happiness", cue, "05-01" if cue else "05-00", name, place, value, change)
        for name in ("opening", "smile")
        for place, (cue, value, change) in enumerate(
            ((True, 9.0, 3.0), (True, 9.0, -5.0), (False, 5.0, 1.0), (False, 5.0, 1.0)), start=0
        )
        for place in [place % 2 + 1]
    ]
    still = [("a", "neutral", True, "00-01", "opening", at, 2.0 * at, 0.0) for at in (1, 2)]
    landmarks = [
        *((photo, 0, x, 0.0, 0.0) for photo, x in ((11, 5.0), (12, 9.0), (31, 0.0), (32, 0.0))),
    ]

    rows = run_model(
        "supervision_effects",
        "group_id, round(own_noise, 9), round(paper_noise, 9)",
        settings=settings_row(),
        cells=CELLS,
        cued_cells=table("cell_index neutral_index", (1, 3)),
        photo_pairs=table(
            "photo_index cell_index place", (11, 1, 1), (12, 1, 2), (31, 3, 1), (32, 3, 2)
        ),
        measured_landmarks=table("photo_index point x y z", *landmarks),
        measure_points=table("measure point side", ("smile", 0, "left")),
        measure_definitions=table(
            "measure kind group_id", ("opening", "distance", 0), ("smile", "movement", 1)
        ),
        cue_distances=table(
            "participant expression supervised grouping group_id paper_distance own_distance",
            *(("a", "happiness", True, "measures", group, 1.5, 2.5) for group in (0, 1)),
        ),
        photo_measures=table(
            "participant expression supervised mask measure place value change", *shown, *still
        ),
    )

    def noise(*effects: float) -> float:
        return round(math.sqrt((effects[0] - effects[1]) ** 2 / 2 / 2 * 2 / math.pi), 9)

    # The paper's effects are 2 and -6. From the photographs with a cue the values 9 and 9 are 7 and
    # 5 away, and the point moves by 5 and by 9; 1 and 1 of that happens without a cue.
    assert rows == [(0, noise(6, 4), noise(2, -6)), (1, noise(4, 8), noise(2, -6))]


def test_every_point_but_those_of_the_neutral_face_is_compared(run_model: RunModel) -> None:
    rows = run_model(
        "supervision_point_effects",
        expressions=EXPRESSIONS,
        cells=CELLS,
        compared_cells=COMPARED,
        analysed_distances=table(
            "cell_index point distance",
            *((1, 0, 1.5), (1, 467, 2.5), (2, 0, None), (2, 3, 4.5), (3, 0, 9.0), (5, 0, 7.0)),
        ),
        cued_distances=table("cell_index point distance", (1, 0, 0.5), (4, 0, 0.5)),
    )

    assert rows == [
        ("a", "happiness", False, 0, None, None),
        ("a", "happiness", False, 3, 4.5, 4.5),
        ("a", "happiness", True, 0, 1.5, 0.5),
        ("a", "happiness", True, 467, 2.5, None),
        ("b", "happiness", False, 0, 7.0, None),
    ]


@pytest.mark.slow
def test_a_change_of_posture_between_blocks_is_no_effect_of_the_cue(tmp_path: Path) -> None:
    settings = lean(statistics={"permutations": 199, "bootstraps": 1})
    paths = WarehousePaths(tmp_path)
    # People show the same faces in both blocks, but look up by three degrees in the one with a cue.
    blocks = Blocks(pitch_deg=3.0, same_faces=True)
    write_cohort(paths, settings, participants=40, options=CohortOptions(blocks=blocks))

    build(paths, settings, extras=(Extra.STATISTICS,))

    groups = fetch(paths, "from supervision_effects where grouping = 'kmeans6'")
    tests = len(groups)
    # The paper's reference makes effects of the posture; that of the own block does not.
    assert groups["tests"].unique().to_list() == groups["paper_tests"].unique().to_list() == [tests]
    assert (groups["paper_t_q"] < 0.05).sum() > 0.9 * tests > 20
    assert (groups["paper_over_noise"] > 2).sum() > 0.9 * tests
    assert (groups["t_q"] < 0.05).sum() == (groups["wilcoxon_q"] < 0.05).sum() == 0
    assert groups["over_noise"].abs().max() < 1
    points = fetch(paths, "from supervision_point_effects")
    assert (points["paper_max_t_p"] < 0.05).sum() > 0.3 * len(points)
    assert (points["max_t_p"] < 0.05).sum() < 0.01 * len(points)
