"""Running the rules that a warehouse must keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import duckdb
import polars as pl

from lakehouse.errors import BuildError
from lakehouse.lake.inspection import inspect
from lakehouse.lake.verification import record_verification
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.extras import not_built
from lakehouse.warehouse.models import Check, Model, load_checks, load_models
from lakehouse.warehouse.provenance import emptied
from lakehouse.warehouse.sql_text import quoted, quoted_relation


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Parameters
    ----------
    name : str
        Of the rule's file, or of the key.
    rule : str
        The rule in words.
    broken_by : polars.DataFrame
        The rows that break it; empty where it is kept.
    seconds : float
        Wall time of the query.
    """

    name: str
    rule: str
    broken_by: pl.DataFrame
    seconds: float

    @property
    def kept(self) -> bool:
        """Whether nothing breaks the rule."""
        return self.broken_by.is_empty()


def run_checks(paths: WarehousePaths) -> Iterator[CheckResult]:
    """Verify the lake, then run the rules in `sql/checks` and the keys that models promise.

    Rules on an extra that was not built are skipped.

    Yields
    ------
    CheckResult
        One per check, as it ends.

    Raises
    ------
    QueryError
        If there is no database.
    LakeError
        If a folder of the lake cannot be listed, or is not there although the others are.
    BuildError
        If a check itself cannot be run.
    """
    with open_read_only(paths) as connection:
        yield _lake_check(paths)
        for check in (*load_checks(), *(_key_check(model) for model in load_models())):
            if not_built(connection, connection.get_table_names(check.query)):
                continue
            started = perf_counter()
            try:
                rows = connection.sql(check.query).pl()
            except duckdb.Error as error:
                raise BuildError(
                    f"the check cannot be run: {error}",
                    where=check.name,
                    fix="`lakehouse build` makes a database that fits this version",
                ) from error
            yield CheckResult(check.name, check.rule, rows, perf_counter() - started)


def _lake_check(paths: WarehousePaths) -> CheckResult:
    started = perf_counter()
    inspection = inspect(paths)
    record_verification(paths, inspection)
    rows = [(each.file, each.problem, each.restored_by) for each in inspection.damaged]
    rows += [
        (name, f"the lake holds none, and the database {count:,}", "put the lake's files back")
        for name, count in emptied(paths).items()
    ]
    schema = dict.fromkeys(("file", "problem", "restored_by"), pl.String)
    return CheckResult(
        "lake_is_intact",
        "every file of the lake is there and matches its checksum",
        pl.DataFrame(rows, schema, orient="row"),
        perf_counter() - started,
    )


def _key_check(model: Model) -> Check:
    key = ", ".join(quoted(column) for column in model.header.key)
    missing = " or ".join(f"{quoted(column)} is null" for column in model.header.key)
    return Check(
        name=f"key_of_{model.name}",
        rule=f"{model.relation}: {', '.join(model.header.key)} is unique and never null",
        query=(
            f"select {key}, count(*) as rows from {quoted_relation(model.relation)} "  # noqa: S608
            f"group by {key} having count(*) > 1 or bool_or({missing})"
        ),
    )
