"""`lakehouse render`."""

import shutil
from urllib.parse import unquote

import av
import duckdb
import numpy as np
import pytest
from lakehouse.cli.main import run
from PIL import Image

from lakehouse.figures.canvas import beyond_canvas
from lakehouse.figures.mesh import draw_mask
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.selection import Selection, masks, mesh_edges
from lakehouse.warehouse.query import fetch
from tests.copies import copied
from tests.lakehouse.rendering.study import ALIGNED, CELLS, HOSTILE, PLAIN

MESH = "where point < 468 and mask = '05-00'"


@pytest.fixture
def study(photographed_study):
    """A warehouse and its photographs; read only."""
    return photographed_study


@pytest.fixture
def render(lakehouse, study):
    def call(*arguments):
        return lakehouse("--warehouse", study / "warehouse", "render", *arguments)

    return call


@pytest.fixture
def paths(study):
    return WarehousePaths(study / "warehouse")


def grey(path):
    with Image.open(path) as image:
        assert image.format == "PNG"
        return np.asarray(image)


def below(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def drawn(study, once):
    """All pictures of masks; read only."""

    def make(out):
        words = ["--warehouse", str(study / "warehouse"), "render", "masks", "--out", str(out)]
        assert run(words) == 0
        return out

    return once("masks", make)


@pytest.mark.slow
def test_all_pictures_of_masks_are_drawn(drawn):
    files = below(drawn)
    counts = {kind: sum(file.startswith(kind) for file in files) for kind in (
        "photo/", "mask/", "mean/mask/", "mean/expression/", "ghost/participant/", "ghost/mask/",
        "ghost/expression/", "comparison/",
    )}  # fmt: skip
    assert counts == {
        "photo/": ALIGNED, "mask/": 8, "mean/mask/": 4, "mean/expression/": 2,
        "ghost/participant/": 2, "ghost/mask/": 4, "ghost/expression/": 2, "comparison/": 2,
    }  # fmt: skip
    assert len(files) == sum(counts.values())
    assert {"mean/mask/05-00.png", "ghost/expression/05-happiness.png"} <= files
    # Of strange ids, too, the way back is clear.
    named = {tuple(map(unquote, file.split("/"))) for file in files}
    assert ("photo", "05-01", HOSTILE, "photo 0.png") in named
    assert ("mask", "00-00", HOSTILE + ".png") in named


@pytest.mark.slow
def test_masks_fill_the_canvas_from_the_forehead_down(drawn):
    for kind in ("photo", "mask"):
        for file in (drawn / kind).rglob("*.png"):
            picture = grey(file)
            assert picture.shape == (1900, 2500)
            assert picture[23:28, 1248:1253].min() == 0
            rows, columns = np.nonzero(picture < 255)
            assert 0 < rows.min() < 27
            assert 1520 < rows.max() < 1899
            assert 0 < columns.min() < 1250 < columns.max() < 2499


@pytest.mark.slow
def test_a_mask_is_drawn_from_its_numbers(drawn, paths):
    for relation, file in (
        (f"select x, y from masks {MESH} and participant = '{PLAIN}'", f"mask/05-00/{PLAIN}"),
        (f"select x, y from mean_masks {MESH}", "mean/mask/05-00"),
        (
            "select avg(x) as x, avg(y) as y, point from mean_masks where point < 468 "
            "and expression = 'happiness' group by point",
            "mean/expression/05-happiness",
        ),
    ):
        points = fetch(paths, f"{relation} order by point").select("x", "y").to_numpy()
        assert points.shape == (468, 2)
        picture = draw_mask(points, mesh_edges(paths))[:1700]
        assert np.array_equal(grey(drawn / f"{file}.png")[:1700], picture)


@pytest.mark.slow
def test_ghosts_are_darkest_where_all_masks_agree(drawn):
    ghost = grey(drawn / "ghost" / "mask" / "05-00.png")
    # Forehead and nose ridge are alike in both participants, and no line is there twice.
    assert ghost[23:28, 1248:1253].min() < 130
    assert ghost[:1700].min() > 0


@pytest.mark.slow
def test_a_comparison_sets_both_conditions_side_by_side(drawn):
    picture = grey(drawn / "comparison" / "05-happiness.png")
    assert picture.shape[1] == 2500
    for half in (picture[300:, :1250], picture[300:, 1250:]):
        assert (half < 200).mean() > 0.01


def test_the_mesh_has_its_triangles(paths):
    assert mesh_edges(paths).shape == (1322, 2)
    cells, points = masks(paths, Selection())
    assert points.shape == (8, 468, 2)
    assert cells["mask"].to_list() == ["00-00"] * 2 + ["00-01"] * 2 + ["05-00"] * 2 + ["05-01"] * 2
    assert not beyond_canvas(points).any()


@pytest.mark.slow
def test_filters_choose_and_keep_apart_what_they_change(render, tmp_path):
    chosen = ("--participant", PLAIN, "--expression", "05")
    answer = render("masks", "--out", tmp_path, *chosen)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"2 photo, 2 mask, 3 mean, 4 ghost, 1 comparison: {tmp_path}\n"
    files = below(tmp_path)
    assert f"mask/05-00/{PLAIN}.png" in files
    assert "mean/mask/05-00.png" not in files
    assert any(file.startswith("mean/mask/05-00-selection-") for file in files)


@pytest.mark.slow
def test_pictures_are_replaced_and_nothing_else_is_left(render, tmp_path):
    (tmp_path / "mean" / "mask").mkdir(parents=True)
    (tmp_path / "mean" / "mask" / "05-00.png").write_text("old")
    assert render("masks", "--per", "mean", "--out", tmp_path).code == 0
    assert len(grey(tmp_path / "mean" / "mask" / "05-00.png")) == 1900
    assert len(below(tmp_path)) == 6
    assert not [file for file in below(tmp_path) if not file.endswith(".png")]


def test_a_place_that_cannot_be_written_is_one_line(render, tmp_path):
    (tmp_path / "file").write_text("here already")
    answer = render("masks", "--per", "mean", "--out", tmp_path / "file")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "cannot be written" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--participant", "9999"], "no mask of participant '9999'"),
        (["--participant", PLAIN, "--participant", "x\ny"], "no mask of participant 'x\\ny'"),
        (["--expression", "joy"], "no mask of expression 'joy'; choose one of happiness, neutral"),
    ],
)
def test_filters_that_match_nothing_are_named(render, tmp_path, arguments, said):
    answer = render("masks", "--out", tmp_path, *arguments)
    assert answer.code == 1
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert not below(tmp_path)


def test_without_a_database_the_error_says_to_build(lakehouse, tmp_path):
    commands = (["masks"], ["faces", "."], ["muscles"], ["video", "."], ["contact-sheet", "."])
    commands = (*commands, ["frame-strip", "."], ["video", ".", "--clip", "smile"])
    for arguments in commands:
        answer = lakehouse("--warehouse", tmp_path / "new", "render", *arguments)
        assert answer.code == 1
        assert "lakehouse build" in answer.err
        assert answer.err.count("\n") == 1


def test_faces_are_aligned_on_black(render, study, tmp_path):
    answer = render("faces", study / "photos", "--expression", "happiness", "--out", tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert f"{ALIGNED // 2} faces: {tmp_path}" in answer.out
    files = sorted(tmp_path.rglob("*.jpg"))
    assert len(files) == ALIGNED // 2
    between_eyes = []
    for file in files:
        with Image.open(file) as image:
            face = np.asarray(image.convert("L"))
        assert face.shape == (1900, 2500)
        # JPEG leaves a trace of the face in the blocks that it ends in.
        assert face[1570:].max() == face[:, :560].max() == face[:, 1940:].max() == 0
        between_eyes.append(face[400:700, 1000:1500].ravel())
    # Turned differently in their photographs, all of one face: aligned they are alike.
    for other in between_eyes[1:]:
        assert np.corrcoef(between_eyes[0], other)[0, 1] > 0.97


@pytest.mark.slow
def test_faces_can_be_had_without_loss(render, study, tmp_path):
    chosen = ("--participant", PLAIN, "--expression", "00", "--format", "png")
    answer = render("faces", study / "photos", *chosen, "--out", tmp_path)
    assert answer.code == 0
    assert "1 photographs enter no mask" in answer.out
    face = grey(tmp_path / "00-00" / PLAIN / "photo%200.png")
    rows, columns = np.nonzero(face.any(axis=2))
    assert (rows.min(), columns.min()) >= (0, 560)
    assert rows.max() < 1560


@pytest.mark.slow
def test_photographs_that_are_gone_or_changed_are_refused(render, study, paths, tmp_path):
    root = shutil.copytree(study / "photos", tmp_path / "photos")
    listed = fetch(paths, "select path from photos where status = 'ok' and faces = 1 order by path")
    gone, changed, grown, *_ = listed["path"]
    (root / gone).unlink()
    content = (root / changed).read_bytes()
    (root / changed).write_bytes(content[:-1] + b"x")
    (root / grown).write_bytes((root / grown).read_bytes() + b"x")
    for command, written in (
        ("faces", f"{ALIGNED - 3} faces"),
        ("video", f"{ALIGNED - 3 + 8} frames"),
        ("contact-sheet", "1 pages"),
    ):
        out = tmp_path / ("video.mp4" if command == "video" else command)
        fps = ["--fps", "1"] if command == "video" else []
        answer = render(command, root, "--out", out, *fps)
        assert answer.code == 1
        assert f"{gone}: cannot be read (No such file or directory)" in answer.err
        assert f"{changed}: has changed since its landmarks were found" in answer.err
        assert f"{grown}: has changed" in answer.err
        assert answer.err.count("error: ") == 3
        assert written in answer.out


@pytest.mark.slow
def test_a_wrong_folder_gives_no_video_and_keeps_the_old_one(render, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "quality.mp4").write_text("old")
    answer = render("video", tmp_path / "empty", "--out", tmp_path / "quality.mp4")
    assert answer.code == 1
    assert f"none of {ALIGNED} photographs can be used" in answer.err
    assert "lakehouse extract" in answer.err
    assert (tmp_path / "quality.mp4").read_text() == "old"
    assert below(tmp_path) == {"quality.mp4"}


@pytest.mark.slow
def test_the_video_has_two_seconds_of_title_before_each_folder(render, study, tmp_path):
    fps = 3
    answer = render("video", study / "photos", "--fps", fps, "--out", tmp_path / "a.mp4")
    assert (answer.code, answer.err) == (0, "")
    with av.open(tmp_path / "a.mp4") as container:
        [stream] = container.streams
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.codec_context.width, stream.codec_context.height) == (1920, 1080)
        duration = float(stream.duration * stream.time_base)
        titles = [_is_title(frame.to_ndarray(format="rgb24")) for frame in container.decode()]
    frames = len(CELLS) * 2 * fps + ALIGNED
    assert len(titles) == frames
    assert duration == pytest.approx(frames / fps)
    photos_per_folder = ALIGNED // len(CELLS)
    assert titles == ([True] * 2 * fps + [False] * photos_per_folder) * len(CELLS)


def _is_title(picture):
    return picture[900:, 1500:].max() < 60


@pytest.mark.slow
def test_a_filtered_video_has_a_name_of_its_own(lakehouse, study, tmp_path):
    warehouse = copied(study / "warehouse", tmp_path / "warehouse")
    answer = lakehouse(
        "--warehouse", warehouse, "render", "video", study / "photos", "--fps", 1,
        "--participant", HOSTILE, "--expression", "neutral", "-q",
    )  # fmt: skip
    assert answer.code == 0
    assert "6 frames, 6.0 s" in answer.out
    [file] = (warehouse / "figures").iterdir()
    assert file.name.startswith("quality-selection-")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_contact_sheets_hold_every_photograph(render, study, tmp_path):
    arguments = ("contact-sheet", study / "photos", "--rows", 2, "--columns", 3, "--out", tmp_path)
    answer = render(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"2 pages: {tmp_path}\n"
    assert below(tmp_path) == {f"page-000{number}.png" for number in (1, 2)}
    sizes = {grey(file).shape for file in tmp_path.iterdir()}
    assert len(sizes) == 1
    shorter = render(*arguments, "--pages", 1, "--order", "study")
    assert "note: 1 pages of an earlier run remain, from page-0002.png on" in shorter.out


@pytest.mark.slow
def test_muscles_are_one_picture(render, tmp_path):
    answer = render("muscles", "--out", tmp_path / "atlas.png")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"22 muscles: {tmp_path / 'atlas.png'}\n"
    picture = grey(tmp_path / "atlas.png")
    assert picture.ndim == 3
    assert np.ptp(picture, axis=2).max() > 100
    answer = render("muscles", "--out", tmp_path)
    assert answer.code == 2
    assert answer.err.count("\n") == 1


def test_a_database_older_than_the_muscles_is_one_line(lakehouse, study, tmp_path):
    warehouse = copied(study / "warehouse", tmp_path / "warehouse")
    with duckdb.connect(warehouse / "lakehouse.duckdb") as connection:
        connection.execute("drop table muscles")
    answer = lakehouse("--warehouse", warehouse, "render", "muscles")
    assert answer.code == 1
    assert "no relation muscles; run `lakehouse build`" in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.slow
def test_progress_goes_to_stderr_and_can_be_silenced(render, tmp_path, monkeypatch):
    monkeypatch.setattr("lakehouse.cli.progress.LINE_EVERY_S", 0.0)
    arguments = ("masks", "--per", "mean", "--out", tmp_path)
    assert "drawing masks: 1 of 6, mean" in render(*arguments).err
    assert render(*arguments, "--quiet").err == ""
