"""The study's fixed words and numbers, used by more than one part."""

from typing import Final

MESH_POINTS: Final = 468
"""Points 0–467 are the face mesh."""

ALL_POINTS: Final = 478
"""Points 468–477 are the irises, five each."""

FOREHEAD: Final = 10
"""The mesh's topmost point on the midline."""

CHIN: Final = 152
"""The mesh's lowest point on the midline."""

BLENDSHAPES: Final = 52
"""Scores per face that the Face Landmarker gives."""
