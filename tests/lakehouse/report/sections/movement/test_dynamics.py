"""Movement in time: its queries on literal tables, what is said of them, and studies without."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import stats

from lakehouse.charts.words import Labels, Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.composing import swiftly
from lakehouse.report.figure import Figure
from lakehouse.report.page.blocks import block_view, lacks, offered
from lakehouse.report.page.document import page
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.movement.dynamics import DYNAMICS
from lakehouse.report.sections.order import SECTIONS
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.query import report_query
from lakehouse.report.tables.tables import open_tables
from lakehouse.report.texts.read import texts
from tests.lakehouse.report.given import Given, facts, words
from tests.lakehouse.report.sections.asked import answer

FIGURES = [block for block in DYNAMICS.blocks if isinstance(block, Figure)]
[COURSES, LATENCIES, SIDES, SYNCHRONY] = FIGURES
GROUPS = pl.DataFrame(
    {
        "grouping": ["face", "regions", "regions", "kmeans6_eyes"],
        "group_id": [0, 4, 12, 1],
        "side": ["both", "both", "left", "left"],
        "group_index": [0, 5, 13, 101],
    }
)
KEPT = ["face_0", "regions_4", "kmeans6_eyes_1"]
"""Of regions those of both sides alone; of other groups all."""

MASK = {"expression": "happiness", "supervised": False, "mask": "05-00"}


def every_group(**columns: object) -> list[dict[str, object]]:
    return [
        {"grouping": grouping, "group_id": number, **MASK, **columns}
        for grouping, number in GROUPS.select("grouping", "group_id").iter_rows()
    ]


def averages(steps: int, faces: int = 4, at_end: int = 2) -> pl.DataFrame:
    """Give courses at every twentieth of a second, with fewer faces in the last ten."""
    return pl.DataFrame(
        [
            row
            for step in range(steps)
            for row in every_group(
                time_s=step / 20,
                trials=faces,
                participants=faces if step < steps - 10 else at_end,
                mean_level=float(step),
                sd_level=1.0,
                low=step - 1.0,
                high=step + 1.0,
            )
        ]
    )


def test_courses_are_thinned_to_some_sixty_times_of_half_of_the_people() -> None:
    found = answer("time_courses", event_averages=averages(310, at_end=1), dynamics_groups=GROUPS)

    assert found["moving_part"].unique(maintain_order=True).to_list() == KEPT
    times = found.filter(moving_part="face_0")["time_s"].to_list()
    assert times == pytest.approx(np.arange(0, 300, 5) / 20)
    few = answer("time_courses", event_averages=averages(30), dynamics_groups=GROUPS)
    assert len(few) == 30 * len(KEPT)


def dynamics(people: int, trials: int = 1) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "participant": f"{who:03d}",
                "video": f"{trial}",
                "event": "trial",
                "responded": who > 0,
                "baseline": 1.0,
                "amplitude": float(who),
                "rise_50_s": 0.2 + who / 100,
                "apex_s": 1.0,
                **row,
            }
            for who in range(people)
            for trial in range(trials)
            for row in every_group()
        ]
    )


def test_marks_are_of_trials_that_responded_and_lie_on_the_course() -> None:
    found = answer(
        "time_course_marks",
        expression_dynamics=dynamics(3),
        event_averages=averages(40),
        dynamics_groups=GROUPS,
    )

    rows = found.filter(moving_part="regions_4").select(
        "event_mark", "participants", "time_s", "mean_level"
    )
    [rise, apex] = rows.rows()
    assert rise == ("rise_50_s", 2, pytest.approx(0.215), 4.0)
    assert apex == ("apex_s", 2, 1.0, 20.0)


def motion(people: int) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "participant": f"{who:03d}",
                "video": "0",
                "event": "trial",
                "frame": frame,
                "time_s": frame / 25,
                "level": 1.0 + who,
                **row,
            }
            for who in range(people)
            for frame in range(60)
            for row in every_group()
        ]
    )


def lines(people: int) -> pl.DataFrame:
    return answer(
        "time_course_people",
        group_motion=motion(people),
        expression_dynamics=dynamics(people),
        event_averages=averages(40),
        dynamics_groups=GROUPS,
        trials=pl.DataFrame([MASK]),
    )


def test_single_courses_are_less_the_baseline_at_twenty_times() -> None:
    found = lines(3)

    assert set(found["moving_part"]) == {"face_0", "regions_4"}
    one = found.filter(moving_part="face_0", participant="002")
    assert len(one) == 20
    assert set(one["level"]) == {2.0}
    assert set(one["person"]) == {2}


def test_of_very_many_people_some_lines_are_kept() -> None:
    # Of 600 people the two groups would have 24,000 points.
    many = dynamics(600)
    found = answer(
        "time_course_people",
        group_motion=motion(1).with_columns(participant=pl.lit("000")),
        expression_dynamics=many,
        event_averages=averages(40),
        dynamics_groups=GROUPS,
        trials=pl.DataFrame([MASK]),
    )
    assert found["participant"].n_unique() == 1
    dropped = answer(
        "time_course_people",
        group_motion=motion(1).with_columns(participant=pl.lit("001")),
        expression_dynamics=many,
        event_averages=averages(40),
        dynamics_groups=GROUPS,
        trials=pl.DataFrame([MASK]),
    )
    assert dropped.is_empty()


@pytest.mark.parametrize("people", [9, 10, 40])
def test_latency_and_amplitude_have_students_interval_from_ten_people_on(people: int) -> None:
    row = {
        **{"trials": 50, "responded": 25, "participants": people, "latencies": people},
        **{"mean_amplitude": 10.0, "sd_amplitude": 2.0},
        **{"mean_latency_s": 0.5, "sd_latency_s": 0.1},
        **{"mean_rise_duration_s": 0.3, "mean_fall_duration_s": 0.4, "mean_peak_speed": 9.0},
    }
    found = answer(
        "latencies", stimulus_summary=pl.DataFrame(every_group(**row)), dynamics_groups=GROUPS
    )

    first = found.row(0, named=True)
    assert first["responded_share"] == 0.5
    if people < 10:
        assert first["latency_low"] is first["amplitude_high"] is None
        return
    half = stats.t.ppf(0.975, people - 1) / np.sqrt(people)
    assert first["latency_low"] == pytest.approx(0.5 - 0.1 * half, rel=1e-3)
    assert first["amplitude_high"] == pytest.approx(10 + 2 * half, rel=1e-3)


def test_sides_are_averaged_by_people_first() -> None:
    rows = [
        {
            "participant": who,
            "pair": "mouth",
            "asymmetry": asymmetry,
            "amplitude_left": 6.0,
            "amplitude_right": 4.0,
            **MASK,
        }
        for who, asymmetry in (("a", 0.0), ("a", 0.2), ("b", 0.3), ("c", None))
    ]
    [found] = answer("side_asymmetry", side_asymmetry=pl.DataFrame(rows)).to_dicts()

    assert found["mean_asymmetry"] == pytest.approx(0.2)
    assert found["participants"] == 2
    assert found["asymmetry_low"] is None


def test_synchrony_is_averaged_by_people_first() -> None:
    rows = [
        {
            "participant": who,
            "grouping": "regions",
            "group_a": 0,
            "group_b": 4,
            "r_zero": r,
            "r_max": r,
            "lag_s": 0.1,
            **MASK,
        }
        for who, r in (("a", 0.2), ("a", 0.4), ("b", 0.9))
    ]
    [found] = answer("synchrony", synchrony=pl.DataFrame(rows)).to_dicts()

    assert (found["group_a"], found["group_b"], found["participants"]) == (
        "regions_0",
        "regions_4",
        2,
    )
    assert found["r_zero"] == pytest.approx(0.6)


@pytest.mark.parametrize("language", ["en", "pt"])
def test_captions_name_where_a_face_moves_farthest_and_soonest(language: str) -> None:
    frames = {
        "time_courses": pl.DataFrame(
            {
                "expression": ["happiness", "fear"],
                "supervised": [False, False],
                "moving_part": ["face_0", "face_0"],
                "trials": [5, 4],
                "participants": [5, 4],
                "time_s": [1.0, 1.5],
                "mean_level": [8.0, 12.0],
            }
        ),
        "time_course_people": pl.DataFrame({"person": [0, 0, 1]}),
    }
    labels = Labels({"happiness": "H", "fear": "F"})
    given = Words("en", texts(language), labels)
    numbers = COURSES.numbers(frames, given)

    assert numbers["trials"] == "9"
    assert numbers["where"].startswith("F")
    caption = given("figures.time_courses.caption", **numbers)
    assert given.number(12.0, 1) in caption
    assert "(2" in caption


def test_a_study_without_videos_says_so_once_and_names_the_command() -> None:
    given = Given(facts(), {})
    languages = {"en": words()}

    assert offered(DYNAMICS, given) == [COURSES]
    view = block_view(COURSES, given, languages)
    assert view["command"] == "lakehouse extract FOLDER"
    assert "there are no videos" in view["lacking"]["en"]
    assert given.missing(COURSES.needs) is Need.VIDEOS
    sessions = Given(facts(videos=3), {})
    assert block_view(COURSES, sessions, languages)["command"] == "lakehouse events FILE"


def test_an_aggregated_report_has_no_single_courses() -> None:
    tables = Given(facts(videos=1, trials=1), {}, Privacy(aggregate=True))
    courses = answer("time_courses", event_averages=averages(20), dynamics_groups=GROUPS)

    for name, frame in (("time_course_people", lines(3)), ("time_courses", courses)):
        assert tables._discreet(report_query(name), frame).is_empty()


@pytest.mark.slow
def test_a_study_of_videos_alone_has_its_report(filmed_study: Path) -> None:
    with open_tables(WarehousePaths(filmed_study / "warehouse"), Privacy()) as tables, swiftly():
        assert tables.facts.trials > 0
        text = page(SECTIONS, tables, {"en": tables.words("en")})
        lacking = [block.name for block in DYNAMICS.blocks if lacks(block, tables)]  # type: ignore[arg-type]

    assert "time_courses" not in lacking
    assert 'id="chart-time_courses"' in text


def test_figures_come_with_trials_only() -> None:
    known = facts(videos=1, trials=0)
    assert all(lacks(block, Given(known, {})) for block in (COURSES, LATENCIES, SIDES, SYNCHRONY))
