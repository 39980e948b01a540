from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.importing.coordinates import NoLandmarksError, PictureSize
from lakehouse.importing.landmark_file import MAX_BYTES, parse_landmarks, read_landmark_file
from tests.lakehouse.importing.trees import csv_text, face

GOOD = csv_text(face())
LINES = GOOD.splitlines()


def with_line(number: int, line: str) -> str:
    """Give the good file with another line; the header is line 1."""
    return "\n".join([*LINES[: number - 1], line, *LINES[number:]])


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r\r\n"),
        GOOD.rstrip("\n"),
        GOOD + "\n  \n",
        with_line(5, "") + "\n" + LINES[4],
        "\ufeff" + GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace("index,x,y", "Index, X ,Y"),
        GOOD.replace("index,x,y", '"index","x","y"'),
        "\n".join([LINES[0], *reversed(LINES[1:])]),
        "\n".join(",".join(reversed(line.split(","))) for line in LINES),
        "\n".join(["," + LINES[0], *(f"{row},{line}" for row, line in enumerate(LINES[1:]))]),
        "\n".join(["Unnamed: 0;index;x;y", *(f"7;{line.replace(',', ';')}" for line in LINES[1:])]),
        "\n".join([LINES[0], *(line.replace(",", ".0,", 1) for line in LINES[1:])]),
        "\n".join([LINES[0], *(line.replace(",", " , ") for line in LINES[1:])]),
    ],
)
def test_every_usual_way_of_writing_it_is_read(text: str) -> None:
    landmarks, size = parse_landmarks(text.encode())
    assert size is None
    assert landmarks.dtype == np.float32
    np.testing.assert_array_equal(landmarks[:, :2], face().astype(np.float32))
    assert np.isnan(landmarks[:, 2]).all()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), "is not UTF-8 text"),
        ("index,x,y", "has 0 points, not the 468 or 478 of MediaPipe"),
        ("\n".join(LINES[:-1]), "has 467 points, not the 468 or 478 of MediaPipe"),
        (GOOD + "468,1,2\n", "has 469 points, not the 468 or 478 of MediaPipe"),
        (GOOD.replace("index,x,y", "index,x"), "has the columns index, x, not index, x, y"),
        (GOOD.replace("index,x,y", "index,x,x"), "has the columns index, x, x, not"),
        (GOOD.replace("index,x,y", "index,x,y,t"), "has the columns index, x, y, t, not"),
        (GOOD.replace("index,x,y", "index,x,y,width"), "has the columns index, x, y, width, not"),
        (GOOD.replace("index,x,y", "index,x,y,z"), "row 2: 3 values, not 4"),
        (GOOD.replace("index,x,y", "index,x,,y"), r"has the columns index, x, \(no name\), y, not"),
        (GOOD.replace("index,x,y", "a\x1bb,x,y"), r"has the columns a\\x1bb, x, y, not"),
        ("\n".join(LINES[1:]), "has the columns 0, "),
        (with_line(5, "3,1.5,"), "row 5: y is empty, not a number"),
        (with_line(5, "3,left,2"), "row 5: x is left, not a number"),
        (with_line(5, "3,1_0,2"), "row 5: x is 1_0, not a number"),
        (with_line(5, "3,٣,2"), "row 5: x is ٣, not a number"),
        (with_line(5, "3,1"), "row 5: 2 values, not 3"),
        (with_line(5, "3,1,2,3"), "row 5: 4 values, not 3"),
        (with_line(5, ""), "row 5: 0 values, not 3"),
        (GOOD.replace(",", ";").replace(".", ","), "row 2: x is 384,18, not a number"),
        ("\n".join([LINES[0], *(line + "," for line in LINES[1:])]), "row 2: 4 values, not 3"),
        (with_line(5, "3,nan,2"), "row 5: NaN or infinity"),
        (with_line(5, "3,1,-inf"), "row 5: NaN or infinity"),
        (with_line(5, "3,1e300,2"), "holds a coordinate that is too large"),
        (with_line(5, "468,1,2"), "row 5: index 468 is not a point of the mesh, 0 to 467"),
        (with_line(5, "-1,1,2"), "row 5: index -1 is not a point"),
        (with_line(5, "3.5,1,2"), "row 5: index 3.5 is not a point"),
        (with_line(5, "4,1,2"), "index 3 is missing, index 4 occurs twice"),
        (csv_text(np.zeros((468, 2))), "forehead .* and chin .* lie at the same place"),
        ("x" * 200_000 + GOOD, "is not valid CSV"),
        (with_line(5, f'"{"9" * 200_000}",1,2'), "row 5: NaN or infinity"),
        (with_line(5, "x" * 200_000 + ",1,2"), "is not valid CSV"),
    ],
)
def test_anything_else_is_refused_with_the_reason(content: str | bytes, reason: str) -> None:
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(NoLandmarksError, match=f"^{reason}"):
        parse_landmarks(content)


@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet=' ,;"\n\r0189.-e_xyindex', max_size=300))
)
def test_no_content_escapes_the_reasons(content: bytes | str) -> None:
    with pytest.raises(NoLandmarksError):
        parse_landmarks(content if isinstance(content, bytes) else content.encode())


@given(
    line=st.integers(1, 469),
    text=st.text(alphabet=' ,;"\n\r0189.-e_naif', max_size=12),
)
def test_a_damaged_row_is_read_as_numbers_or_refused(line: int, text: str) -> None:
    try:
        landmarks, _ = parse_landmarks(with_line(line, text).encode())
    except NoLandmarksError:
        return
    assert landmarks.shape == (468, 3)
    assert np.isfinite(landmarks[:, :2]).all()
    others = np.arange(468) != line - 2
    np.testing.assert_array_equal(landmarks[others, :2], face().astype(np.float32)[others])


def test_what_cannot_be_opened_or_is_too_large_is_told(tmp_path: Path) -> None:
    gone = read_landmark_file(tmp_path / "gone.csv", is_error=False, known_sha256=None)
    assert gone is not None
    assert (gone.status, gone.error, gone.sha256) == (
        "unreadable",
        "No such file or directory",
        None,
    )
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    reading = read_landmark_file(large, is_error=False, known_sha256=None)
    assert reading is not None
    assert reading.error == "1,048,577 bytes are too many for 468 landmarks"


def with_columns(**columns: object) -> str:
    """Give the good file with further columns, each of the same value or of a value per row."""
    values = [v if isinstance(v, list) else [v] * 468 for v in columns.values()]
    rows = [
        ",".join(map(str, (line, *more))) for line, *more in zip(LINES[1:], *values, strict=True)
    ]
    return "\n".join([",".join([LINES[0], *columns]), *rows])


def test_depth_is_read_where_there_is_a_column() -> None:
    depth = [float(row) for row in range(468)]

    landmarks, _ = parse_landmarks(with_columns(z=depth).encode())

    np.testing.assert_array_equal(landmarks[:, 2], np.arange(468, dtype=np.float32))


def test_the_pictures_size_is_that_of_the_columns_or_else_the_one_given() -> None:
    given = PictureSize(4000, 3000)

    _, told = parse_landmarks(with_columns(width=640, height=480.0).encode(), given)
    _, other = parse_landmarks(GOOD.encode(), given)

    assert (told, other) == (PictureSize(640, 480), given)


def test_shares_become_pixels_by_the_columns() -> None:
    text = csv_text(face() / (640, 480)).splitlines()
    text = [text[0] + ",width,height", *(line + ",640,480" for line in text[1:])]

    landmarks, _ = parse_landmarks("\n".join(text).encode())

    np.testing.assert_allclose(landmarks[:, :2], face(), rtol=1e-6)


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ({"width": 0, "height": 480}, 2),
        ({"width": 640.5, "height": 480}, 2),
        ({"width": 1e12, "height": 480}, 2),
        ({"width": [640] * 400 + [641] * 68, "height": 480}, 402),
    ],
)
def test_sizes_that_are_none_are_refused(columns: dict[str, object], row: int) -> None:
    with pytest.raises(NoLandmarksError, match=f"^row {row}: width and height are no whole"):
        parse_landmarks(with_columns(**columns).encode())
