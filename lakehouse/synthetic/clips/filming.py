"""How a clip is filmed: its frames' times and size, and how the head sways meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.synthetic.portrait import PHOTO_HEIGHT, PHOTO_WIDTH

Vectors = npt.NDArray[np.float64]
Ticks = npt.NDArray[np.int64]

TICKS: Final = 90_000
"""Ticks in a second: 24, 25, 29.97, 30, 50 and 60 frames a second are whole numbers of them."""

_STEPS_S: Final = (1 / 60, 1 / 15)
"""Shortest and longest step at a variable rate, as of telephones in changing light."""

_SWAY: Final = (1.5, 1.5, 1.5, 0.006, 5.0, 4.0)
"""How far a head sways at most to both sides: yaw, pitch and roll in degrees, logarithm of size,
right and down in pixels."""
_LEAST_SWAY: Final = 2 / 3
"""As a share of the most."""
_SWAYS_PER_S: Final = (0.1, 0.25)


@dataclass(frozen=True)
class Filming:
    """What camera and file are like.

    Attributes
    ----------
    rate : Fraction or None
        Frames a second; None is a variable rate, with steps of 1/60 to 1/15 s.
    duration_s : float
        From the first frame to the end of the last.
    size : tuple of int
        Width and height of the upright picture, even numbers.
    rotation_deg : int
        0, 90, 180 or 270: how far players have to turn the file's pictures against the clock, as
        the file tells them.
    sway : float
        0 is a head in a vice; at 1 it sways slowly by 1 to 1.5 degrees and some pixels.
    """

    rate: Fraction | None = Fraction(30)
    duration_s: float = 2.0
    size: tuple[int, int] = (PHOTO_WIDTH, PHOTO_HEIGHT)
    rotation_deg: int = 0
    sway: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what cannot be filmed."""
        if self.rate is not None and not 1 <= self.rate <= 240:
            raise ValueError(f"between 1 and 240 frames a second, not {self.rate}")
        if self.rotation_deg not in (0, 90, 180, 270):
            raise ValueError(f"a rotation is 0, 90, 180 or 270 degrees, not {self.rotation_deg}")
        if any(side < 2 or side % 2 for side in self.size):
            raise ValueError(f"width and height are even numbers, not {self.size}")

    def frame_ticks(self, rng: np.random.Generator) -> Ticks:
        """Draw the frames' times.

        Parameters
        ----------
        rng : numpy.random.Generator
            Used at a variable rate only.

        Returns
        -------
        ndarray of int64, shape (frames,)
            In ticks from the first frame, which is at 0.
        """
        if self.rate is not None:
            frames = max(1, round(self.duration_s * self.rate))
            return np.array([round(TICKS * frame / self.rate) for frame in range(frames)])
        most = int(np.ceil(self.duration_s / _STEPS_S[0]))
        steps = np.rint(TICKS * rng.uniform(*_STEPS_S, most)).astype(np.int64)
        ticks: Ticks = np.concatenate([[0], steps.cumsum()])
        return ticks[ticks < self.duration_s * TICKS]

    def swaying(self, times_s: Vectors, rng: np.random.Generator) -> Vectors:
        """Draw how the head sways.

        Parameters
        ----------
        times_s : ndarray of float64, shape (frames,)
            When to look.

        Returns
        -------
        ndarray of float64, shape (frames, 6)
            Yaw, pitch and roll in degrees, logarithm of size, right and down in pixels.
        """
        far = self.sway * rng.uniform(_LEAST_SWAY, 1, len(_SWAY)) * np.array(_SWAY)
        per_s = rng.uniform(*_SWAYS_PER_S, len(_SWAY))
        phase = rng.uniform(0, 2 * np.pi, len(_SWAY))
        return np.asarray(far * np.sin(2 * np.pi * per_s * times_s[:, None] + phase))
