"""Telling expressions apart by what other participants do: two classifiers.

Both learn from everybody but one participant and then judge that participant's masks, in turn for
each. Masks lie in one array of shape (participants, classes, masks, features), with a flag for
each mask that is there; missing masks are zero. What is learnt from everybody are sums, which can
be taken of some participants at a time and added.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import blas, lapack

from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.statistics.threads import one_thread

Flags = npt.NDArray[np.bool_]

_NOTHING_LEFT = 1e-9
_BLOCK = 64


@dataclass(frozen=True)
class Totals:
    """What there is of each class.

    Parameters
    ----------
    counts, people : ndarray of float64, shape (classes,)
        Masks, and participants who have any.
    sums : ndarray of float64, shape (classes, features)
        Of the masks.
    """

    counts: Matrix
    people: Matrix
    sums: Matrix

    @classmethod
    def of(cls, masks: Matrix, known: Flags) -> "Totals":
        """Add up some participants' masks."""
        counts, people = known.sum(axis=(0, 2)), known.any(axis=2).sum(axis=0)
        return cls(counts.astype(np.float64), people.astype(np.float64), masks.sum(axis=(0, 2)))

    @property
    def means(self) -> Matrix:
        """Of the classes, shape (classes, features); 0 where there is no mask."""
        return self.sums / np.maximum(self.counts, 1)[:, None]


@dataclass(frozen=True)
class Moments:
    """How masks deviate from the means of their classes.

    Parameters
    ----------
    scatter : ndarray of float64, shape (classes, features · (features + 1) / 2)
        Products of the deviations along every two features, the upper triangle column by column.
    skew : ndarray of float64, shape (classes, features)
        Deviations, each times its squared length.
    squares, fourth : ndarray of float64, shape (classes,)
        Squared lengths of the deviations, and their squares.
    """

    scatter: Matrix
    skew: Matrix
    squares: Matrix
    fourth: Matrix

    @classmethod
    def of(cls, masks: Matrix, known: Flags, totals: Totals) -> "Moments":
        """Add up some participants' masks; the totals are everybody's."""
        _, classes, _, features = masks.shape
        moments = cls(
            scatter=np.empty((classes, features * (features + 1) // 2)),
            skew=np.empty((classes, features)),
            squares=np.empty(classes),
            fourth=np.empty(classes),
        )
        with one_thread():
            for number, mean in enumerate(totals.means):
                flat = masks[:, number][known[:, number]] - mean
                squares = (flat**2).sum(axis=1)
                moments.scatter[number] = lapack.dtrttp((flat.T @ flat).T)[0]
                moments.skew[number] = squares @ flat
                moments.squares[number] = squares.sum()
                moments.fourth[number] = (squares**2).sum()
        return moments


def nearest_centroid(masks: Matrix, known: Flags, totals: Totals) -> Matrix:
    """Compare masks with the mean of each class over the other participants.

    Parameters
    ----------
    masks : ndarray of float64, shape (participants, classes, masks, features)
    known : ndarray of bool, shape (participants, classes, masks)
    totals : Totals
        Of these participants and all others.

    Returns
    -------
    ndarray of float64, shape (participants, classes, masks, classes)
        Closeness of each mask to each class, its squared Euclidean distance from the class's mean
        with the sign turned, but for a part that is the same for all classes; NaN where the
        others show nothing of the class.

    References
    ----------
    Tibshirani et al. (2002). Diagnosis of multiple cancer types by shrunken centroids of gene
    expression. PNAS 99, 6567-6572; without their shrinkage.
    """
    own, own_count = masks.sum(axis=2), known.sum(axis=2)
    left = totals.counts - own_count
    means = (totals.sums - own) / np.where(left > 0, left, np.nan)[..., None]
    people, classes, number, features = masks.shape
    flat = masks.reshape(people, classes * number, features)
    with one_thread():
        products = flat @ means.transpose(0, 2, 1)
    closeness: Matrix = 2 * products - (means**2).sum(axis=2)[:, None, :]
    return closeness.reshape(people, classes, number, classes)


def shrinkage_lda(
    masks: Matrix, known: Flags, learnt: "Learnt", *, report: Report = unheard
) -> Matrix:
    """Judge masks by linear discriminants learnt from the other participants.

    The covariance within classes, pooled over them, is shrunk towards a multiple of the identity
    as much as Ledoit and Wolf's formula says for the masks learnt from; all classes are taken to
    be equally likely. This is scikit-learn's ``LinearDiscriminantAnalysis(solver="lsqr",
    shrinkage=a)`` with ``a = ledoit_wolf_shrinkage(deviations, assume_centered=True)`` of the
    deviations from the class means, and the prior's logarithm taken out, fitted anew for every
    participant. Here the scatter of all masks is brought to its axes once, and a participant is
    taken out of its inverse by Woodbury's identity, with the same result.

    Parameters
    ----------
    masks : ndarray of float64, shape (participants, classes, masks, features)
    known : ndarray of bool, shape (participants, classes, masks)
    learnt : Learnt
        From these participants and all others.
    report : callable, optional
        Told how many participants are done.

    Returns
    -------
    ndarray of float64, shape (participants, classes, masks, classes)
        Discriminant of each mask for each class, the larger the likelier; NaN where the others
        show nothing of the class, or no two of their masks of a class differ.

    References
    ----------
    Ledoit & Wolf (2004). A well-conditioned estimator for large-dimensional covariance matrices.
    Journal of Multivariate Analysis 88, 365-411.
    Hastie, Tibshirani & Friedman (2009). The elements of statistical learning. Springer;
    section 4.3.
    """
    discriminants = np.full((*known.shape, known.shape[1]), np.nan)
    if not known.any():
        return discriminants
    with one_thread():
        for participant, judged in enumerate(learnt.without_each(masks, known)):
            discriminants[participant] = judged
            report(participant + 1, len(masks))
    return discriminants


@dataclass(frozen=True)
class _Own:
    """A participant's masks, as deviations from everybody's means of their classes.

    Parameters
    ----------
    known : ndarray of bool, shape (classes, masks)
    deviations : ndarray of float64, shape (classes, masks, features)
        Along the axes of the scatter; 0 where there is no mask.
    along : ndarray of float64, shape (classes,)
        The sum of the class's deviations, times the class's scatter, times that sum again.
    skewed : ndarray of float64, shape (classes,)
        The sum times the class's skew.
    """

    known: Flags
    deviations: Matrix
    along: Matrix
    skewed: Matrix


@dataclass(frozen=True)
class Learnt:
    """What is known of all masks.

    Parameters
    ----------
    axes : ndarray of float64, shape (features, features)
        Of the scatter within classes, in columns.
    scatter : ndarray of float64, shape (features,)
        Along each axis, the sum of the squared deviations.
    means : ndarray of float64, shape (classes, features)
        Of the classes, less the mean of all masks, along the axes.
    """

    totals: Totals
    moments: Moments
    axes: Matrix
    scatter: Matrix
    means: Matrix

    @classmethod
    def of(cls, totals: Totals, moments: Moments) -> "Learnt":
        """Find the axes."""
        middle = totals.sums.sum(axis=0) / max(totals.counts.sum(), 1)
        with one_thread():
            upper, _ = lapack.dtpttr(len(middle), moments.scatter.sum(axis=0))
            scatter, axes = np.linalg.eigh(upper, UPLO="U")
            means = (totals.means - middle) @ axes
        return cls(totals, moments, axes, np.maximum(scatter, 0.0), means)

    def without_each(self, masks: Matrix, known: Flags) -> Iterator[Matrix]:
        """Give the discriminants of each participant's masks, learnt from the others'."""
        means = self.totals.means
        sums = masks.sum(axis=2) - known.sum(axis=2)[..., None] * means
        along = np.empty(sums.shape[:2])
        for number, triangle in enumerate(self.moments.scatter):
            upper, _ = lapack.dtpttr(len(self.axes), triangle)
            of_class = sums[:, number].T
            # Half of the work, for a half of the matrix is enough.
            both = 2 * blas.dtrmm(1.0, upper, of_class, trans_a=1)
            both -= of_class * np.diag(upper)[:, None]
            along[:, number] = (both * of_class).sum(axis=0)
        skewed = (sums * self.moments.skew).sum(axis=2)
        for first in range(0, len(masks), _BLOCK):
            some = slice(first, first + _BLOCK)
            there = known[some]
            deviations = np.where(there[..., None], masks[some] - means[:, None, :], 0.0)
            turned = (deviations.reshape(-1, len(self.axes)) @ self.axes).reshape(deviations.shape)
            for own in map(_Own, there, turned, along[some], skewed[some]):
                yield self._without(own)

    def _without(self, own: _Own) -> Matrix:
        """Leave a participant out."""
        sums = own.deviations.sum(axis=1)
        removed = own.known.sum(axis=1)
        left = self.totals.counts - removed
        found = np.full((*own.known.shape, len(left)), np.nan)
        classes = left > 0
        share = np.where(classes, 1 / np.maximum(left, 1), 0.0)
        # A class's scatter falls by D (I + 1 1ᵀ / left) Dᵀ, where D are the deviations of the
        # masks that go and the second part is the shift of the mean. These are its square roots.
        shift = (np.sqrt(1 + removed * share) - 1) / np.maximum(removed, 1)
        gone = (own.deviations + (shift[:, None] * sums)[:, None, :])[own.known]
        covariance = self._shrunk(left.sum(), gone, self._fourth(own, sums, share))
        if covariance is None:
            return found
        diagonal, weight = covariance
        means = (self.means - share[:, None] * sums)[classes]
        tests = (own.deviations + self.means[:, None, :])[own.known]
        core = np.eye(len(gone)) - weight * (gone / diagonal) @ gone.T
        over = np.concatenate([tests, means]) / diagonal
        lost = np.linalg.solve(core, gone @ (means / diagonal).T)
        inner = over @ means.T + weight * (over @ gone.T) @ lost
        own_means = np.diag(inner[len(tests) :])
        judged = np.full((len(tests), len(left)), np.nan)
        judged[:, classes] = inner[: len(tests)] - own_means / 2
        found[own.known] = judged
        return found

    def _fourth(self, own: _Own, sums: Matrix, share: Matrix) -> float:
        """Sum up the others' deviations from the others' means, their lengths to the fourth.

        A deviation d becomes d + share · sums, whose squared length is d² + 2 share (sums · d) +
        share² sums²; its square is added up over all masks, the deviations adding up to nothing,
        and that of the participant's own masks is taken off.
        """
        moments, moved = self.moments, share**2 * (sums**2).sum(axis=1)
        whole = moments.fourth + 4 * share * own.skewed + 4 * share**2 * own.along
        whole += moved * (2 * moments.squares + moved * self.totals.counts)
        products = (own.deviations @ sums[..., None])[..., 0]
        lengths = (own.deviations**2).sum(axis=2) + 2 * share[:, None] * products + moved[:, None]
        return float(max(whole.sum() - (lengths[own.known] ** 2).sum(), 0.0))

    def _shrunk(self, masks: float, gone: Matrix, fourth: float) -> tuple[Matrix, float] | None:
        """Shrink the covariance of so many masks, without a participant.

        It is ``diag(first) - second · goneᵀ gone``. None where nothing varies.
        """
        features = len(self.scatter)
        total = self.scatter.sum() - (gone**2).sum()
        if masks == 0 or total <= _NOTHING_LEFT * self.scatter.sum():
            return None
        among = gone @ gone.T
        squared = (self.scatter**2).sum() - 2 * ((gone**2) @ self.scatter).sum() + (among**2).sum()
        mean = total / masks / features
        variation = (fourth / masks - squared / masks**2) / (features * masks)
        distance = squared / masks**2 / features - mean**2
        shrinkage = 1.0 if distance <= 0 else float(np.clip(variation / distance, 0.0, 1.0))
        weight = (1 - shrinkage) / masks
        diagonal = weight * self.scatter + shrinkage * mean
        if diagonal.min() <= _NOTHING_LEFT * diagonal.max():
            return None
        return diagonal, weight
