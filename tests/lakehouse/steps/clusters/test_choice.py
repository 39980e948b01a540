"""The table of numbers of groups, against the chain run anew for each draw of participants."""

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples
from sklearn.metrics.cluster import pair_confusion_matrix

from lakehouse.settings import Settings
from lakehouse.settings.movement import Clusters
from lakehouse.steps.clusters.choice import choose_clusters
from lakehouse.steps.clusters.moving_points import Faces
from tests.lakehouse.steps.clusters.face_rows import face_rows, random_faces
from tests.lakehouse.steps.clusters.test_moving_points import plainly
from tests.lakehouse.steps.in_parts import DIVISIONS, divided


def chosen_for(faces: Faces, *, k: int = 6, resamples: int = 4) -> pl.DataFrame:
    return choose_clusters(
        face_rows(faces),
        clusters=Clusters(k=k, starts=10),
        resamples=resamples,
        resampling_seed=3,
    )


def groups_of(places: dict[int, tuple[float, float]], k: int) -> dict[int, int]:
    labels = KMeans(k, random_state=0, n_init=10).fit_predict(np.array([*places.values()]))
    return dict(zip(places, labels.tolist(), strict=True))


def adjusted_rand(a: list[int], b: list[int]) -> float:
    """Hubert and Arabie's index from counts of pairs."""
    (apart, only_b), (only_a, together) = pair_confusion_matrix(a, b).astype(float)
    upper = 2 * (together * apart - only_a * only_b)
    lower = (together + only_a) * (only_a + apart) + (together + only_b) * (only_b + apart)
    return upper / lower


@pytest.mark.slow
def test_stability_is_that_of_the_whole_chain_run_anew() -> None:
    faces, resamples = random_faces(2), 12
    faces.places[1, 1] = faces.places[2, 1]
    found = chosen_for(faces, resamples=resamples)

    # The draws come from the second stream of the seed.
    random = np.random.default_rng(3).spawn(2)[1]
    draws = random.multinomial(8, np.full(8, 1 / 8), resamples)
    whole = plainly(faces, list(range(8)))
    others = [plainly(faces, np.repeat(np.arange(8), draw).tolist()) for draw in draws]
    overlap = np.mean([len(whole.keys() & o.keys()) / len(whole.keys() | o.keys()) for o in others])
    assert 0 < overlap < 1
    for row in found.iter_rows(named=True):
        own = groups_of(whole, row["k"])
        indices = []
        for other in others:
            theirs = groups_of(other, row["k"])
            common = [point for point in own if point in theirs]
            indices.append(adjusted_rand([own[p] for p in common], [theirs[p] for p in common]))
        assert row["stability"] == pytest.approx(np.mean(indices))
        assert row["stability_low"] == pytest.approx(np.percentile(indices, 2.5))
        assert row["stability_high"] == pytest.approx(np.percentile(indices, 97.5))
        assert row["pav_overlap"] == pytest.approx(overlap)
        assert (row["points"], row["resamples"]) == (len(whole), resamples)


@pytest.mark.slow
def test_silhouettes_gaps_and_the_number_in_use() -> None:
    faces = random_faces(2)
    found = chosen_for(faces, k=5)

    whole = plainly(faces, list(range(8)))
    places = np.array([*whole.values()])
    assert found["k"].to_list() == list(range(2, 13))
    assert found.filter("chosen")["k"].to_list() == [5]
    for k, silhouette in found.select("k", "silhouette").iter_rows():
        labels = [*groups_of(whole, k).values()]
        assert silhouette == pytest.approx(silhouette_samples(places, labels).mean())
    rises = found["gap"].diff().drop_nulls()
    np.testing.assert_allclose(found["gap_rise"][1:], rises)
    # The rule: the first number of groups that one more does not improve by a standard error.
    worth_it = (found["gap_rise"] > found["gap_se"]).to_list()
    stop = worth_it.index(False) + 1
    assert found.filter("gap_chosen")["k"].to_list() == ([stop] if stop > 1 else [])
    assert found["reason"].null_count() == len(found)


@pytest.mark.slow
def test_the_seed_decides_and_progress_is_told() -> None:
    rows, told = face_rows(random_faces(2)), list[tuple[int, int]]()

    def run(seed: int) -> pl.DataFrame:
        told.clear()
        return choose_clusters(
            rows,
            clusters=Clusters(starts=10),
            resamples=3,
            resampling_seed=seed,
            report=lambda done, total: told.append((done, total)),
        )

    assert run(1).equals(run(1))
    assert not run(1).equals(run(2))
    assert told == [(done, 6) for done in range(1, 7)]


@pytest.mark.slow
def test_without_resamples_only_the_silhouette_is_known() -> None:
    found = chosen_for(random_faces(2), resamples=0)

    assert found["silhouette"].null_count() == 0
    for column in ("gap", "gap_se", "gap_rise", "gap_chosen", "stability", "pav_overlap"):
        assert found[column].null_count() == len(found), column
    assert set(found["reason"]) == {"statistics.bootstraps is 0"}


@pytest.mark.slow
@pytest.mark.parametrize(("moving", "numbers"), [(0, 0), (2, 0), (3, 1), (7, 5)])
def test_few_points_make_few_numbers_of_groups(moving: int, numbers: int) -> None:
    faces = random_faces(8, moving=moving)
    faces.distances[:, :, :moving] += 10.0
    # Without a single point that moves more, all must move alike for none to be above average.
    if not moving:
        faces.distances[faces.seen] = 1.0

    found = chosen_for(faces)

    assert found["k"].to_list() == list(range(2, 2 + numbers))
    assert found.schema == chosen_for(random_faces(2)).schema


@pytest.mark.slow
def test_draws_with_too_few_points_do_not_count() -> None:
    faces = random_faces(9, moving=4)
    faces.distances[:, :, :4] += 10.0
    # Of two points only the first participant knows how they move; without her they stay behind.
    faces.distances[0, :, :2] += 1000.0
    faces.distances[1:, :, :2] = 0.0
    found = chosen_for(faces, resamples=20)

    by_k = dict(found.select("k", "resamples").iter_rows())
    assert by_k[2] == 20
    assert 0 < by_k[3] < 20
    assert found["pav_overlap"][0] < 1


def test_points_in_one_place_are_not_grouped() -> None:
    faces = random_faces(2)
    faces.places[...] = 7.0
    assert chosen_for(faces).is_empty()


def test_nobody_at_all() -> None:
    nothing = face_rows(random_faces(2)).clear()
    nobody = choose_clusters(nothing, clusters=Clusters(starts=10), resamples=5, resampling_seed=0)
    assert nobody.is_empty()


@pytest.mark.slow
@pytest.mark.parametrize("division", DIVISIONS)
def test_people_may_be_summed_in_parts(division: str) -> None:
    settings = Settings.model_validate(
        {"clusters": {"starts": 1}, "statistics": {"bootstraps": 40, "seed": 3}}
    )
    rows = face_rows(random_faces(6, points=9, moving=5))

    for some, numbers in ((rows, 3), (rows.filter(pl.col("person") == 0), 1), (rows.clear(), 0)):
        expected = choose_clusters(some, clusters=settings.clusters, resamples=4, resampling_seed=3)
        found = divided("clusters", "choose_clusters", some, settings, division)

        assert len(found) == numbers
        assert_frame_equal(found, expected, rel_tol=1e-12, abs_tol=0)
