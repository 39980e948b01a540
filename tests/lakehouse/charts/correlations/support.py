"""Literal tables of two features beside two questionnaires."""

import re
from typing import Any

import polars as pl

from tests.lakehouse.charts.scene import Mark, Scene

CHOSEN = {"feature": "m05_00_0", "instrument": "dbi"}


def correlation(feature: str, instrument: str, r: float | None, **values: Any) -> dict[str, Any]:
    """Give a row of `correlations`, of a feature called as the warehouse does."""
    _, condition, group = feature.split("_")
    mask = f"{feature[1:3]}-{condition}"
    numbers = {
        f"{method}_{name}": None if r is None else value
        for method in ("spearman", "pearson")
        for name, value in (("r", r), ("low", -0.5), ("high", 0.5), ("p", 0.5), ("q", 0.9))
    }
    row = {
        "feature": feature,
        "expression": {"05": "happiness", "07": "surprise"}[feature[1:3]],
        "supervised": condition == "01",
        "mask": mask,
        "group_id": int(group),
        "instrument": instrument,
        "n": 20,
        **numbers,
        "permutation_p": None if r is None else 0.8,
        "reason": None,
    }
    return row | values


def correlations() -> pl.DataFrame:
    """Eight pairs: one stands both ways, one by q alone, one has no correlation."""
    rows = [
        correlation("m05_00_0", "dbi", 0.4, spearman_q=0.01, permutation_p=0.02),
        correlation("m05_00_1", "dbi", -0.2, spearman_q=0.04),
        correlation("m05_01_0", "dbi", 0.1),
        correlation("m05_01_1", "dbi", None),
        correlation("m05_00_0", "bai", 0.0),
        correlation("m05_00_1", "bai", 0.1),
        correlation("m05_01_0", "bai", 0.1),
        correlation("m05_01_1", "bai", 0.2),
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def described(marks: list[Mark]) -> list[dict[str, float]]:
    """Read the data that marks say they stand for, by the columns' names."""
    pairs = [
        re.findall(r"(\w+): ([−-]?[\d.]+(?:e[−-]?\d+)?)", mark["description"]) for mark in marks
    ]
    return [{name: float(value.replace("−", "-")) for name, value in each} for each in pairs]


def marks_by_name(scene: Scene, ending: str) -> list[Mark]:
    """Give the items of every mark whose name ends so, such as "layer_0_marks"."""
    return [
        item
        for mark in scene.marks
        if str(mark.get("name", "")).endswith(ending)
        for item in mark["items"]
    ]
