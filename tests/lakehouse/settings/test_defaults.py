from pathlib import Path

from lakehouse.inputs.settings_file import load_settings
from lakehouse.settings import Settings

LIMITS_OF_QUALITY = {"max_yaw", "max_pitch", "min_face_height"}


def test_defaults_are_the_papers(tmp_path: Path) -> None:
    defaults = load_settings(tmp_path / "lakehouse.toml").model_dump()
    quality = defaults["quality"]
    unlimited = {name for name, value in quality.items() if value == "any"}

    assert unlimited >= LIMITS_OF_QUALITY
    # The paper knows no limits but its three photographs and one face; a new limit is off. Its
    # k-means began ten times, which left the groups to the seed.
    defaults["quality"] = {name: quality[name] for name in quality if name not in unlimited}
    assert defaults == {
        "dataset": {
            "layout": "{expression}/{supervised}/{participant}/{photo}",
            "layout_regex": None,
            "expressions": {
                "00": "neutral",
                "01": "anger",
                "02": "contempt",
                "03": "disgust",
                "04": "fear",
                "05": "happiness",
                "06": "sadness",
                "07": "surprise",
            },
            "neutral": "neutral",
            "supervised": {"00": False, "01": True},
            "identity": "participant",
            "sequence": {"neutral": 1, "apex": 3, "labels": None},
            "columns": {},
        },
        "detection": {"min_detection_confidence": 0.5, "min_presence_confidence": 0.8},
        "quality": {"reference": "own", "photos_per_mask": 3, "masks": "all", "max_faces": 1},
        "alignment": {"method": "paper"},
        "distance": {"dimensions": 2},
        "clusters": {"k": 6, "seed": 0, "starts": 300},
        "database": {"landmarks": True},
        "muscles": {"file": None},
        "statistics": {
            "permutations": 9999,
            "bootstraps": 1000,
            "seed": 0,
            "feature": "distance",
            "fewest": 10,
            "blocks": None,
            "covariates": [],
            "sesoi_r": None,
            "sesoi_dz": None,
            "primary": {
                "grouping": None,
                "method": "spearman",
                "instruments": [],
                "direction": "either",
            },
        },
        "multiverse": {"hypotheses": ["05-00 291 asrsb"]},
        "video": {
            "every": 1,
            "neutral": "events",
            "neutral_s": 0.5,
            "window_s": 0.1,
            "min_amplitude": 15,
            "masks": "photos",
        },
        "instruments": {
            "dbi": {"name": "Beck Depression Inventory", "min": 0, "max": 63, "reliability": None},
            "bai": {"name": "Beck Anxiety Inventory", "min": 0, "max": 63, "reliability": None},
            "asrsa": {
                "name": "Adult Self-Report Scale (inattention)",
                "min": 0,
                "max": 36,
                "reliability": None,
            },
            "asrsb": {
                "name": "Adult Self-Report Scale (hyperactivity)",
                "min": 0,
                "max": 36,
                "reliability": None,
            },
            "oci": {
                "name": "Obsessive-Compulsive Inventory (revised)",
                "min": 0,
                "max": 72,
                "reliability": None,
            },
            "srq": {
                "name": "Self Reporting Questionnaire",
                "min": 0,
                "max": 20,
                "reliability": None,
            },
        },
        "measures": {},
    }


def test_expressions_keep_the_studys_order() -> None:
    assert list(Settings().dataset.expressions) == [f"{code:02d}" for code in range(8)]


def test_codes_are_places_in_the_list_whatever_the_path_says() -> None:
    settings = Settings.model_validate(
        {
            "dataset": {
                "neutral": "calm",
                "expressions": {"n": "calm", "hap": "happiness", "smile": "happiness", "w": "wink"},
            }
        }
    )

    assert settings.dataset.expression_codes() == {"calm": "00", "happiness": "01", "wink": "02"}


def test_defaults_of_one_settings_object_are_not_shared_with_another() -> None:
    first = Settings()
    first.dataset.expressions["99"] = "wink"

    assert "99" not in Settings().dataset.expressions
