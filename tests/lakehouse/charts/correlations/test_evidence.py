from typing import Any

import polars as pl
import pytest

from lakehouse.charts.correlations.evidence import adjusted, disattenuated, evidence, prediction
from lakehouse.charts.drawing import Drawing
from tests.lakehouse.charts.correlations.support import described, marks_by_name
from tests.lakehouse.charts.scene import Scene, drawing

PAIR = {"feature": "m05_00_0", "instrument": "dbi", "n": 30}


@pytest.fixture(params=[1080, 348])
def both(request: pytest.FixtureRequest) -> Drawing:
    return drawing(request.param)


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([PAIR | row for row in rows], infer_schema_length=None)


def test_each_correlation_lies_beside_itself(both: Drawing) -> None:
    rest = dict.fromkeys(["partial_low", "partial_high", "partial_p", "partial_q"], 0.1)
    frames = {
        "partial_correlations": table(
            {"spearman_r": 0.3, "partial_r": 0.2, "partial_max_p": None, **rest},
            {"spearman_r": 0.3, "partial_r": None, "partial_max_p": None, **rest},
        )
    }
    shown = Scene(adjusted(frames, both), frames)

    assert len(marks_by_name(shown, "layer_1_marks")) == 1
    [line] = marks_by_name(shown, "layer_0_marks")
    assert (line["x"], line["y2"]) == (0, 0)


def evidence_table(sesoi: float | None) -> pl.DataFrame:
    return table(
        *(
            {"pearson_r": r, "log10_bayes_factor": bayes, "detectable_r": 0.3, "sesoi_r": sesoi}
            for r, bayes in ((0.05, -1.1), (-0.05, -1.2), (0.0, -0.1), (0.4, 1.6), (None, None))
        )
    )


def test_sizes_and_bayes_factors_are_counted(both: Drawing) -> None:
    frames = {"correlation_evidence": evidence_table(None)}
    shown = Scene(evidence(frames, both), frames)

    sizes = [row["tests"] for row in described(marks_by_name(shown, "concat_0_layer_0_marks"))]
    factors = [row["tests"] for row in described(marks_by_name(shown, "concat_1_layer_0_marks"))]
    assert sorted(sizes) == [1, 1, 2]
    assert sorted(factors) == [1, 1, 2]
    assert "line: detectable, 0.30" in " ".join(shown.texts)


def test_the_smallest_that_matters_is_drawn_where_it_is_set() -> None:
    frames = {"correlation_evidence": evidence_table(0.2)}

    texts = " ".join(Scene(evidence(frames, drawing()), frames).texts)

    assert "line: detectable, 0.30; dashed: smallest that matters, 0.20" in texts


def test_a_correlation_is_shown_in_both_ways(both: Drawing) -> None:
    frames = {
        "disattenuated_correlations": table(
            *(
                {
                    "place": place,
                    "pearson_r": 0.3,
                    "feature_reliability": 0.9,
                    "instrument_reliability": 0.8,
                    "r_disattenuated": 0.35,
                    "r_disattenuated_low": 0.1,
                    "r_disattenuated_high": 0.6,
                }
                for place in (1, 2)
            )
        )
    }
    shown = Scene(disattenuated(frames, both), frames)

    assert [len(marks_by_name(shown, f"layer_{layer}_marks")) for layer in (1, 2, 3)] == [2, 2, 2]
    assert "× Beck Depression Inventory" in " ".join(shown.texts)


def test_each_questionnaire_is_foretold_with_its_interval(both: Drawing) -> None:
    row = dict.fromkeys(["permutation_p", "permutation_p_alone", "error", "baseline_error"], 0.5)
    known = {"r": 0.2, "r_low": 0.1, "r_high": 0.3}
    squared = {"r_squared": 0.04, "r_squared_low": -0.1, "r_squared_high": 0.1}
    frames = {
        "score_prediction": table(
            {**row, **known, **squared},
            {**row, **known, **squared, "r_low": None, "instrument": "bai"},
            {**row, **dict.fromkeys([*known, *squared]), "instrument": "srq"},
        )
    }
    shown = Scene(prediction(frames, both), frames)

    assert len(marks_by_name(shown, "concat_0_layer_1_marks")) == 1
    assert len(marks_by_name(shown, "concat_0_layer_2_marks")) == 2
    assert len(marks_by_name(shown, "concat_1_layer_1_marks")) == 2
