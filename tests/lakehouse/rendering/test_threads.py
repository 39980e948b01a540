import threading

import pytest

from lakehouse.errors import LakeError
from lakehouse.files.replace import replaced, write_bytes
from lakehouse.rendering.threads import in_threads


def test_results_come_in_order_and_few_items_are_taken_ahead():
    taken = []

    def items():
        for number in range(300):
            taken.append(number)
            yield number

    for done, result in enumerate(in_threads(lambda number: number * 2, items())):
        assert result == done * 2
        assert len(taken) - done < 200
    assert len(taken) == 300


def test_a_failure_ends_the_work():
    def fail(number):
        if number == 3:
            raise ValueError("three")
        return number

    with pytest.raises(ValueError, match="three"):
        list(in_threads(fail, range(100)))


def test_whoever_stops_taking_leaves_no_thread_behind():
    before = threading.active_count()
    results = in_threads(str, range(1000))
    assert next(results) == "0"
    results.close()
    assert threading.active_count() == before


def test_a_picture_that_fails_leaves_the_old_one(tmp_path):
    path = tmp_path / "folder" / "a.png"
    write_bytes(path, b"old")

    def fail():
        with replaced(path) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_mode & 0o077 == 0


def test_the_systems_refusal_is_one_line(tmp_path):
    (tmp_path / "a.png").mkdir()
    with pytest.raises(LakeError, match="cannot be written"):
        write_bytes(tmp_path / "a.png", b"x")
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]
