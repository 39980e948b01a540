"""Synthetic study photographs: one public-domain portrait, warped into many people.

`plan_study` draws who takes part, how strongly each face moves and what each person
scores; `write_photographs` renders the plan into files.
"""

from lakehouse.synthetic.photo_pixels import render_photo
from lakehouse.synthetic.photographs import write_photographs
from lakehouse.synthetic.scores import write_scores
from lakehouse.synthetic.study import Planted, StudyPlan, plan_study

__all__ = [
    "Planted",
    "StudyPlan",
    "plan_study",
    "render_photo",
    "write_photographs",
    "write_scores",
]
