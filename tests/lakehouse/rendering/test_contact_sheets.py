import polars as pl

from lakehouse.rendering.contact_sheets import worst_first

_TYPES = {
    "name": pl.String, "status": pl.String, "faces": pl.Int32, "yaw": pl.Float64,
    "pitch": pl.Float64, "roll": pl.Float64, "retry": pl.String, "face_height": pl.Float64,
}  # fmt: skip


def ordered(*rows):
    frame = pl.DataFrame(rows, schema=_TYPES, orient="row")
    return worst_first(frame)["name"].to_list()


def test_failures_come_first_then_several_faces_then_pose_retries_and_small_faces():
    assert ordered(
        ("good", "ok", 1, 0.0, 0.0, 0.0, None, 600.0),
        ("small", "ok", 1, 0.0, 0.0, 0.0, None, 60.0),
        ("retried", "ok", 1, 0.0, 0.0, 0.0, "tile", 600.0),
        ("turned", "ok", 1, -70.0, 10.0, 0.0, None, 600.0),
        ("two", "ok", 2, 0.0, 0.0, 0.0, None, 600.0),
        ("broken", "unreadable", None, None, None, None, None, None),
        ("cup", "no_face", 0, None, None, None, None, None),
        ("imported", "ok", None, None, None, None, None, 600.0),
    ) == ["broken", "cup", "two", "turned", "small", "retried", "good", "imported"]


def test_the_order_of_equals_is_kept():
    rows = [(str(number), "ok", 1, 0.0, 0.0, 0.0, None, 300.0) for number in range(50)]
    assert ordered(*rows) == [str(number) for number in range(50)]
