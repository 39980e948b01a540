"""Steps register where they are defined, and models find them."""

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator

import polars as pl
import pytest

from lakehouse.errors import BuildError
from lakehouse.settings import Settings
from lakehouse.steps import registry
from lakehouse.steps.passes import Pass, in_one_part
from lakehouse.steps.registry import batch_step, load_step, load_steps, spread, step
from lakehouse.warehouse.models import load_models

ROWS = pl.DataFrame({"a": [1, 2]})
# Of functions defined in this file: the package they are in.
HERE = __name__.split(".")[-2]


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of its own for a test's steps."""
    monkeypatch.setattr(registry, "_STEPS", {})


def test_models_name_steps_of_their_subject_and_kind_and_leave_none_over() -> None:
    named = {
        (model.folder, model.header.step): model.header.batch is not None
        for model in load_models()
        if model.header.step is not None
    }

    assert named == {which: found.batched for which, found in load_steps().items()}


@pytest.mark.usefixtures("empty")
def test_a_step_is_given_the_settings_that_it_names() -> None:
    @step(k="clusters.k", seed="statistics.seed")
    def multiplied(rows: pl.DataFrame, *, k: int, seed: int) -> pl.DataFrame:
        return rows.select(pl.col("a") * k + seed)

    settings = Settings.model_validate({"clusters": {"k": 3}, "statistics": {"seed": 7}})

    found = load_step(HERE, "multiplied")

    assert found(ROWS, settings)["a"].to_list() == [10, 13]
    assert not found.batched
    assert multiplied(ROWS, k=2, seed=0)["a"].to_list() == [2, 4]


@pytest.mark.usefixtures("empty")
def test_a_step_in_batches_takes_and_gives_tables() -> None:
    @batch_step(dimensions="distance.dimensions")
    def each(batches: list[pl.DataFrame], *, dimensions: int) -> Iterator[pl.DataFrame]:
        for rows in batches:
            yield rows.select(pl.col("a") * dimensions)

    found = load_step(HERE, "each")

    assert found.batched
    assert [rows["a"].to_list() for rows in found([ROWS, ROWS], Settings())] == [[2, 4], [2, 4]]


@pytest.mark.usefixtures("empty")
def test_a_step_that_takes_long_may_report() -> None:
    @step()
    def slow(rows: pl.DataFrame, *, report: registry.Report = registry.unheard) -> pl.DataFrame:
        report(1, 2)
        return rows

    heard = []

    load_step(HERE, "slow")(ROWS, Settings(), lambda *told: heard.append(told))
    load_step(HERE, "slow")(ROWS, Settings())

    assert heard == [(1, 2)]


def of_part(rows: pl.DataFrame, _: None, *, k: int) -> pl.DataFrame:
    return rows.select(pl.col("a").sum() * k)


def total(parts: pl.DataFrame, _: None) -> int:
    return int(parts["a"].sum())


def shares(rows: pl.DataFrame, whole: int) -> pl.DataFrame:
    return rows.select(pl.col("a") * 3 / whole)


PASSES = (Pass(of_part, {"a": pl.Int64}, total), Pass(shares, {"a": pl.Float64}))


@pytest.mark.usefixtures("empty")
def test_a_step_in_passes_gives_each_what_the_one_before_made() -> None:
    @step(k="clusters.k")
    def shared(rows: pl.DataFrame, *, k: int) -> pl.DataFrame:
        return in_one_part(PASSES, rows, k=k)

    spread(shared, *PASSES)
    settings = Settings.model_validate({"clusters": {"k": 3}})

    def mapped(_: Pass, each: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
        return pl.concat(each(ROWS[at]) for at in range(len(ROWS)))

    found = load_step(HERE, "shared")

    assert found(ROWS, settings)["a"].to_list() == [1 / 3, 2 / 3]
    assert found.in_parts(mapped, settings)["a"].to_list() == [1 / 3, 2 / 3]


@pytest.mark.usefixtures("empty")
def test_a_pass_that_takes_what_its_step_does_not_is_refused() -> None:
    @step()
    def without(rows: pl.DataFrame) -> pl.DataFrame:
        return rows

    with pytest.raises(TypeError, match=r"of_part.* takes \['k'\], and step without is given \[\]"):
        spread(without, *PASSES)


def test_keys_that_people_add_to_are_bundled_where_parts_are_gathered() -> None:
    gathered = [
        one for found in load_steps().values() for one in found.passes if one.combine is not None
    ]

    few = {key for one in gathered if not one.bundled for key in one.keys}

    assert few == {"mask", "expression", "grouping", "feature"}


def test_what_steps_make_part_by_part_can_be_sent_to_other_machines() -> None:
    sent = [
        function
        for found in load_steps().values()
        for one in found.passes
        for function in (one.each, one.merged)
        if function is not None
    ]

    assert sent
    for function in sent:
        assert pickle.loads(pickle.dumps(function)) == function


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"k": "clusters.kk"}, ValueError, "clusters.kk, which is no setting"),
        ({"k": "cluster.k"}, ValueError, "cluster.k, which is no setting"),
        ({"k": "clusters.model_dump"}, ValueError, "which is no setting"),
        ({"q": "clusters.k"}, TypeError, r"takes \['k'\] and is given \['q'\]"),
        ({"k": "clusters.k", "q": "clusters.k"}, TypeError, "is given"),
        ({}, TypeError, r"takes \['k'\] and is given \[\]"),
    ],
)
def test_a_step_of_settings_that_are_not_there_is_refused_where_it_is_defined(
    settings: dict[str, str], error: type[Exception], words: str
) -> None:
    def grouped(rows: pl.DataFrame, *, k: int) -> pl.DataFrame:
        return rows.head(k)

    with pytest.raises(error, match=words):
        step(**settings)(grouped)


@pytest.mark.usefixtures("empty")
def test_two_steps_of_one_name_and_subject_are_refused() -> None:
    def twice(rows: pl.DataFrame) -> pl.DataFrame:
        return rows

    step()(twice)

    with pytest.raises(ValueError, match="two steps twice"):
        step()(twice)


@pytest.mark.parametrize("which", [("clusters", "cluster_pints"), ("cluster", "cluster_points")])
def test_a_step_that_is_not_there_is_named_with_its_place(which: tuple[str, str]) -> None:
    with pytest.raises(BuildError) as raised:
        load_step(*which)

    assert raised.value.where == f"lakehouse/steps/{which[0]}"
    assert f"no step {which[1]}" in raised.value.what


@pytest.mark.slow
def test_no_step_is_loaded_before_it_is_needed() -> None:
    """SciPy and scikit-learn take a second."""
    question = (
        "import sys; import lakehouse.warehouse.build; "
        "print({'scipy', 'sklearn'} & sys.modules.keys(), "
        "[name for name in sys.modules if name.startswith('lakehouse.steps.')])"
    )

    answer = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "set() ['lakehouse.steps.passes', 'lakehouse.steps.registry']"
