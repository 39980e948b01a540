from tests.sql.support import RunModel, table

SOURCE = table(
    "measure kind place muscle label_en label_pt",
    ("opening", "distance", 0, None, "mouth opening", "abertura da boca"),
    ("right_eye", "ratio", 1, None, None, None),
    ("corner", "angle", 2, None, "the corner", None),
    ("smile", "movement", 3, "pull", None, None),
    ("lopsided", "side_difference", 4, "pull", None, None),
)
POINTS = table(
    "measure point side",
    ("opening", 13, "midline"),
    ("opening", 14, "midline"),
    ("right_eye", 33, "right"),
    ("right_eye", 133, "right"),
    ("corner", 0, "midline"),
    ("corner", 291, "left"),
    ("smile", 291, "left"),
    ("lopsided", 61, "right"),
    ("lopsided", 291, "left"),
)


def test_measures_are_described_in_the_order_of_the_settings(run_model: RunModel) -> None:
    rows = run_model("measure_definitions", source_measures=SOURCE, measure_points=POINTS)

    px = "aligned px"
    assert sorted(rows, key=lambda row: row[3]) == [
        ("opening", "distance", px, 0, None, 2, "both", "mouth opening", "abertura da boca"),
        ("right_eye", "ratio", "1", 1, None, 2, "right", "right eye", "right eye"),
        ("corner", "angle", "deg", 2, None, 2, "both", "the corner", "the corner"),
        ("smile", "movement", px, 3, "pull", 1, "left", "smile", "smile"),
        ("lopsided", "side_difference", px, 4, "pull", 2, "both", "lopsided", "lopsided"),
    ]
