from tests.sql.support import RunModel

LEFT = {362, 382, 381, 380, 374, 373, 390, 249, 463, 341, 256, 252, 253, 254, 339, 255, 359}
RIGHT = {33, 7, 163, 144, 145, 153, 154, 155, 133, 112, 26, 22, 23, 24, 110, 25, 130}


def test_the_lower_eyelids_are_those_of_the_paper_left_first(run_model: RunModel) -> None:
    rows = run_model("eyelid_points", "place, side, point")

    assert rows == [(0, "left", point) for point in sorted(LEFT)] + [
        (1, "right", point) for point in sorted(RIGHT)
    ]
