"""How alike participants' movements are, as a function from a table to a table."""

import numpy as np
import polars as pl

from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.bootstrap import Samples, percentile_interval
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.statistics.threads import one_thread
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.dense import dense
from lakehouse.steps.passes import Pass, in_one_part
from lakehouse.steps.registry import spread, step

FEWEST_PARTICIPANTS = 2
AXES = ("dx", "dy", "dz")
STATISTICS = ("ratio", "cosine", "dispersion")
INTERVALS: Schema = {
    "mean_cosine": pl.Float64,
    **{f"{name}_{end}": pl.Float64 for name in STATISTICS for end in ("low", "high")},
    "bootstraps": pl.Int32,
    "reason": pl.String,
}

_KEY: Schema = {"mask": pl.String}
_NOTHING_LEFT = 1e-12


@step(dimensions="distance.dimensions", bootstraps="statistics.bootstraps", seed="statistics.seed")
def regularity_intervals(
    displacements: pl.DataFrame,
    *,
    dimensions: int,
    bootstraps: int,
    seed: int,
    report: Report = unheard,
) -> pl.DataFrame:
    """Compare each participant's movement with that of the others, mask by mask.

    Parameters
    ----------
    displacements : polars.DataFrame
        Columns mask, participant, point, dx, dy and dz (aligned pixels).
    dimensions : int
        2 for the image plane, 3 for depth as well.
    bootstraps : int
        Samples of the participants behind the intervals; 0 for none.
    seed : int
        Random state of the samples.
    report : callable, optional
        Told how many masks are done.

    Returns
    -------
    polars.DataFrame
        mask and the columns of `INTERVALS`, by mask: `Fields.cosine` of everybody once, and the
        95 % intervals of it, of `Fields.ratio` and of `Fields.dispersion` over samples of the
        participants. Participants whose displacements have gaps do not count.
    """
    return in_one_part(
        _PASSES,
        displacements,
        dimensions=dimensions,
        bootstraps=bootstraps,
        seed=seed,
        report=report,
    )


class Fields:
    """The displacement fields of some participants in one mask.

    The statistics are those of samples; weights, shape (samples, n), say how often each
    participant is in each.

    Parameters
    ----------
    values : ndarray of float64, shape (n, points, axes)
    """

    def __init__(self, values: Matrix) -> None:
        self.n, self._points, self._axes = values.shape
        self._flat = values.reshape(self.n, self._points * self._axes)
        self._lengths = np.sqrt((values**2).sum(axis=2)).mean(axis=1)
        self._products = self._flat @ self._flat.T
        self._squares = np.diag(self._products)

    def cosine(self, weights: Matrix) -> Matrix:
        """Give the mean cosine between a participant's field and the mean field of the others.

        A field is one vector of all points and axes. A participant who is in the sample more than
        once is compared with nobody's field but the others'.

        Parameters
        ----------
        weights : ndarray of float64, shape (samples, n)

        Returns
        -------
        ndarray of float64, shape (samples,)
            NaN where nobody has others to be compared with.
        """
        with_all = weights @ self._products
        with_others = with_all - weights * self._squares
        whole = (with_all * weights).sum(axis=1, keepdims=True)
        others = whole - 2 * weights * with_all + weights**2 * self._squares
        compared = (others > _NOTHING_LEFT * whole) & (self._squares > 0)
        lengths = np.sqrt(np.where(compared, others * self._squares, 1.0))
        counted = np.where(compared, weights, 0.0)
        people = counted.sum(axis=1)
        total = (counted * with_others / lengths).sum(axis=1)
        mean: Matrix = total / np.where(people > 0, people, np.nan)
        return mean

    def ratio(self, weights: Matrix) -> Matrix:
        """Give the length of the mean displacement over the mean length, both mean over points.

        Parameters
        ----------
        weights : ndarray of float64, shape (samples, n)

        Returns
        -------
        ndarray of float64, shape (samples,)
            NaN where nothing moves.
        """
        means = (weights @ self._flat).reshape(-1, self._points, self._axes)
        resultant = np.sqrt((means**2).sum(axis=2)).mean(axis=1)
        length = weights @ self._lengths
        ratio: Matrix = resultant / np.where(length > 0, length, np.nan)
        return ratio

    def dispersion(self, weights: Matrix) -> Matrix:
        """Give how far participants' displacements lie from the mean one, root mean square.

        Parameters
        ----------
        weights : ndarray of float64, shape (samples, n)
            Each row adds up to n.

        Returns
        -------
        ndarray of float64, shape (samples,)
            Root of the variance (n - 1) summed over the axes, mean over the points.
        """
        whole = ((weights @ self._products) * weights).sum(axis=1)
        scatter = weights @ self._squares - whole / self.n
        root: Matrix = np.sqrt(np.maximum(scatter, 0.0) / (self.n - 1) / self._points)
        return root


def _row(fields: Fields, drawn: Samples) -> dict[str, object]:
    if fields.n < FEWEST_PARTICIPANTS:
        return {"reason": f"fewer than {FEWEST_PARTICIPANTS} participants show it"}
    row: dict[str, object] = {"mean_cosine": fields.cosine(np.ones((1, fields.n))).item()}
    samples = [
        [getattr(fields, name)(weights) for name in STATISTICS] for weights in drawn.of(fields.n)
    ]
    if samples:
        low, high = percentile_interval(np.concatenate(samples, axis=1).T)
        for name, *ends in zip(STATISTICS, low, high, strict=True):
            row |= {
                f"{name}_{end}": float(at) for end, at in zip(("low", "high"), ends, strict=True)
            }
    return row


def _of_masks(
    displacements: pl.DataFrame,
    _: None,
    *,
    dimensions: int,
    bootstraps: int,
    seed: int,
    report: Report = unheard,
) -> pl.DataFrame:
    """Compare participants in some of the masks, of which it is given everybody's rows."""
    rows, total = [], displacements["mask"].n_unique()
    drawn = Samples(bootstraps, seed)
    with one_thread():
        for done, ((mask,), of_mask) in enumerate(displacements.group_by("mask"), start=1):
            array, _levels = dense(of_mask, ("participant", "point"), AXES[:dimensions])
            fields = Fields(array[~np.isnan(array).any(axis=(1, 2))])
            rows.append({"mask": mask, "bootstraps": bootstraps} | _row(fields, drawn))
            report(done, total)
    table = pl.DataFrame(rows, schema={**_KEY, **INTERVALS})
    return table.with_columns(pl.selectors.float().fill_nan(None))


def _by_mask(masks: pl.DataFrame, _: None) -> pl.DataFrame:
    return masks.sort("mask")


_PASSES = (Pass(_of_masks, {**_KEY, **INTERVALS}, _by_mask, keys=("mask",)),)
spread(regularity_intervals, *_PASSES)
