"""Landmark trees for tests, all made from one face."""

import csv
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

CODES = tuple(f"{code:02d}" for code in range(8))
CONDITIONS = ("00", "01")


@cache
def face() -> Points:
    """Give the portrait's 468 mesh points, x and y in pixels."""
    table = files("lakehouse.synthetic") / "data" / "portrait_landmarks.csv"
    return np.loadtxt(str(table), delimiter=",", skiprows=1)[:468, 1:3]


def csv_text(points: Points, header: str = "index,x,y", separator: str = ",") -> str:
    """Write landmarks as a file holds them."""
    rows = [f"{index},{x!r},{y!r}" for index, (x, y) in enumerate(points.tolist())]
    return "\n".join([header, *rows, ""]).replace(",", separator)


def write_file(path: Path, points: Points) -> Path:
    """Write a landmark file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(csv_text(points))
    return path


def write_study(root: Path, participants: int, photos: int = 3) -> Path:
    """Write a study with all sixteen masks; the mouth moves in every one but the neutral."""
    random = np.random.default_rng(3)
    moving = face()[:, 1] > np.quantile(face()[:, 1], 0.7)
    for participant in range(participants):
        for code in CODES:
            for condition in CONDITIONS:
                strength = 0 if code == condition == "00" else random.uniform(5, 15)
                moved = face() + np.outer(moving * strength, (1.0, 0.4))
                for photo in range(photos):
                    name = f"{code}/{condition}/{participant:04d}/data-lms-{photo + 1}.csv"
                    write_file(root / name, moved + random.normal(0, 0.3, moved.shape))
    return root


def write_scores(file: Path, participants: int) -> Path:
    """Write a score per participant and two questionnaires."""
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["participant", "dbi_score", "bai_score"])
        for participant in range(participants):
            writer.writerow([f"{participant:04d}", 10 + 7 * participant, 30 - 5 * participant])
    return file
