from pathlib import Path

import pytest

from lakehouse.errors import InputError
from lakehouse.inputs.published import read_published


def written(folder: Path, text: str) -> Path:
    file = folder / "list.csv"
    file.write_text(text)
    return file


@pytest.mark.parametrize(
    "text",
    [
        "points_above_average,kmean_group\n7,0\n3,2\n",
        ",Points_Above_Average,kmean_group\n0,7,0.0\n1,3.0,2.0\n",
        "point;group_id\n 7 ; 0\n\n3;2\n",
    ],
)
def test_points_and_groups_are_read_as_programs_write_them(tmp_path: Path, text: str) -> None:
    assert read_published(written(tmp_path, text)).rows() == [(3, 2), (7, 0)]


def test_groups_may_be_missing(tmp_path: Path) -> None:
    bare = read_published(written(tmp_path, "points_above_average\n7\n3\n"))
    assert bare.rows() == [(3, None), (7, None)]
    some = read_published(written(tmp_path, "points_above_average,kmean_group\n7,\n3,1\n"))
    assert some.rows() == [(3, 1), (7, None)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("face,kmean_group\n1,1\n", "has no column points_above_average or point"),
        ("points_above_average\n", "holds no point"),
        ("", "is empty"),
        ("points_above_average\n3\nx\n", "row 3: points_above_average is 'x', not a point"),
        ("points_above_average\n468\n", "row 2: points_above_average is '468'"),
        ("points_above_average\n3.5\n", "row 2: points_above_average is '3.5'"),
        ("points_above_average\n-1\n", "row 2: points_above_average is '-1'"),
        ("points_above_average,kmean_group\n,1\n", "row 2: no point from 0 to 467"),
        ("points_above_average,kmean_group\n1,a\n", "row 2: kmean_group is 'a'"),
        ("points_above_average\n3\n4\n3\n", "row 4: its point is also in row 2"),
    ],
)
def test_what_is_no_list_is_refused_in_a_line_that_names_the_row(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError) as raised:
        read_published(written(tmp_path, text))

    assert said in str(raised.value)
    assert str(raised.value).startswith("list.csv: ")
