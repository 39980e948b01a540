"""Steps by subject and name, each registered where it is defined with the settings it takes."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules
from typing import Any, TypeVar

import polars as pl

import lakehouse.steps
from lakehouse.errors import BuildError
from lakehouse.settings import Settings
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.steps.passes import Pass

StepFunction = TypeVar("StepFunction", bound=Callable[..., pl.DataFrame])
BatchFunction = TypeVar("BatchFunction", bound=Callable[..., Iterable[pl.DataFrame]])
Mapped = Callable[[Pass, Callable[[pl.DataFrame], pl.DataFrame]], Any]
"""Applies a function to every part of a step's rows, and gathers what it gives."""

_REPORT = "report"
"""The parameter of long steps that tell how far they are."""


@dataclass(frozen=True)
class Step:
    """A function that turns a query's result into a relation, and the settings it takes.

    Parameters
    ----------
    function : callable
        Takes the query's result and the settings named.
    settings : dict of str to str
        Path of the setting, such as "clusters.k", by the function's parameter.
    batched : bool
        Whether it takes an iterable of tables and gives one, of at least one table for at least
        one, instead of taking and giving a table.
    passes : tuple of Pass
        How it is made part by part; none where its rows are few, however many take part.
    """

    function: Callable[..., Any]
    settings: dict[str, str]
    batched: bool
    passes: tuple[Pass, ...] = ()

    def __call__(self, rows: Any, settings: Settings, report: Report = unheard) -> Any:
        """Run it.

        Parameters
        ----------
        rows : polars.DataFrame or iterable of polars.DataFrame
            The query's result.
        report : callable, optional
            Told, by steps that take long, how much is done and of how much.
        """
        values = self._values(settings)
        if _REPORT in inspect.signature(self.function).parameters:
            values[_REPORT] = report
        return self.function(rows, **values)

    def in_parts(self, mapped: Mapped, settings: Settings) -> Any:
        """Run it pass by pass on rows that lie anywhere.

        Parameters
        ----------
        mapped : callable
            Takes a pass and a function from a part's rows to a table with the columns of the
            pass's schema. Gives the tables of all parts of the query's rows: as a polars table
            below each other, or, where the pass has no `combine`, in any form.

        Returns
        -------
        polars.DataFrame, or what `mapped` gives
            The relation; in the second form where the last pass has no `combine`.
        """
        values, made = self._values(settings), None
        for one in self.passes:
            parts = mapped(one, partial(one.part, made=made, values=values))
            made = one.whole(parts, made, values)
        return made

    def _values(self, settings: Settings) -> dict[str, Any]:
        return {name: attrgetter(path)(settings) for name, path in self.settings.items()}


_STEPS: dict[tuple[str, str], Step] = {}


def step(**settings: str) -> Callable[[StepFunction], StepFunction]:
    """Register a function as a step that models' headers can name.

    The subject is the function's package in `lakehouse/steps`, the name is the function's.

    Parameters
    ----------
    **settings : str
        Path of the setting that a parameter is given, as in ``k="clusters.k"``. A parameter
        called report need not be named.

    Returns
    -------
    callable
        Decorator that gives the function back as it is.

    Raises
    ------
    TypeError
        If the function has no such parameter, or one that gets no value.
    ValueError
        If there is no such setting, or the name is taken.
    """

    def registered(function: StepFunction) -> StepFunction:
        _register(function, settings, batched=False)
        return function

    return registered


def batch_step(**settings: str) -> Callable[[BatchFunction], BatchFunction]:
    """Register a function as a step of models that are made in batches.

    Parameters
    ----------
    **settings : str
        As in `step`.

    Returns
    -------
    callable
        Decorator that gives the function back as it is.

    Raises
    ------
    TypeError, ValueError
        As `step` does.
    """

    def registered(function: BatchFunction) -> BatchFunction:
        _register(function, settings, batched=True)
        return function

    return registered


def spread(function: Callable[..., Any], *passes: Pass) -> None:
    """Say how a step that is registered is made part by part.

    Parameters
    ----------
    function : callable
        The step.
    *passes : Pass
        One after the other.

    Raises
    ------
    KeyError
        If there is no such step.
    TypeError
        If a pass takes what the step does not.
    """
    which = _which(function)
    found = _STEPS[which]
    for one in passes:
        for made in filter(None, (one.lay, one.each, one.combine)):
            _, _, *options = inspect.signature(made).parameters.values()
            required = {option.name for option in options if option.default is option.empty}
            if not required <= found.settings.keys():
                raise TypeError(
                    f"{made} takes {sorted(required)}, and step {which[1]} is given "
                    f"{sorted(found.settings)}"
                )
    _STEPS[which] = replace(found, passes=passes)


def load_step(subject: str, name: str) -> Step:
    """Find a step, loading the modules of its subject alone.

    SciPy and scikit-learn, which steps use, take a second to load, and most commands need neither.

    Parameters
    ----------
    subject : str
        Folder of the model, and of the step in `lakehouse/steps`.

    Raises
    ------
    BuildError
        If there is none.
    """
    if subject in _subjects():
        _load(subject)
    if (subject, name) not in _STEPS:
        raise BuildError(f"there is no step {name}", where=f"lakehouse/steps/{subject}")
    return _STEPS[subject, name]


def load_steps() -> dict[tuple[str, str], Step]:
    """Load every step.

    Returns
    -------
    dict of tuple to Step
        By subject and name.
    """
    for subject in _subjects():
        _load(subject)
    return dict(_STEPS)


def _subjects() -> list[str]:
    return [module.name for module in iter_modules(lakehouse.steps.__path__) if module.ispkg]


def _load(subject: str) -> None:
    package = import_module(f"{lakehouse.steps.__name__}.{subject}")
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        import_module(module.name)


def _register(function: Callable[..., Any], settings: dict[str, str], *, batched: bool) -> None:
    subject, name = _which(function)
    _, *options = inspect.signature(function).parameters.values()
    taken = {option.name for option in options}
    given = {*settings, *(option.name for option in options if option.default is not option.empty)}
    if not settings.keys() <= taken <= given:
        raise TypeError(f"step {name} takes {sorted(taken)} and is given {sorted(settings)}")
    for path in settings.values():
        if not _is_setting(path):
            raise ValueError(f"step {name} takes {path}, which is no setting")
    if (subject, name) in _STEPS:
        raise ValueError(f"there are two steps {name} in {subject}")
    _STEPS[subject, name] = Step(function, settings, batched)


def _which(function: Callable[..., Any]) -> tuple[str, str]:
    return function.__module__.split(".")[-2], function.__name__


def _is_setting(path: str) -> bool:
    try:
        return not callable(attrgetter(path)(Settings()))
    except AttributeError:
        return False
