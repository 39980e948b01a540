from lakehouse.preregistration.flat import flat


def test_values_have_their_whole_names_and_lists_stay() -> None:
    table = {"clusters": {"k": 6, "own": {}}, "list": [{"a": 1}], "seed": None}

    assert flat(table) == {"clusters.k": 6, "list": [{"a": 1}], "seed": None}
