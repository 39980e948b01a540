"""How strongly an expression shows at each moment: rest, rise, apex, fall, rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TimeCourse:
    """One movement from rest to an apex and back.

    Attributes
    ----------
    start_s : float
        When the face leaves rest, in the video's time.
    rise_s, hold_s, fall_s : float
        How long it takes to the apex, stays there, and takes back to rest.
    amplitude : float
        Intensity at the apex, where 1 is the full expression; 0 is a face at rest.
    """

    start_s: float
    rise_s: float
    hold_s: float
    fall_s: float
    amplitude: float = 1.0

    def intensity(self, times_s: Vectors) -> Vectors:
        """Say how strongly the expression shows.

        Parameters
        ----------
        times_s : ndarray of float64, shape (n,)
            In the video's time.

        Returns
        -------
        ndarray of float64, shape (n,)
            From 0 to the amplitude.

        Notes
        -----
        Both ways are of minimum jerk [1]_, as limbs move: half of the way in half of the time.

        References
        ----------
        .. [1] T. Flash, N. Hogan. The coordination of arm movements: an experimentally confirmed
               mathematical model. Journal of Neuroscience 5, 1985.
        """
        rising = _minimum_jerk((times_s - self.start_s) / self.rise_s)
        falling = _minimum_jerk((times_s - self.apex_end_s) / self.fall_s)
        return self.amplitude * (rising - falling)

    @property
    def apex_end_s(self) -> float:
        """When the face begins to return, in the video's time."""
        return self.start_s + self.rise_s + self.hold_s

    @property
    def end_s(self) -> float:
        """When the face is at rest again, in the video's time."""
        return self.apex_end_s + self.fall_s


def _minimum_jerk(part: Vectors) -> Vectors:
    """Share of the way after a share of the time."""
    part = np.clip(part, 0.0, 1.0)
    return np.asarray(part**3 * (10 - 15 * part + 6 * part**2), dtype=np.float64)
