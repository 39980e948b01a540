"""Made-up cohorts, straight into the lake."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy import stats

from lakehouse.errors import LakeError, UsageError
from lakehouse.lake import schemas
from lakehouse.lake.lock import lake_lock
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import CohortOptions, participant_ids, write_cohort
from lakehouse.synthetic.cohort_faces import Blocks, Tremble, aligned
from lakehouse.synthetic.cohort_moments import distance_moments
from tests.lakehouse.reference.faces import Choices
from tests.lakehouse.reference.movement import Reference

EXPRESSIONS = tuple(Settings().dataset.expressions.values())


def cohort(folder: Path, settings: Settings | None = None, **options: Any) -> WarehousePaths:
    paths = WarehousePaths(folder)
    write_cohort(paths, settings or Settings(), **options)
    return paths


def read(folder: Path) -> pa.Table:
    return pa.concat_tables(pq.read_table(file) for file in sorted(folder.glob("*.parquet")))


def coordinates(paths: WarehousePaths) -> npt.NDArray[np.float32]:
    rows = read(paths.landmarks)
    return np.stack([rows[axis].to_numpy() for axis in "xyz"], axis=1).reshape(-1, 478, 3)


@pytest.fixture(scope="module")
def paper_size(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """As many participants as in the paper, with one photograph of each mask."""
    return cohort(tmp_path_factory.mktemp("cohort"), photos=1)


@pytest.fixture(scope="module")
def reference(paper_size: WarehousePaths) -> Reference:
    return Reference(paper_size.lake, Choices(EXPRESSIONS, photos_per_mask=1))


def test_summary_and_progress(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    summary = write_cohort(
        WarehousePaths(tmp_path),
        Settings(),
        participants=12,
        options=CohortOptions(on_written=lambda done, total: told.append((done, total))),
    )
    assert (summary.participants, summary.masks, summary.photos) == (12, 16, 12 * 48)
    assert summary.landmarks == summary.photos * 478
    assert summary.parts == len(told) == 3
    assert told == [(240, 576), (480, 576), (576, 576)]


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    def content(folder: Path) -> dict[str, bytes]:
        files = (path for path in folder.rglob("*.parquet"))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    first = content(cohort(tmp_path / "a", participants=6, seed=3).lake)
    assert content(cohort(tmp_path / "b", participants=6, seed=3).lake) == first
    other = content(cohort(tmp_path / "c", participants=6, seed=4).lake)
    assert all(other[name] != first[name] for name in first if "blendshapes" not in name)


def test_rows_do_not_depend_on_part_size(tmp_path: Path) -> None:
    small = cohort(tmp_path / "small", participants=5, options=CohortOptions(1))
    large = cohort(tmp_path / "large", participants=5, options=CohortOptions(10_000))
    assert len(list(small.photos.glob("*.parquet"))) == 5
    assert len(list(large.photos.glob("*.parquet"))) == 1
    for folder in ("landmarks", "photos"):
        assert read(small.lake / folder).equals(read(large.lake / folder))
    assert small.scores.read_bytes() == large.scores.read_bytes()


def test_a_participant_does_not_depend_on_the_others(tmp_path: Path) -> None:
    few = coordinates(cohort(tmp_path / "few", participants=2))
    more = coordinates(cohort(tmp_path / "more", participants=4))
    assert np.array_equal(few, more[: len(few)])


def test_blocks_differ_by_posture_alone_where_faces_are_the_same(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {"dataset": {"expressions": {"00": "neutral", "05": "happiness"}}}
    )

    def places(**blocks: Any) -> npt.NDArray[np.float64]:
        folder = tmp_path / "-".join(map(str, blocks.items()))
        options = CohortOptions(blocks=Blocks(**blocks))
        paths = cohort(folder, settings, participants=2, photos=40, options=options)
        pitch = [-4.0 if cue else 0.0 for cue in read(paths.photos)["supervised"].to_pylist()]
        assert read(paths.photos)["pitch"].to_pylist() == (
            pitch if "pitch_deg" in blocks else [0.0] * len(pitch)
        )
        # Person, expression, condition, photograph; averaged over the photographs.
        faces = aligned(coordinates(paths).astype(float)).reshape(2, 2, 2, 40, 478, 3)
        return faces.mean(axis=3)

    usual, same, nodded = places(), places(same_faces=True), places(same_faces=True, pitch_deg=-4)

    assert abs(usual[:, :, 1] - usual[:, :, 0]).max() > 20
    assert abs(same[:, :, 1] - same[:, :, 0]).max() < 6
    assert np.array_equal(same[:, :, 0], nodded[:, :, 0])
    assert np.array_equal(same[:, :, 0], usual[:, :, 0])
    # A nose that is nearer than the rest goes down when the head is nodded down.
    nose = nodded[:, :, 1, 1, 1] - nodded[:, :, 0, 1, 1]
    assert nose.min() > 10


def test_schemas(tmp_path: Path) -> None:
    paths = cohort(tmp_path, participants=1)
    assert read(paths.landmarks).schema.equals(schemas.LANDMARKS)
    assert read(paths.blendshapes).schema.equals(schemas.BLENDSHAPES)
    assert read(paths.photos).schema.equals(schemas.PHOTOS)
    assert pq.read_table(paths.scores).schema.equals(schemas.SCORES)


def test_photos_are_those_of_a_flawless_extraction(tmp_path: Path) -> None:
    paths = cohort(tmp_path, participants=3, photos=2)
    rows = read(paths.photos).to_pylist()
    assert rows[0]["path"] == "synthetic/00/00/0001/1"
    assert rows[21]["path"] == "synthetic/05/00/0001/2"
    assert len({tuple(row[key] for key in schemas.KEY) for row in rows}) == 3 * 16 * 2
    for row in rows:
        assert (row["status"], row["faces"], row["extractor"]) == ("ok", 1, "synthetic")
        assert row["sha256"] is row["model_sha256"] is row["bytes"] is row["error"] is None
    points = coordinates(paths)
    for row, face in zip(rows, points.astype(np.float64), strict=True):
        across, eyes = face[152] - face[10], face[362] - face[133]
        assert row["face_height"] == pytest.approx(np.hypot(*across[:2]), rel=1e-6)
        assert 250 < row["face_height"] < 650
        # The columns say how the head was turned; noise turns the eyes' line a little more.
        assert row["roll"] == pytest.approx(np.degrees(np.arctan2(eyes[1], eyes[0])), abs=2)
        assert face[:, :2].min() > 0
        assert (face[:, :2].max(axis=0) < (row["width"], row["height"])).all()


def test_photos_of_a_mask_differ_by_a_pixel_or_two(tmp_path: Path) -> None:
    paths = cohort(tmp_path, participants=4)
    reference = Reference(paths.lake, Choices(EXPRESSIONS))
    neutral = [cell.photos for cell in reference.cells if cell.mask == "00-00"]
    spread = reference.aligned[neutral].std(axis=1, ddof=1)[:, :468]
    assert 1 < np.sqrt((spread**2).mean()) < 2


@pytest.mark.parametrize(("participants", "ids"), [(2, ["0001", "0002"]), (1, ["0001"])])
def test_ids_are_text_with_leading_zeros(tmp_path: Path, participants: int, ids: list[str]) -> None:
    paths = cohort(tmp_path, participants=participants, photos=1)
    assert read(paths.photos)["participant"].unique().to_pylist() == ids
    assert pq.read_table(paths.scores)["participant"].unique().to_pylist() == ids


def test_ids_widen_with_the_cohort() -> None:
    ids = participant_ids(10_000)
    assert (ids[0], ids[-1], len(set(ids))) == ("00001", "10000", 10_000)
    assert ids == sorted(ids)


def test_masks_are_those_of_the_settings(tmp_path: Path) -> None:
    flat = {"layout": "{participant}.{expression}", "expressions": {"n": "neutral", "w": "wink"}}
    paths = cohort(tmp_path, Settings.model_validate({"dataset": flat}), participants=1, photos=1)
    found = read(paths.photos).select(["expression", "supervised"]).to_pylist()
    assert found == [
        {"expression": "neutral", "supervised": False},
        {"expression": "wink", "supervised": False},
    ]


def test_an_expression_without_a_recipe_is_refused(tmp_path: Path) -> None:
    expressions = {"n": "neutral", "b": "bored", "p": "proud"}
    settings = Settings.model_validate({"dataset": {"expressions": expressions}})
    with pytest.raises(UsageError, match=r"bored, proud"):
        cohort(tmp_path, settings)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("option", ["participants", "photos"])
def test_an_empty_cohort_is_refused(tmp_path: Path, option: str) -> None:
    with pytest.raises(UsageError, match="at least one"):
        cohort(tmp_path, **{option: 0})


def test_a_lake_with_photographs_is_left_alone(tmp_path: Path) -> None:
    paths = cohort(tmp_path, participants=1)
    before = coordinates(paths)
    with pytest.raises(LakeError, match=r"holds photographs already; name another folder"):
        cohort(tmp_path, participants=2, seed=1)
    assert np.array_equal(coordinates(paths), before)


def test_a_lake_with_scores_is_left_alone(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    paths.lake.mkdir()
    pq.write_table(schemas.SCORES.empty_table(), paths.scores)
    with pytest.raises(LakeError, match="holds scores already"):
        cohort(tmp_path, participants=1)


def test_a_lake_in_use_is_refused(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    with lake_lock(paths), pytest.raises(LakeError, match="in use by process"):
        cohort(tmp_path, participants=1)


@pytest.mark.slow
def test_movements_have_the_moments_of_the_paper(reference: Reference) -> None:
    found: dict[tuple[str, bool], list[float]] = {}
    for row in reference.pav_mask_means.to_pylist():
        mask = (row["expression"], row["supervised"])
        found.setdefault(mask, []).append(row["mean_distance"])
    assert len(found) == 15
    for mask, distances in found.items():
        wanted = distance_moments(*mask)
        assert wanted is not None
        assert np.mean(distances) == pytest.approx(wanted.mean, rel=0.15), mask
        assert np.std(distances, ddof=1) == pytest.approx(wanted.sd, rel=0.35), mask


@pytest.mark.slow
def test_movements_are_skewed_as_the_studys(reference: Reference) -> None:
    """The median of its features is 1.65, and the largest 2.85."""
    by_mask: dict[str, list[npt.NDArray[np.float64]]] = {}
    for at, cell in enumerate(reference.cells):
        by_mask.setdefault(cell.mask, []).append(reference.distances[at, reference.pav])
    del by_mask["00-00"]
    tiles = [
        np.stack(rows)[:, np.arange(first, len(reference.pav), 6)].mean(axis=1)
        for rows in by_mask.values()
        for first in range(6)
    ]
    found = stats.skew(np.array(tiles), axis=1, bias=False)
    assert len(found) == 90
    assert np.median(found) == pytest.approx(1.65, abs=0.25)
    assert 2 < found.max() < 4


@pytest.mark.slow
def test_points_above_average_are_around_the_mouth(reference: Reference) -> None:
    assert 40 <= len(reference.pav) <= 120
    assert {61, 291} <= set(reference.pav.tolist())


def test_scores_are_whole_and_in_range(paper_size: WarehousePaths) -> None:
    scores = pq.read_table(paper_size.scores).to_pylist()
    instruments = Settings().instruments
    assert len(scores) == 309 * len(instruments)
    for row in scores:
        kind = instruments[row["instrument"]]
        assert kind.min <= row["score"] <= kind.max
        assert row["score"] == int(row["score"])
    for name in instruments:
        values = [row["score"] for row in scores if row["instrument"] == name]
        assert len(set(values)) > 8


def test_ranges_of_the_settings_are_respected(tmp_path: Path) -> None:
    scales = {"mood": {"name": "Mood", "min": -2, "max": 2}, "bai": {"min": 21, "max": 84}}
    paths = cohort(
        tmp_path, Settings.model_validate({"instruments": scales}), participants=40, photos=1
    )
    scores = pq.read_table(paths.scores).to_pylist()
    for name, low, high in (("mood", -2, 2), ("bai", 21, 84)):
        values = {row["score"] for row in scores if row["instrument"] == name}
        assert values
        assert min(values) >= low
        assert max(values) <= high


@pytest.mark.slow
def test_the_planted_correlation_is_there_and_no_other(reference: Reference) -> None:
    corner = [
        (cell.participant, float(reference.distances[at, 291]))
        for at, cell in enumerate(reference.cells)
        if cell.mask == "05-00"
    ]
    movement = np.log([distance for _, distance in corner])
    for instrument in Settings().instruments:
        scores = {
            row["participant"]: row["score"]
            for row in reference.score_rows
            if row["instrument"] == instrument
        }
        r = np.corrcoef(movement, [scores[participant] for participant, _ in corner])[0, 1]
        if instrument == "asrsb":
            assert 0.15 < r < 0.3
        else:
            assert abs(r) < 0.1


@pytest.mark.slow
def test_no_picture_is_touched(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from lakehouse.paths import WarehousePaths; "
        "from lakehouse.settings import Settings; "
        "from lakehouse.synthetic.cohort import write_cohort; "
        "write_cohort(WarehousePaths(Path(sys.argv[1])), Settings(), participants=1); "
        "assert not {'skimage', 'mediapipe'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
    suffixes = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    # A lock may have a guard file beside it.
    assert suffixes <= {".parquet", "", ".held"}


def noise_of_people(folder: Path, tremble: Tremble) -> npt.NDArray[np.float64]:
    """Measure how far photographs of the neutral face differ, by participant."""
    settings = Settings.model_validate({"dataset": {"expressions": {"00": "neutral"}}})
    options = CohortOptions(tremble=tremble)
    paths = cohort(folder, settings, participants=150, photos=2, options=options)
    faces = aligned(coordinates(paths).astype(float)).reshape(150, -1, 2, 478, 3)[:, 0]
    return (faces[:, 1] - faces[:, 0])[:, 200:300].std(axis=(1, 2)) / np.sqrt(2)


@pytest.mark.slow
def test_people_tremble_differently_where_they_are_asked_to(tmp_path: Path) -> None:
    alike = noise_of_people(tmp_path / "alike", Tremble())
    apart = noise_of_people(tmp_path / "apart", Tremble(log_sd=0.5))

    assert np.log(apart).std() > 3 * np.log(alike).std()
    unrest = np.log(apart / np.median(alike))
    assert unrest.std() == pytest.approx(0.5, abs=0.1)
    assert np.median(unrest) == pytest.approx(0, abs=0.12)


def test_nobody_moves_in_a_still_cohort(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {"dataset": {"expressions": {"00": "neutral", "05": "happiness"}}}
    )
    options = CohortOptions(tremble=Tremble(still=True))
    paths = cohort(tmp_path, settings, participants=3, photos=60, options=options)
    faces = aligned(coordinates(paths).astype(float)).reshape(3, 4, 60, 478, 3).mean(axis=2)
    assert abs(faces[:, 1:] - faces[:, :1]).max() < 2


def test_tremble_leaves_the_rest_of_a_cohort(tmp_path: Path) -> None:
    calm = cohort(tmp_path / "calm", participants=2, photos=1)
    options = CohortOptions(tremble=Tremble(log_sd=0.5))
    shaken = cohort(tmp_path / "shaken", participants=2, photos=1, options=options)

    moved = abs(coordinates(shaken) - coordinates(calm)).max()
    assert 0.1 < moved < 10
    same = ("participant", "expression", "supervised", "photo", "roll")
    assert read(calm.photos).select(same).equals(read(shaken.photos).select(same))
