"""Finished specifications in files, so that a run which was killed goes on."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.files.listing import listed, present
from lakehouse.files.parquet import write_parquet
from lakehouse.files.sweep import remove, sweep
from lakehouse.lake.multiverse import RESULTS, results_file, results_folder
from lakehouse.multiverse.analysis import Outcome
from lakehouse.multiverse.specification import Specification
from lakehouse.paths import WarehousePaths
from lakehouse.statistics.specifications.curve import Strengths

_STRENGTHS = "strengths"


@dataclass(frozen=True)
class Kept:
    """Outcomes of a run, of which those with the same faces and features lie in one file.

    Parameters
    ----------
    key : str
        Of lake, settings and code, as `multiverse_key` gives it.
    permutations : int
        Of the run. Outcomes with another number are not taken.
    """

    paths: WarehousePaths
    key: str
    permutations: int

    def begin(self) -> None:
        """Remove what belongs to another lake or other settings, and unfinished files."""
        folder = results_folder(self.paths, self.key)
        for name in listed(self.paths.multiverse):
            if name not in (folder.name, ".lock", ".lock.held"):
                remove(self.paths.multiverse / name)
        sweep(folder)

    def outcomes(self, some: Sequence[Specification]) -> list[Outcome] | None:
        """Read the outcomes of specifications; None where they are not, or not all, there."""
        file = self._file(some)
        if not present(file):
            return None
        return [_outcome(row) for row in pq.read_table(file).to_pylist()]

    def keep(self, some: Sequence[Specification], outcomes: Sequence[Outcome]) -> None:
        """Write the outcomes of specifications."""
        rows = [
            {
                "row": each.row,
                "hypotheses": each.hypotheses,
                _STRENGTHS: np.vstack([each.strengths.strongest, each.strengths.named]).tolist(),
            }
            for each in outcomes
        ]
        schema = pa.schema(
            [
                ("row", pa.struct(list(RESULTS["specifications"]))),
                ("hypotheses", pa.list_(pa.struct(list(RESULTS["specification_hypotheses"])))),
                (_STRENGTHS, pa.list_(pa.list_(pa.float64()))),
            ]
        )
        write_parquet(pa.Table.from_pylist(rows, schema=schema), self._file(some))

    def publish(self, results: dict[str, list[dict[str, Any]]]) -> None:
        """Write the relations, the last of which makes them count."""
        remove(results_file(self.paths, self.key, list(RESULTS)[-1]))
        for name, schema in RESULTS.items():
            table = pa.Table.from_pylist(results[name], schema=schema)
            write_parquet(table, results_file(self.paths, self.key, name))

    def _file(self, some: Sequence[Specification]) -> Path:
        numbers = ",".join(str(each.number) for each in some)
        words = hashlib.sha256(f"{self.permutations} {numbers}".encode()).hexdigest()[:16]
        return results_folder(self.paths, self.key) / f"kept-{words}.parquet"


def _outcome(row: dict[str, Any]) -> Outcome:
    strongest, *named = np.array(row[_STRENGTHS], dtype=np.float64)
    shape = (len(named), len(strongest))
    return Outcome(row["row"], row["hypotheses"], Strengths(strongest, np.reshape(named, shape)))
