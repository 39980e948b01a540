from tests.sql.support import RunModel, table

CONTEXT = {
    "group_features": table(
        "feature expression supervised mask grouping group_id",
        ("m05_00_5", "happiness", False, "05-00", "kmeans6", 5),
        ("m05_00_5", "happiness", False, "05-00", "kmeans6_eyes", 5),
        ("m08_01_5", "mild_wink", True, "08-01", "kmeans6_eyes", 5),
    ),
    "expressions": table(
        "expression label_en label_pt",
        ("happiness", "happiness", "alegria"),
        ("mild_wink", "mild wink", None),
    ),
    "group_names": table(
        "grouping group_id name_en name_pt points",
        ("kmeans6", 5, "mouth", "boca", 3),
        ("kmeans6_eyes", 5, "left corner of the mouth", "canto esquerdo da boca", 14),
    ),
}


def test_a_feature_has_the_papers_name_and_labels_in_two_languages(run_model: RunModel) -> None:
    rows = run_model("feature_list", "feature, paper_name, label_en, label_pt", **CONTEXT)

    assert rows == [
        (
            "m05_00_5",
            "05-00_5",
            "happiness without cue, left corner of the mouth",
            "alegria sem pista, canto esquerdo da boca",
        ),
        (
            "m08_01_5",
            "08-01_5",
            "mild wink with cue, left corner of the mouth",
            "mild wink com pista, canto esquerdo da boca",
        ),
    ]


def test_a_feature_stands_once_with_all_that_it_is(run_model: RunModel) -> None:
    columns = "feature, expression, supervised, condition, mask, grouping, group_id, points"

    rows = run_model("feature_list", columns, **CONTEXT)

    assert rows == [
        ("m05_00_5", "happiness", False, "unsupervised", "05-00", "kmeans6_eyes", 5, 14),
        ("m08_01_5", "mild_wink", True, "supervised", "08-01", "kmeans6_eyes", 5, 14),
    ]


def test_a_measure_has_no_name_in_the_paper(run_model: RunModel) -> None:
    features = table(
        "feature expression supervised mask grouping group_id",
        ("m05_00_opening", "happiness", False, "05-00", "measures", 0),
    )
    names = table(
        "grouping group_id name_en name_pt points",
        ("measures", 0, "mouth opening", "abertura da boca", 2),
    )

    rows = run_model(
        "feature_list",
        "feature, paper_name, label_en, label_pt, points",
        group_features=features,
        expressions=CONTEXT["expressions"],
        group_names=names,
    )

    assert rows == [
        (
            "m05_00_opening",
            None,
            "happiness without cue, mouth opening",
            "alegria sem pista, abertura da boca",
            2,
        )
    ]
