"""How colours look to people, and how far apart they are."""

import numpy as np
import numpy.typing as npt
from skimage.color import deltaE_ciede2000, rgb2lab

Colours = npt.NDArray[np.float64]

MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB."""

VIENOT = {
    "protanopia": (
        (0.11238, 0.88762, 0.0),
        (0.11238, 0.88762, 0.0),
        (0.00401, -0.00401, 1.0),
    ),
    "deuteranopia": (
        (0.29275, 0.70725, 0.0),
        (0.29275, 0.70725, 0.0),
        (-0.02234, 0.02234, 1.0),
    ),
}
"""Viénot, Brettel & Mollon 1999, on linear RGB."""

BRETTEL_PLANE = (0.03901, -0.02788, -0.01113)
BRETTEL = (
    (
        (1.01277, 0.13548, -0.14826),
        (-0.01243, 0.86812, 0.14431),
        (0.07589, 0.80500, 0.11911),
    ),
    (
        (0.93678, 0.18979, -0.12657),
        (0.06154, 0.81526, 0.12320),
        (-0.37562, 1.12767, 0.24796),
    ),
)
"""Brettel, Viénot & Mollon 1997 for tritanopia, on linear RGB: on either side of a plane."""

LUMINANCE = (0.2126, 0.7152, 0.0722)


def rgb(colours: list[str]) -> Colours:
    """Give colours from 0 to 1, shape (colours, 3)."""
    return np.array([[int(one[at : at + 2], 16) / 255 for at in (1, 3, 5)] for one in colours])


def linear(colours: Colours) -> Colours:
    low = colours / 12.92
    return np.where(colours <= 0.04045, low, ((colours + 0.055) / 1.055) ** 2.4)


def encoded(light: Colours) -> Colours:
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def sights(colours: list[str]) -> dict[str, Colours]:
    """Give colours as they look under each kind of sight."""
    light = linear(rgb(colours))
    seen = {"normal": rgb(colours)}
    for source, matrices in (("Machado", MACHADO), ("Viénot", VIENOT)):
        for kind, matrix in matrices.items():
            seen[f"{kind}, {source}"] = encoded(light @ np.array(matrix).T)
    near, far = (light @ np.array(matrix).T for matrix in BRETTEL)
    side = light @ np.array(BRETTEL_PLANE) >= 0
    seen["tritanopia, Brettel"] = encoded(np.where(side[:, None], near, far))
    return seen


def lab(colours: Colours) -> Colours:
    return np.asarray(rgb2lab(colours[None])[0])


def least_distance(colours: Colours) -> float:
    """Give the least CIEDE2000 between any two."""
    one, other = np.triu_indices(len(colours), 1)
    places = lab(colours)
    return float(deltaE_ciede2000(places[one], places[other]).min())


def least_between(colours: list[str], others: list[str]) -> float:
    """Give the least CIEDE2000 between any of these and any of those, under normal sight."""
    here, there = lab(rgb(colours)), lab(rgb(others))
    return float(deltaE_ciede2000(here[:, None], there[None]).min())


def contrast(colour: str, other: str) -> float:
    """Give the contrast of two colours by WCAG 2, from 1 to 21."""
    light, dark = sorted((linear(rgb([colour, other])) @ np.array(LUMINANCE)).tolist())[::-1]
    return float((light + 0.05) / (dark + 0.05))
