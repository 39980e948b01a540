"""`lakehouse synthesize --videos`; cohorts are tested where they are made."""

import json
from fractions import Fraction

import av
import polars as pl
import pytest
from lakehouse.cli.synthesize import _rate

from lakehouse.errors import UsageError


@pytest.mark.slow
def test_clips_come_with_events_scores_and_truth(lakehouse, face_model_path, tmp_path):
    folder = tmp_path / "moving"
    answer = lakehouse(
        *("synthesize", "--videos", folder, "--participants", "1", "--rate", "24", "-q"),
        *("--size", "320x384", "--rotation", "90", "--json"),
    )
    assert (answer.code, answer.err) == (0, "")
    told = json.loads(answer.out)
    assert (told["videos"], told["frames"]) == (5, 300)
    assert told["clips"] == str(folder / "clips")
    smile = folder / "clips" / "05" / "00" / "0101" / "happiness-00.mp4"
    with av.open(smile) as container:
        first = next(container.decode(video=0))
        assert (first.width, first.height, first.rotation) == (384, 320, 90)
    events, scores, truth = (
        pl.read_csv(told[name], schema_overrides={"participant": pl.String})
        for name in ("events", "scores", "truth")
    )
    assert events.columns == ["participant", "video", "onset_s", "duration_s", "kind"]
    assert events["video"].to_list() == [
        f"{expression}-00"
        for expression in ("neutral", "anger", "disgust", "happiness", "surprise")
    ]
    assert scores["participant"].to_list() == ["0101"]
    moved = dict(truth.filter(pl.col("group") == "mouth").select("expression", "amplitude").rows())
    assert moved.pop("neutral") == 0
    assert min(moved.values()) > 8
    assert moved["happiness"] > 30
    assert truth["group"].n_unique() == 7
    assert truth.filter(pl.col("amplitude") > 0).null_count().sum_horizontal().item() == 0

    again = lakehouse("synthesize", "--videos", folder)
    assert again.code == 2
    assert "holds files already" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rate", "often"), "'often' is no rate"),
        (("--rate", "0"), "'0' is no rate"),
        (("--size", "wide"), "'wide' is no size"),
        (("--size", "641x768"), "'641x768' is no size"),
        (("--rotation", "45"), "45 is no quarter turn"),
    ],
)
def test_what_cannot_be_filmed_is_refused(lakehouse, tmp_path, words, said):
    answer = lakehouse("synthesize", "--videos", tmp_path / "moving", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not (tmp_path / "moving").exists()


def test_televisions_rates_are_what_they_are_meant_to_be():
    assert _rate("29.97") == Fraction(30000, 1001)
    assert _rate("59.94") == Fraction(60000, 1001)
    assert _rate("23.976") == Fraction(24000, 1001)
    assert [_rate(rate) for rate in ("24", "30", "12.5")] == [24, 30, Fraction(25, 2)]
    assert _rate("variable") is None
    with pytest.raises(UsageError):
        _rate("1/0")
