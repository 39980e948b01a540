"""Names for the points of MediaPipe's face mesh that the generator moves.

"Right" and "left" are the subject's own, as in FACS: the right side of the face is the
left side of the picture. The indices follow MediaPipe's canonical face model
(``canonical_face_model_uv_visualization``) and the lip and eye contours of
``FaceLandmarksConnections``.
"""

from __future__ import annotations

from typing import Final

POINTS: Final = 478
"""Landmarks of the Face Landmarker: 468 of the mesh and ten of the irises."""

FOREHEAD: Final = 10
CHIN: Final = 152
MOUTH_CORNER_RIGHT: Final = 61
MOUTH_CORNER_LEFT: Final = 291
INNER_EYE_RIGHT: Final = 133
INNER_EYE_LEFT: Final = 362

# Lip rings from right corner to left corner, eleven columns each. A column is the same
# place along the mouth in every ring, so upper and lower lip can be paired.
UPPER_LIP_RINGS: Final[tuple[tuple[int, ...], ...]] = (
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308),
    (62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292),
    (76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306),
    (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291),
)
LOWER_LIP_RINGS: Final[tuple[tuple[int, ...], ...]] = (
    (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308),
    (62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292),
    (76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306),
    (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291),
)
INNER_UPPER_LIP: Final = UPPER_LIP_RINGS[0]
INNER_LOWER_LIP: Final = LOWER_LIP_RINGS[0]

UPPER_LIDS: Final[tuple[int, ...]] = (
    *(246, 161, 160, 159, 158, 157, 173, 247, 30, 29, 27, 28, 56, 190),
    *(466, 388, 387, 386, 385, 384, 398, 467, 260, 259, 257, 258, 286, 414),
)
LOWER_LIDS: Final[tuple[int, ...]] = (
    *(7, 163, 144, 145, 153, 154, 155, 25, 110, 24, 23, 22, 26, 112),
    *(249, 390, 373, 374, 380, 381, 382, 255, 339, 254, 253, 252, 256, 341),
)

# Right point: left point, for every point that a one-sided action unit is anchored at.
MIRRORED: Final[dict[int, int]] = {
    46: 276,
    50: 280,
    55: 285,
    61: 291,
    63: 293,
    64: 294,
    66: 296,
    40: 270,
    70: 300,
    84: 314,
    91: 321,
    105: 334,
    107: 336,
    117: 346,
    129: 358,
    145: 374,
    159: 386,
    205: 425,
    33: 263,
    133: 362,
    234: 454,
    172: 397,
    37: 267,
}
