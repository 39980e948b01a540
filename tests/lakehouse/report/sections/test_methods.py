"""The methods say what was done, and nothing else."""

from typing import Any

import pytest

from lakehouse.report.sections.methods import PARTS, references, written
from tests.lakehouse.report.given import Given, facts, settings, words

FAMILY = {
    "grouping": "kmeans6",
    "correlated": 540,
    "tests": 540,
    "features": 90,
    "instruments": 6,
    "spearman_q": 0,
}
FRAMES: dict[str, list[dict[str, Any]]] = {
    "glance_photographs": [{"photographs": 960}],
    "extractors": [{"extractor": "mediapipe 1.2.2", "model_sha256": "64184e", "photographs": 960}],
    "glance_points": [{"points": 77, "point_groups": 6}],
    "glance_cue": [{"t_q": 0.2, "paper_t_q": 0.1}],
    "glance_regularity": [{"mean_cosine": 0.9}],
    "glance_accuracy": [{"balanced_accuracy": 0.8}],
    "glance_correlations": [FAMILY],
    "glance_evidence": [{"detectable_r": 0.27}],
    "glance_prediction": [{"r": 0.1}],
    "glance_primary": [{"tests": 540}],
    "methods_instruments": [{"instrument": "asrsb"}, {"instrument": "dbi"}],
}


def given(frames: dict[str, list[dict[str, Any]]] | None = None, **known: Any) -> Given:
    return Given(facts(**known), FRAMES | (frames or {}))


def said(tables: Given, language: str = "en") -> str:
    return "\n".join(
        paragraph for name in PARTS for paragraph in written(tables, words(language), name=name)
    )


def changed(**sections: dict[str, Any]) -> str:
    return said(given(settings=settings(**sections)))


@pytest.mark.parametrize("language", ["en", "pt"])
def test_no_place_is_left_open(language: str) -> None:
    assert "{" not in said(given(), language)
    assert "  " not in said(given(), language)


def test_the_study_s_own_settings_are_told() -> None:
    told = said(given())

    assert "exactly 3 photographs of every expression in every condition" in told
    assert "mediapipe 1.2.2, model of SHA-256 64184e" in told
    assert "0.50 for detecting a face and 0.80 for its presence" in told
    assert "as in the study (Souza et al.)" in told
    assert "in the image plane between" in told
    assert "These 77 points" in told
    assert "with k = 6, 300 starts and random state 0" in told
    assert "fewer than 10 participants" in told
    assert "2,000 samples of participants" in told
    assert "kmeans6: 540 tests" in told
    assert "9,999 random orders of whole rows of scores." in told
    assert "1,000 random orders of the scores" in told


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"quality": {"photos_per_mask": 1}}, "exactly one photograph of every expression"),
        ({"quality": {"photos_per_mask": "any"}}, "at least one usable photograph of every"),
        (
            {"quality": {"photos_per_mask": "any", "masks": "neutral"}},
            "one usable photograph of the neutral face without the cue;",
        ),
        ({"quality": {"masks": "neutral"}}, "the neutral face without the cue was among them"),
        ({"quality": {"max_faces": 2}}, "at least one and at most 2 faces"),
        ({"quality": {"max_yaw": 20.5}}, "turned by at most 20.5° to either side"),
        ({"quality": {"max_pitch": 15}}, "raised or lowered by at most 15°"),
        ({"quality": {"min_face_height": 200}}, "at least 200 px high"),
        ({"quality": {"reference": "mean"}}, "A neutral face was not required."),
        ({"alignment": {"method": "procrustes"}}, "33 points that expressions move little"),
        ({"alignment": {"method": "neutral_scale"}}, "in the neutral photographs without the cue"),
        ({"distance": {"dimensions": 3}}, "in three dimensions"),
        ({"clusters": {"k": 4, "starts": 10}}, "with k = 4, 10 starts"),
        ({"statistics": {"feature": "projected"}}, "along the mean direction"),
        ({"statistics": {"feature": "squared_unbiased"}}, "It may be negative."),
        ({"statistics": {"fewest": 4}}, "For 9 participants or fewer, p was counted"),
        ({"statistics": {"blocks": "site"}}, "rows of scores, within the values of `site`."),
        ({"statistics": {"covariates": ["age"]}}, "reorders residuals (Freedman and Lane, 1983)"),
        ({"statistics": {"sesoi_r": 0.15}}, "smaller in size than 0.15"),
        ({"statistics": {"sesoi_dz": 0.2}}, "smaller than dz = 0.20"),
        ({"instruments": {"dbi": {"reliability": 0.8}}}, "given for dbi"),
        (
            {"statistics": {"primary": {"method": "kendall", "direction": "negative"}}},
            "Kendall’s τ-b correlation of the features of `kmeans6`",
        ),
    ],
)
def test_another_setting_is_told(sections: dict[str, Any], expected: str) -> None:
    assert expected in changed(**sections)
    assert expected not in said(given())


def test_what_was_switched_off_is_not_told() -> None:
    told = changed(statistics={"permutations": 0, "bootstraps": 0})

    assert "max-T" not in told
    assert "BCa" not in told
    assert "gap statistic" not in told


def test_without_the_statistics_only_what_every_build_makes_is_told() -> None:
    told = said(given(extras=frozenset()))

    assert "ICC(A,1)" in told
    for absent in ("Bayes", "classifiers", "ridge", "Spearman and Brown", "gap statistic", "flips"):
        assert absent not in told


def test_without_scores_nothing_is_correlated() -> None:
    told = said(given(scored=0, frames={"glance_evidence": [{"detectable_r": None}]}))

    assert "questionnaire" not in told
    assert "Pearson" not in told


def test_without_a_cue_none_is_named() -> None:
    told = said(
        given(conditions=(False,), frames={"glance_cue": [{"t_q": None, "paper_t_q": None}]})
    )

    assert "cue" not in told.replace("with and without the cue", "")
    assert "condition" not in told


def test_the_paper_s_comparison_alone_is_told_as_such() -> None:
    told = said(given(frames={"glance_cue": [{"t_q": None, "paper_t_q": 0.1}]}))

    assert "As in the study, all masks were measured from the neutral face without the cue" in told


def test_landmarks_of_others_are_not_called_the_program_s() -> None:
    imported = [{"extractor": "import (long table)", "model_sha256": None, "photographs": 960}]
    told = said(given(frames={"extractors": imported}))

    assert "The landmarks of 960 photographs were taken over from files" in told
    assert "Face Landmarker" not in told


def test_nobody_s_own_neutral_face_is_told() -> None:
    canonical = settings(quality={"reference": "canonical"}, alignment={"method": "procrustes"})
    told = said(given(own_neutral=0, settings=canonical))

    assert "its place in MediaPipe’s canonical face" in told
    assert "same participant’s neutral" not in told


def test_everything_cited_is_listed_and_nothing_else() -> None:
    told, listed = said(given()), references(given(), words())

    for entry in listed[:]:
        name, year = entry.split(",")[0], entry.partition("(")[2][:4]
        assert name in told
        assert not year.isdigit() or year in told
    assert listed == sorted(listed, key=str.casefold)
    assert any("doi:10.1111/j.2517-6161.1995.tb02031.x" in entry for entry in listed)
    assert not any(entry.startswith("Simonsohn") for entry in listed)
    assert any(
        entry.startswith("Simonsohn") for entry in references(given(specifications=7), words())
    )
