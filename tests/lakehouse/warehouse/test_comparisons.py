"""Where movement holds the build of a face, and what needs repeated faces: it is said everywhere.

In settings, participants, comments, notes of the build, status and the codebook of an export.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from lakehouse.exporting.export import ExportRequest, export
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.catalogue import Description, described
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import status
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lean import lean
from tests.once import Once

pytestmark = pytest.mark.slow

PLAN: Final = CohortPlan(
    seed=3,
    participants=6,
    expressions=2,
    photos=2,
    conditions=False,
    trouble=0.0,
    moving=40,
    depth=1.0,
    scores=False,
    neutral=0.5,
)
PLANS: Final = {
    "mixed": PLAN,
    "no neutral": replace(PLAN, neutral=0.0),
    "no identity": replace(PLAN, identity=False, neutral=1.0),
}
BUILD: Final = "so their movement holds the build of their face"
Built = Callable[..., WarehousePaths]


def described_in(paths: WarehousePaths, name: str) -> Description:
    with open_read_only(paths) as connection:
        return described(connection, name)


def chosen(reference: str, identity: str = "participant") -> Settings:
    return lean(
        dataset={
            "layout": "{expression}/{photo}",
            "expressions": {"n": "neutral", "h": "happiness"},
            "identity": identity,
        },
        quality={"reference": reference, "photos_per_mask": "any", "masks": "neutral"},
        alignment={"method": "procrustes"},
    )


@pytest.fixture
def built(once: Once) -> Built:
    """Build one of the plans once; not to be changed."""

    def build_once(plan: str, *choices: str) -> WarehousePaths:
        def made(folder: Path) -> WarehousePaths:
            paths = WarehousePaths(folder)
            write_random_cohort(paths, PLANS[plan])
            build(paths, chosen(*choices))
            return paths

        return once(f"comparisons: {plan} {choices}", made)

    return build_once


def remarks(paths: WarehousePaths, *choices: str) -> str:
    return "\n".join(status(paths, chosen(*choices)).remarks)


def test_with_everybodys_own_neutral_face_nothing_is_said(built: Built) -> None:
    paths = built("mixed", "own")

    assert remarks(paths, "own") == ""
    assert set(fetch(paths, "from participants where included")["compared_with"]) == {"own"}
    for name in ("neutral_distances", "point_averages", "features"):
        assert "quality.reference)" not in described_in(paths, name).description


@pytest.mark.parametrize(
    ("reference", "face"),
    [
        ("mean", "the mean neutral face of the others"),
        ("canonical", "MediaPipe's canonical face"),
    ],
)
def test_a_mixed_dataset_says_who_is_compared_with_what(
    built: Built, reference: str, face: str
) -> None:
    paths = built("mixed", reference)
    counts = dict(
        fetch(paths, "select compared_with, count(*) from participants group by all").rows()
    )
    others = counts[reference]

    said = remarks(paths, reference)

    assert counts.keys() == {"own", reference}
    assert f"{others} of {PLAN.participants} participants have no neutral face of their own" in said
    assert f"are compared with {face}, {BUILD}" in said
    assert "averages, groups and correlations mix them" in said
    assert fetch(paths, "select reference_face from settings").item() == reference


def test_comments_say_so_where_movement_is_and_nowhere_else(built: Built) -> None:
    paths = built("mixed", "mean")

    for name in ("neutral_distances", "point_averages", "features", "group_distances"):
        found = described_in(paths, name)
        assert "(setting quality.reference)" in found.description, name
        assert "participants.compared_with says who they are" in found.description
    for name in ("masks", "mean_masks", "photos", "participants", "settings"):
        assert "so their movement holds" not in described_in(paths, name).description, name


def test_columns_say_so_where_they_are_movement(built: Built) -> None:
    paths = built("mixed", "canonical")

    distances = described_in(paths, "neutral_distances").columns
    holding = distances.filter(
        pl.col("description").str.contains("holds the build of the face where")
    )
    assert set(holding["column"]) == {"distance", "distance_3d", "dx", "dy", "dz"}
    clusters = described_in(paths, "pav_clusters").columns
    assert not clusters["description"].str.contains("holds the build").any()


def test_the_codebook_of_an_export_says_so(built: Built, tmp_path: Path) -> None:
    export(built("mixed", "mean"), tmp_path / "export", ExportRequest())

    codebook = (tmp_path / "export" / "codebook.md").read_text(encoding="utf-8")
    assert (
        "compared with the mean neutral face of the others (setting quality.reference)" in codebook
    )
    assert "compared_with" in codebook


def test_a_dataset_without_neutral_faces_says_what_is_empty(built: Built) -> None:
    paths = built("no neutral", "canonical")

    said = remarks(paths, "canonical")

    assert "6 of 6 participants" in said
    assert "mix them" not in said
    assert "reliability are empty" in said
    assert "alignment_comparison is empty" in said
    assert len(fetch(paths, "from reliability")) == 0
    assert len(fetch(paths, "from point_averages")) == 468
    assert len(fetch(paths, "from pav_clusters")) > 0


def test_a_mean_of_nobody_is_no_face_and_the_words_say_what_to_do(built: Built) -> None:
    said = remarks(built("no neutral", "mean"), "mean")

    assert "quality.reference is mean, but no participant" in said
    assert '"canonical" needs none' in said
    assert "there are no distances" in said


@pytest.mark.parametrize("reference", ["own", "mean", "canonical"])
def test_photographs_without_identity_say_what_they_cannot_show(
    built: Built, reference: str
) -> None:
    paths = built("no identity", reference, "photo")

    said = remarks(paths, reference, "photo")

    assert "each photograph counts as a participant" in said
    assert "need repeated faces" in said
    assert ("there are no distances" in said) == (reference == "own")
    assert ("reliability are empty" in said) == (reference != "own")
    assert "extract them again" not in said
    assert fetch(paths, "select identity from settings").item() == "photo"


def test_what_needs_repeated_faces_says_in_its_comment_why_it_is_empty(built: Built) -> None:
    paths = built("no identity", "mean", "photo")
    empty = (
        "internal.photo_pairs",
        "internal.photo_group_distances",
        "reliability",
        "alignment_comparison",
    )

    for name in (*empty, "supervision_effects"):
        said = described_in(paths, name).description
        assert "dataset.identity = photo nobody is known to be in several" in said, name
    assert [len(fetch(paths, f"from {name}")) for name in empty] == [0] * len(empty)
    for name in ("neutral_distances", "point_averages", "features", "masks"):
        assert "several photographs" not in described_in(paths, name).description, name
        assert len(fetch(paths, f"from {name}")) > 0


def test_people_of_another_identity_must_be_extracted_again(built: Built) -> None:
    paths = built("mixed", "mean", "photo")

    assert "6 participants have several photographs" in remarks(paths, "mean", "photo")


def test_the_build_notes_what_status_says(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_random_cohort(paths, PLAN)
    settings: Any = chosen("mean")

    notes = build(paths, settings).notes

    assert set(status(paths, settings).remarks) <= set(notes)
    assert any(BUILD in note for note in notes)
