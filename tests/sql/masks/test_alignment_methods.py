"""What each method of alignment keeps and removes, through all its models."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.sql.masks.faces import (
    CHIN,
    FOREHEAD,
    LEFT_EYE,
    LOWER_LIP,
    METHODS,
    RIGHT_EYE,
    Face,
    align,
    assert_alike,
    basis_rows,
    canonical_face,
    moved,
)
from tests.sql.support import RunModel

a_few = settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])
every_method = pytest.mark.parametrize("method", METHODS)
angles = st.floats(-np.pi, np.pi)
scales = st.floats(0.05, 4)
shifts = st.tuples(*[st.floats(-3000, 3000)] * 3)
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="module", name="plain")
def plain_face(run_model: RunModel) -> Face:
    return canonical_face(run_model)


def somebody(plain: Face, seed: int) -> Face:
    """Draw a face: the canonical one, every point a little elsewhere."""
    random = np.random.default_rng(seed)
    return {point: place + random.normal(0, 30, 3) for point, place in plain.items()}


def open_mouthed(face: Face, drop: float) -> Face:
    """Lower the chin and the lower lip, which no basis point follows."""
    down = np.array([0.0, drop, 0.0])
    return face | {point: face[point] + down for point in (CHIN, LOWER_LIP)}


def distance(face: Face, a: int, b: int) -> float:
    return float(np.linalg.norm(face[a][:2] - face[b][:2]))


@pytest.mark.slow
@every_method
@given(seed=seeds, turns=st.tuples(angles, angles), shift=st.tuples(shifts, shifts))
@a_few
def test_turning_and_shifting_a_photo_changes_nothing(
    run_model: RunModel, plain: Face, method: str, seed, turns, shift
) -> None:
    faces = {1: somebody(plain, seed), 2: somebody(plain, seed + 1)}
    photographed = {
        photo: moved(face, turn=turn, shift=by)
        for (photo, face), turn, by in zip(faces.items(), turns, shift, strict=True)
    }

    before, after = align(run_model, method, faces), align(run_model, method, photographed)

    for photo in faces:
        assert_alike(after[photo], before[photo])


@pytest.mark.slow
@pytest.mark.parametrize("method", ["paper", "procrustes"])
@given(seed=seeds, sizes=st.tuples(scales, scales))
@a_few
def test_the_size_of_a_face_in_the_photo_changes_nothing(
    run_model: RunModel, plain: Face, method: str, seed, sizes
) -> None:
    faces = {1: somebody(plain, seed), 2: somebody(plain, seed + 1)}
    photographed = {photo: moved(faces[photo], scale=sizes[photo - 1]) for photo in faces}

    before, after = align(run_model, method, faces), align(run_model, method, photographed)

    for photo in faces:
        assert_alike(after[photo], before[photo])


@pytest.mark.slow
@given(seed=seeds, sizes=st.tuples(scales, scales, scales), turn=angles)
@a_few
def test_neutral_scale_keeps_the_ratios_of_sizes_and_makes_neutral_1500(
    run_model: RunModel, plain: Face, seed, sizes, turn
) -> None:
    faces = {
        photo: moved(somebody(plain, seed + photo), turn=turn, scale=sizes[photo - 1])
        for photo in (1, 2, 3)
    }

    aligned = align(run_model, "neutral_scale", faces, neutral=(1, 2))

    factors = [
        distance(aligned[photo], a, b) / distance(faces[photo], a, b)
        for photo in faces
        for a, b in ((FOREHEAD, CHIN), (33, 263), (LOWER_LIP, 4))
    ]
    assert factors == pytest.approx([factors[0]] * 9)
    neutral = [distance(aligned[photo], FOREHEAD, CHIN) for photo in (1, 2)]
    assert np.mean(neutral) == pytest.approx(1500)


@pytest.mark.slow
@given(turn=angles, scale=scales, shift=shifts)
@a_few
def test_procrustes_undoes_a_known_similarity(
    run_model: RunModel, plain: Face, turn, scale, shift
) -> None:
    photographed = {1: moved(plain, turn=turn, scale=scale, shift=shift)}

    [aligned] = align(run_model, "procrustes", photographed).values()

    assert_alike(aligned, plain)


@pytest.mark.slow
@given(seed=seeds, turn=st.floats(-0.3, 0.3), size=st.floats(0.97, 1.03), by=st.floats(-9, 9))
@a_few
def test_nothing_fits_better_than_procrustes(
    run_model: RunModel, plain: Face, seed, turn, size, by
) -> None:
    [found] = align(run_model, "procrustes", {1: somebody(plain, seed)}).values()

    def misfit(face: Face) -> float:
        return sum(
            row["weight"] * float(np.sum((face[row["point"]][:2] - (row["x"], row["y"])) ** 2))
            for row in basis_rows(run_model)
        )

    assert misfit(found) <= misfit(moved(found, turn=turn, scale=size, shift=(by, -by, 0)))


@every_method
def test_a_mirrored_face_stays_mirrored(run_model: RunModel, plain: Face, method: str) -> None:
    mirrored = {point: place * (-1, 1, 1) for point, place in plain.items()}

    [aligned] = align(run_model, method, {1: mirrored}).values()

    across = aligned[LEFT_EYE][:2] - aligned[RIGHT_EYE][:2]
    down = aligned[CHIN][:2] - aligned[FOREHEAD][:2]
    assert across[0] * down[1] - across[1] * down[0] < 0


@pytest.mark.slow
@given(seed=seeds, drop=st.floats(20, 400), turn=angles, scale=scales)
@a_few
def test_an_opened_jaw_leaves_the_upper_face_in_place_but_under_paper(
    run_model: RunModel, plain: Face, seed, drop, turn, scale
) -> None:
    closed = somebody(plain, seed)
    opened = open_mouthed(closed, drop)
    photos = {1: moved(closed, turn, scale), 2: moved(opened, turn, scale)}
    still = [row["point"] for row in basis_rows(run_model)]
    shrunk = distance(closed, FOREHEAD, CHIN) / distance(opened, FOREHEAD, CHIN)
    assert shrunk < 1

    for method in ("neutral_scale", "procrustes"):
        before, after = align(run_model, method, photos).values()
        assert_alike({p: after[p] for p in still}, {p: before[p] for p in still})
        # What the jaw did is there, at the size of the face.
        size = distance(before, 33, 263) / distance(closed, 33, 263)
        assert np.linalg.norm(after[CHIN] - before[CHIN]) == pytest.approx(size * drop)

    before, after = align(run_model, "paper", photos).values()
    assert distance(after, FOREHEAD, CHIN) == pytest.approx(1500)
    for point in still:
        towards_forehead = before[FOREHEAD] + shrunk * (before[point] - before[FOREHEAD])
        assert after[point] == pytest.approx(towards_forehead, abs=1e-6)


@every_method
def test_depth_goes_with_the_size_and_its_zero_is_of_no_account(
    run_model: RunModel, plain: Face, method: str
) -> None:
    near, far = (moved(plain, scale=0.5, shift=(0, 0, depth)) for depth in (0, 700))

    [one], [other] = (align(run_model, method, {1: face}).values() for face in (near, far))

    assert_alike(one, other)
    for point, place in one.items():
        # Of this face every method leaves depths as they are, from the forehead on.
        deeper = plain[point][2] - plain[FOREHEAD][2]
        assert place[2] - one[FOREHEAD][2] == pytest.approx(deeper, abs=1e-7)


@every_method
def test_without_depth_the_places_in_the_plane_are_the_same(
    run_model: RunModel, plain: Face, method: str
) -> None:
    flat = {point: np.array([*place[:2], np.nan]) for point, place in plain.items()}

    [deep], [without] = (align(run_model, method, {1: face}).values() for face in (plain, flat))

    for point, place in without.items():
        assert place[:2] == pytest.approx(deep[point][:2], abs=1e-9)
        assert np.isnan(place[2])
