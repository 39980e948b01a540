from tests.sql.support import RunModel, table


def test_the_studys_expressions_have_labels_in_both_languages(run_model: RunModel) -> None:
    names = ["neutral", "anger", "contempt", "disgust", "fear", "happiness", "sadness", "surprise"]
    listed = table("expression code", *((name, f"0{n}") for n, name in enumerate(names)))

    rows = run_model(
        "expressions", "code, expression, label_en, label_pt", source_expressions=listed
    )

    assert rows == [
        ("00", "neutral", "neutral", "neutra"),
        ("01", "anger", "anger", "raiva"),
        ("02", "contempt", "contempt", "desprezo"),
        ("03", "disgust", "disgust", "nojo"),
        ("04", "fear", "fear", "medo"),
        ("05", "happiness", "happiness", "alegria"),
        ("06", "sadness", "sadness", "tristeza"),
        ("07", "surprise", "surprise", "surpresa"),
    ]


def test_another_datasets_expression_has_an_english_label_only(run_model: RunModel) -> None:
    listed = table("expression code", ("eyes_closed", "01"))

    assert run_model("expressions", source_expressions=listed) == [
        ("eyes_closed", "01", "eyes closed", None)
    ]
