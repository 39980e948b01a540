from tests.sql.support import RunModel, table


def test_blendshapes_are_those_of_the_lake_in_double_precision(run_model: RunModel) -> None:
    found = table(
        "participant expression supervised photo blendshape score",
        ("007", "happiness", True, "1", "mouthSmileLeft", 0.75),
        ("007", "happiness", True, "1", "jawOpen", 0.0),
    )

    rows = run_model("blendshapes", "*, typeof(score)", source_blendshapes=found)

    assert rows == [
        ("007", "happiness", True, "1", "jawOpen", 0.0, "DOUBLE"),
        ("007", "happiness", True, "1", "mouthSmileLeft", 0.75, "DOUBLE"),
    ]
