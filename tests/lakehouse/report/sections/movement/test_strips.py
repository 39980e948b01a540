"""Frames of clips in the report, as far as they may be shown."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lakehouse.figures.contact_sheet import draw_tile
from lakehouse.paths import WarehousePaths
from lakehouse.report.languages import Languages
from lakehouse.report.page.blocks import block_view
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.movement import strips
from lakehouse.report.sections.movement.strips import FRAME_STRIPS, SIDE, refused_strips
from lakehouse.report.tables.tables import Tables, open_tables
from tests.copies import copied
from tests.lakehouse.rendering.filmed import APEX_S, HOSTILE, ONSET_S, PLAIN, RISE_S, TIMES
from tests.lakehouse.report.given import Given, facts, words
from tests.lakehouse.report.sections.asked import answer
from tests.numbered_video import number_in

CLIPS = {"a": 10.0, "b": 30.0, "c": 20.0, "d": 40.0}
"""Amplitudes by participant: of four the median is the lower in the middle, c's."""


def asked(amplitudes: dict[str, float], **changed: object) -> pl.DataFrame:
    """Ask for the strips of participants who differ in how far their faces moved."""
    key = {"video": "v", "event": "e"}
    trial = {"expression": "happiness", "supervised": False, "onset_s": 1.0, **key}
    moved = {
        **{"grouping": "face", "responded": True, "rise_50_s": 0.26, "apex_s": 0.52},
        **{"baseline": 3.0, **key, **changed},
    }
    frames = range(20)
    return answer(
        "frame_strips",
        trials=pl.DataFrame([{"participant": who, **trial} for who in amplitudes]),
        expression_dynamics=pl.DataFrame(
            [{"participant": who, "amplitude": far, **moved} for who, far in amplitudes.items()]
        ),
        expressions=pl.DataFrame({"expression": ["neutral", "happiness"], "code": ["00", "05"]}),
        videos=pl.DataFrame(
            [
                {"participant": who, "video": "v", "path": f"{who}.mp4", "sha256": who * 2}
                for who in amplitudes
            ]
        ),
        frames=pl.DataFrame(
            [
                # Every third frame was looked at, a tenth of a second after the other.
                {"participant": who, "video": "v", "frame": 3 * number, "time_s": number / 10}
                for who in amplitudes
                for number in frames
            ]
        ),
        group_motion=pl.DataFrame(
            [
                {"participant": who, **key, "grouping": grouping, "frame": 3 * number, "level": far}
                for who in amplitudes
                for number in frames
                for grouping, far in (("face", 3.0 + number), ("regions", 99.0))
            ]
        ),
    )


def test_the_clip_is_that_of_the_median_amplitude_and_its_frames_the_nearest() -> None:
    found = asked(CLIPS)
    assert found.select("person_filmed", "path", "sha256", "clips").unique().rows() == [
        ("c", "c.mp4", "cc", 4)
    ]
    assert found.select("moment", "frame", "frame_before", "level").rows() == [
        ("onset", 30, 27, 10.0), ("rise_50_s", 39, 36, 13.0), ("apex_s", 45, 42, 15.0),
    ]  # fmt: skip
    assert found["after_s"].to_list() == pytest.approx([0.0, 0.3, 0.5])
    assert found["time_before_s"].to_list() == pytest.approx([0.9, 1.2, 1.4])
    assert asked(CLIPS | {"e": 50.0})["person_filmed"].unique().to_list() == ["b"]


def test_clips_without_a_movement_or_its_half_are_not_chosen() -> None:
    assert asked(CLIPS, responded=False).is_empty()
    assert asked(CLIPS, rise_50_s=None).is_empty()


@pytest.fixture
def paths(filmed_study: Path) -> WarehousePaths:
    return WarehousePaths(filmed_study / "warehouse")


@pytest.fixture
def tables(paths: WarehousePaths, filmed_study: Path) -> Iterator[Tables]:
    with open_tables(paths, Privacy((filmed_study / "videos",))) as opened:
        yield opened


def languages(tables: Tables) -> Languages:
    return {name: tables.words(name) for name in ("en", "pt")}


@pytest.mark.slow
def test_each_clip_is_shown_in_three_frames_cut_out_alike(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut, shown = [], []

    def cut_out(picture, mesh, edges):  # type: ignore[no-untyped-def]
        cut.append(mesh)
        shown.append(number_in(picture))
        return draw_tile(picture, mesh, edges)

    monkeypatch.setattr(strips, "draw_tile", cut_out)
    pictures = FRAME_STRIPS.draw(tables, languages(tables))
    assert [(picture.row, picture.column) for picture in pictures] == [(1, 1), (1, 2), (1, 3)]
    assert {picture.pixels.shape for picture in pictures} == {(SIDE, SIDE, 3)}
    assert all((mesh == cut[0]).all() for mesh in cut)
    # The numbers in the pictures are those of the frames, and the labels' times are theirs.
    first = tables.table("frame_strips").row(0, named=True)
    start = ONSET_S if first["video"] == "session" else 0.0
    for number, picture, wanted in zip(shown, pictures, (start, RISE_S, APEX_S), strict=True):
        assert TIMES[number] == pytest.approx(wanted, abs=0.1)
        assert f" {TIMES[number] - start:.2f} s, " in picture.labels["en"]
        assert f" {TIMES[number] - start:.2f} s, ".replace(".", ",") in picture.labels["pt"]
    assert pictures[2].labels["en"].startswith("happiness, ")
    assert all(np.ptp(picture.pixels) > 30 for picture in pictures)


@pytest.mark.slow
def test_ids_are_said_where_they_may_be(paths: WarehousePaths, filmed_study: Path) -> None:
    for ids in (False, True):
        privacy = Privacy((filmed_study / "videos",), ids=ids)
        with open_tables(paths, privacy) as opened:
            view = block_view(FRAME_STRIPS, opened, languages(opened))
            [filmed] = opened.table("frame_strips")["person_filmed"].unique()
            assert filmed in {PLAIN, HOSTILE}
        assert (f"participant {filmed}" in view["caption"]["en"]) is ids
        assert len(view["pictures"]) == 3


@pytest.mark.slow
def test_a_video_that_is_missing_is_told_of_and_not_by_its_path(
    paths: WarehousePaths, filmed_study: Path, tmp_path: Path
) -> None:
    with open_tables(paths, Privacy((tmp_path,))) as opened:
        view = block_view(FRAME_STRIPS, opened, languages(opened))
        [path] = opened.table("frame_strips")["path"].unique()
        assert refused_strips(opened) == [f"{path}: cannot be read (No such file or directory)"]
    assert view["pictures"] == []
    assert "Not shown" in view["caption"]["en"]
    assert "happiness" in view["caption"]["en"].partition("Not shown")[2]
    assert path not in str(view)
    # A folder that has it may be named besides.
    with open_tables(paths, Privacy((tmp_path, filmed_study / "videos"))) as opened:
        assert refused_strips(opened) == []
        assert len(FRAME_STRIPS.draw(opened, languages(opened))) == 3


def test_a_video_that_has_changed_is_not_shown(
    paths: WarehousePaths, filmed_study: Path, tmp_path: Path
) -> None:
    root = copied(filmed_study / "videos", tmp_path / "videos")
    with open_tables(paths, Privacy((root,))) as opened:
        [path] = opened.table("frame_strips")["path"].unique()
        (root / path).write_bytes(b"text")
        assert refused_strips(opened) == [f"{path}: has changed since its landmarks were found"]


def test_without_permission_the_place_says_how_it_is_given() -> None:
    asked_for = Given(facts(videos=1, trials=1), {})
    view = block_view(FRAME_STRIPS, asked_for, {"en": words()})
    assert view["command"] == "lakehouse report --photographs FOLDER"
    assert "asked for" in view["lacking"]["en"]
    assert refused_strips(asked_for) == []
    groups = Given(facts(videos=1, trials=1), {"frame_strips": []}, Privacy((Path(),), False, True))
    view = block_view(FRAME_STRIPS, groups, {"en": words()})
    assert view["command"] is None
    assert view["lacking"]["en"] == words()("page.aggregated")


def test_where_no_face_moved_the_place_says_so(tables: Tables) -> None:
    tables._read["frame_strips"] = tables.table("frame_strips").clear()
    view = block_view(FRAME_STRIPS, tables, {"en": words()})
    assert view["lacking"]["en"] == words()("figures.frame_strips.empty")
