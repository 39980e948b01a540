import threading

import pytest

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
    before = set(threading.enumerate())
    results = in_threads(str, range(1000))
    assert next(results) == "0"
    results.close()
    assert set(threading.enumerate()) <= before
