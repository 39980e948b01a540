import numpy as np
import pytest

from lakehouse.synthetic.clips.response import Basis, aligned, point_groups, procrustes_basis
from lakehouse.warehouse.models import load_models


def test_the_basis_is_the_models():
    basis = procrustes_basis()
    assert len(basis.points) == 33
    assert {10, 33, 263} <= set(basis.points.tolist())
    assert basis.weights.sum() == pytest.approx(1.055, abs=1e-3)
    eyes = basis.places[np.isin(basis.points, [33, 263])]
    assert eyes[0, 1] == pytest.approx(eyes[1, 1])
    assert np.ptp(eyes[:, 0]) > 700


def test_turned_enlarged_and_moved_faces_are_aligned_alike():
    basis = procrustes_basis()
    rng = np.random.default_rng(0)
    face = rng.normal(size=(468, 2)) * 100
    face[basis.points] = basis.places + rng.normal(size=basis.places.shape)
    turn = 0.31 * np.array([[0.8, -0.6], [0.6, 0.8]])
    first, second = aligned(np.stack([face, face @ turn.T + (500, 90)]), basis)
    assert second == pytest.approx(first)
    centre = basis.weights @ basis.places / basis.weights.sum()
    assert np.abs(first[basis.points] - (basis.places - centre)).max() < 5


def test_the_fit_is_the_best():
    basis = procrustes_basis()
    rng = np.random.default_rng(1)
    face = np.zeros((1, 468, 2))
    face[0, basis.points] = basis.places + 40 * rng.normal(size=basis.places.shape)
    placed = aligned(face, basis)[0, basis.points]
    centre = basis.weights @ basis.places / basis.weights.sum()

    def misfit(turned):
        return basis.weights @ ((turned - (basis.places - centre)) ** 2).sum(axis=1)

    for turn in (1.001, 0.999, np.exp(0.001j), np.exp(-0.001j)):
        other = (placed[:, 0] + 1j * placed[:, 1]) * turn
        assert misfit(np.stack([other.real, other.imag], axis=1)) > misfit(placed)


def test_weights_count():
    places = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 100.0]])
    heavy = Basis(np.array([0, 1, 2]), np.array([1.0, 1.0, 1e-9]), places)
    bent = np.array([[[0.0, 0.0], [100.0, 0.0], [70.0, 100.0]]])
    assert aligned(bent, heavy)[0, :2] == pytest.approx(places[:2] - (50, 0), abs=1e-4)


def test_groups_are_those_of_the_warehouse():
    groups = point_groups()
    assert groups.pop("face") == list(range(468))
    inside = {
        "brows": {105, 334},
        "eyes": {33, 159, 386},
        "cheeks": {50, 280},
        "nose": {4, 168},
        "mouth": {13, 14, 61, 291},
        "jaw": {152, 199},
    }
    assert {name: points & {*groups[name]} for name, points in inside.items()} == inside
    assert groups.keys() == inside.keys()
    assert len({point for points in groups.values() for point in points}) == sum(
        map(len, groups.values())
    )
    named = next(model.query for model in load_models() if model.name == "dynamics_groups")
    assert all(f"'{name}'" in named for name in groups)
