"""`lakehouse check`."""

import typer

from lakehouse.lake.staging import look_at_staging, words_on_staging
from lakehouse.warehouse.checks import CheckResult, run_checks

from .options import AsJson, warehouse
from .output import say, say_json, show_first

SHOWN_ROWS = 20


def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Verify every file of the lake, and test every rule that the database must keep.

    Shows the rows that break a rule. Exits with 1 if there are any.

    Example:

        lakehouse check
    """
    results = list(run_checks(warehouse(context)))
    broken = [result for result in results if not result.kept]
    if as_json:
        say_json(
            [
                {
                    "check": result.name,
                    "rule": result.rule,
                    "broken_by": result.broken_by.to_dicts(),
                }
                for result in results
            ]
        )
    else:
        for line in words_on_staging(look_at_staging(warehouse(context))):
            say(line)
        _show(broken, passed=len(results) - len(broken))
    if broken:
        raise typer.Exit(1)


def _show(broken: list[CheckResult], *, passed: int) -> None:
    for result in broken:
        say(f"{result.name}: broken by {len(result.broken_by):,} rows. Rule: {result.rule}")
        show_first([result.broken_by], rows=SHOWN_ROWS)
    say(f"{passed} checks passed, {len(broken)} failed")
