"""The three relations show what a run has found, and are empty before."""

import pytest

from lakehouse.lake.multiverse import RESULTS
from lakehouse.warehouse.models import load_models
from tests.sql.support import RunModel


@pytest.mark.parametrize("name", RESULTS)
def test_columns_are_those_of_the_file(run_model: RunModel, name: str) -> None:
    columns = RESULTS[name].names
    [model] = [each for each in load_models() if each.name == name]
    assert list(model.header.columns) == columns
    assert run_model(name, ", ".join(columns), **{f"source_{name}": []}) == []

    row = {column: f"{at}" for at, column in enumerate(columns)}
    numbers = {
        field.name: at for at, field in enumerate(RESULTS[name]) if str(field.type) != "string"
    }
    found = run_model(name, ", ".join(columns), **{f"source_{name}": [row | numbers]})
    assert found == [tuple((row | numbers).values())]
