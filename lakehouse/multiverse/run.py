"""Walking through all specifications."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

import numpy as np

from lakehouse.errors import LakeError
from lakehouse.files.folders import make_private
from lakehouse.files.listing import present
from lakehouse.files.lock import exclusive_lock
from lakehouse.lake.inspection import inspect
from lakehouse.lake.multiverse import results_folder
from lakehouse.multiverse.analysis import Analysis, Outcome
from lakehouse.multiverse.faces import Faces, Worlds, opened_worlds
from lakehouse.multiverse.kept import Kept
from lakehouse.multiverse.specification import Specification, World, some_of, specifications
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.statistics.specifications.curve import CurveTest, median_test, significant_test
from lakehouse.warehouse.provenance import current_provenance

STRONGEST = "strongest"


@dataclass(frozen=True)
class MultiverseResult:
    """What a run found.

    Parameters
    ----------
    specifications, hypotheses, curve : list of dict
        Rows of the relations specifications, specification_hypotheses and specification_curve.
    resumed : int
        Specifications that an earlier run had finished.
    """

    specifications: list[dict[str, Any]]
    hypotheses: list[dict[str, Any]]
    curve: list[dict[str, Any]]
    resumed: int


def walk(
    paths: WarehousePaths,
    settings: Settings,
    *,
    limit: int | None = None,
    permutations: int,
    report: Report = unheard,
) -> MultiverseResult:
    """Make the analysis in every way, and keep what was found for the next build.

    Parameters
    ----------
    limit : int, optional
        How many specifications to make, chosen at random; by default all.
    permutations : int
        Random orders of the participants behind the p of the curve.
    report : callable, optional
        Told how many specifications are done.

    Raises
    ------
    LakeError
        If the lake has no scores or is damaged, or another process is at it.
    BuildError
        If a query fails.
    """
    # Before anything is made, or a mistyped name would leave a folder behind.
    if not present(paths.scores):
        raise LakeError(
            "there are no scores to correlate with",
            where=str(paths.lake),
            fix="read them with `lakehouse scores FILE`",
        )
    make_private(paths.multiverse)
    with exclusive_lock(paths.multiverse / ".lock"):
        inspection = inspect(paths)
        inspection.require_sound(paths)
        provenance = current_provenance(paths, settings, inspection.digest)
        kept = Kept(paths, provenance.multiverse_key, permutations)
        kept.begin()
        make_private(results_folder(paths, kept.key))
        chosen = some_of(specifications(settings), limit, settings)
        outcomes, resumed = _outcomes(paths, settings, chosen, kept, report)
        result = MultiverseResult(
            [each.row for each in outcomes],
            [row for each in outcomes for row in each.hypotheses],
            list(_curve(outcomes, settings, permutations)),
            resumed,
        )
        kept.publish(
            {
                "specifications": result.specifications,
                "specification_hypotheses": result.hypotheses,
                "specification_curve": result.curve,
            }
        )
    return result


def _outcomes(
    paths: WarehousePaths,
    settings: Settings,
    chosen: Sequence[Specification],
    kept: Kept,
    report: Report,
) -> tuple[list[Outcome], int]:
    """Make the specifications that are not kept; give all, and how many were."""
    found: list[Outcome] = []
    resumed = 0
    with opened_worlds(paths, settings) as worlds:
        faces = _Latest(worlds)
        for (world, feature), group in groupby(chosen, lambda each: (each.world, each.feature)):
            some = list(group)
            there = kept.outcomes(some)
            if there is None:
                of_world = faces.of(world)
                analysis = Analysis(of_world, feature, settings, kept.permutations)
                there = []
                for each in some:
                    there.append(analysis.outcome(each))
                    report(len(found) + len(there), len(chosen))
                kept.keep(some, there)
            else:
                resumed += len(some)
            found += there
            report(len(found), len(chosen))
    return found, resumed


class _Latest:
    """The faces of the world that was asked for last, which several kinds of feature share."""

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds
        self._held: tuple[World, Faces] | None = None

    def of(self, world: World) -> Faces:
        if self._held is None or self._held[0] != world:
            self._held = None
            self._held = world, self._worlds.faces(world)
        return self._held[1]


def _curve(
    outcomes: Sequence[Outcome], settings: Settings, permutations: int
) -> list[dict[str, Any]]:
    """Test all specifications together."""
    strongest = np.array([each.strengths.strongest for each in outcomes])
    rows = [_tested(STRONGEST, "median", median_test(strongest), permutations)]
    for at, hypothesis in enumerate(settings.multiverse.hypotheses):
        curve = np.array([each.strengths.named[at] for each in outcomes])
        df = np.array([each.hypotheses[at]["df"] or 0 for each in outcomes])
        rows.append(_tested(hypothesis, "median", median_test(curve), permutations))
        test = significant_test(curve, df)
        rows.append(_tested(hypothesis, "share_significant", test, permutations))
    return rows


def _tested(curve: str, statistic: str, test: CurveTest, permutations: int) -> dict[str, Any]:
    values = {
        name: None if isinstance(value, float) and np.isnan(value) else value
        for name, value in asdict(test).items()
    }
    return {"curve": curve, "statistic": statistic, **values, "permutations": permutations}
