"""What differs between photographs of the same face: pose, camera, light and noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

_POSE_LIMIT: Final = 2.5
"""Draws are cut off at this many standard deviations, so that no photograph is freakish."""


@dataclass(frozen=True)
class Tone:
    """Light and colour of a picture, as factors on the portrait's.

    Attributes
    ----------
    exposure : float
        Gain on all channels.
    gamma : float
        Exponent on values between 0 and 1; above 1 is darker.
    warmth : float
        Gain on red and inverse gain on blue.
    """

    exposure: float
    gamma: float
    warmth: float

    def combined(self, other: Tone) -> Tone:
        """Apply another tone on top of this one."""
        return Tone(
            self.exposure * other.exposure,
            self.gamma * other.gamma,
            self.warmth * other.warmth,
        )


@dataclass(frozen=True)
class Shot:
    """The conditions of one photograph.

    Attributes
    ----------
    yaw_deg, pitch_deg, roll_deg : float
        Turn of the head and, for roll, of the camera, in degrees.
    scale : float
        Enlargement of the picture.
    shift_px : tuple of float
        Translation x, y in pixels.
    tone : Tone
        Light and colour.
    shade : tuple of float
        Gain in light from the middle to the right and lower edge.
    noise : float
        Standard deviation of the sensor's noise, in steps of 255.
    noise_offset : tuple of int
        Row and column at which the noise is taken from the common plane of noise.
    jpeg_quality : int
        Quality of the JPEG file, 1 to 100.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    scale: float
    shift_px: tuple[float, float]
    tone: Tone
    shade: tuple[float, float]
    noise: float
    noise_offset: tuple[int, int]
    jpeg_quality: int


def draw_tone(rng: np.random.Generator, spread: float) -> Tone:
    """Draw light and colour around the portrait's own.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness.
    spread : float
        Standard deviation of the logarithm of exposure; gamma and warmth follow it.

    Returns
    -------
    Tone
        Exposure, gamma and warmth near 1.
    """
    exposure, gamma, warmth = np.exp(limited_normal(rng, 3) * spread * np.array([1.0, 1.0, 0.35]))
    return Tone(float(exposure), float(gamma), float(warmth))


def draw_shot(rng: np.random.Generator) -> Shot:
    """Draw the conditions of one photograph in a studio.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    Shot
        Turns of about a degree, rolls of two, two percent of scale, a few pixels.
    """
    yaw, pitch, roll, scale, right, down, shade_x, shade_y = limited_normal(rng, 8)
    return Shot(
        yaw_deg=float(1.2 * yaw),
        pitch_deg=float(0.8 * pitch),
        roll_deg=float(2.0 * roll),
        scale=float(np.exp(0.025 * scale)),
        shift_px=(float(7 * right), float(6 * down)),
        tone=draw_tone(rng, 0.05),
        shade=(float(0.05 * shade_x), float(0.03 * shade_y)),
        noise=float(rng.uniform(1.0, 3.5)),
        noise_offset=(int(rng.integers(256)), int(rng.integers(256))),
        jpeg_quality=int(rng.integers(82, 96)),
    )


def limited_normal(
    rng: np.random.Generator, shape: int | tuple[int, ...]
) -> npt.NDArray[np.float64]:
    """Draw standard normal numbers without far outliers.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of randomness.
    shape : int or tuple of int
        Shape of the result.

    Returns
    -------
    ndarray of float64
        Between -2.5 and 2.5.
    """
    return np.clip(rng.standard_normal(shape), -_POSE_LIMIT, _POSE_LIMIT)
