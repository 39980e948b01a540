"""Telling expressions apart by what other participants do: two classifiers.

Both learn from everybody but one participant and then judge that participant's masks, in turn for
each. Masks lie in one array of shape (participants, classes, masks, features), with a flag for
each mask that is there; missing masks are zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.statistics.threads import one_thread

Flags = npt.NDArray[np.bool_]

_NOTHING_LEFT = 1e-9
_BLOCK = 64


def nearest_centroid(masks: Matrix, known: Flags) -> Matrix:
    """Compare masks with the mean of each class over the other participants.

    Parameters
    ----------
    masks : ndarray of float64, shape (participants, classes, masks, features)
    known : ndarray of bool, shape (participants, classes, masks)

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
    left = own_count.sum(axis=0) - own_count
    means = (own.sum(axis=0) - own) / np.where(left > 0, left, np.nan)[..., None]
    people, classes, number, features = masks.shape
    flat = masks.reshape(people, classes * number, features)
    with one_thread():
        products = flat @ means.transpose(0, 2, 1)
    closeness: Matrix = 2 * products - (means**2).sum(axis=2)[:, None, :]
    return closeness.reshape(people, classes, number, classes)


def shrinkage_lda(masks: Matrix, known: Flags, *, report: Report = unheard) -> Matrix:
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
        everybody = _Everybody.of(masks, known)
        for participant, judged in enumerate(everybody.without_each()):
            discriminants[participant] = judged
            report(participant + 1, len(masks))
    return discriminants


@dataclass(frozen=True)
class _Everybody:
    """All masks, in the axes of the scatter within classes.

    Parameters
    ----------
    known : ndarray of bool, shape (participants, classes, masks)
    counts : ndarray of int, shape (classes,)
        Masks of each class.
    means : ndarray of float64, shape (classes, features)
        Of the classes, less the mean of all masks.
    deviations : ndarray of float64, shape (participants, classes, masks, features)
        Of the masks from their class's mean; 0 where there is no mask.
    scatter : ndarray of float64, shape (features,)
        Along each axis, the sum of the squared deviations.
    squares : ndarray of float64, shape (participants, classes, masks)
        Squared length of the deviations.
    """

    known: Flags
    counts: npt.NDArray[np.intp]
    means: Matrix
    deviations: Matrix
    scatter: Matrix
    squares: Matrix

    @classmethod
    def of(cls, masks: Matrix, known: Flags) -> "_Everybody":
        """Bring masks to the axes of their scatter within classes."""
        features = masks.shape[-1]
        counts = known.sum(axis=(0, 2))
        means = masks.sum(axis=(0, 2)) / np.maximum(counts, 1)[:, None]
        deviations = np.where(known[..., None], masks - means[:, None, :], 0.0)
        flat = deviations.reshape(-1, features)
        scatter, axes = np.linalg.eigh(flat.T @ flat)
        turned = (flat @ axes).reshape(deviations.shape)
        return cls(
            known=known,
            counts=counts,
            means=(means - masks[known].mean(axis=0)) @ axes,
            deviations=turned,
            scatter=np.maximum(scatter, 0.0),
            squares=(turned**2).sum(axis=3),
        )

    def without_each(self) -> Iterator[Matrix]:
        """Give the discriminants of each participant's masks, learnt from the others'."""
        people, classes, number, features = self.deviations.shape
        of_classes = self.deviations.transpose(1, 3, 0, 2).reshape(classes, features, -1)
        for first in range(0, people, _BLOCK):
            sums = self.deviations[first : first + _BLOCK].sum(axis=2).transpose(1, 0, 2)
            products = (sums @ of_classes).reshape(classes, -1, people, number)
            for at, of_one in enumerate(products.transpose(1, 2, 0, 3)):
                yield self._without(first + at, of_one)

    def _without(self, participant: int, products: Matrix) -> Matrix:
        """Leave a participant out.

        The products, shape (participants, classes, masks), are those of the sum of the
        participant's deviations in a class with every mask's in that class.
        """
        own_known = self.known[participant]
        own = self.deviations[participant]
        sums = own.sum(axis=1)
        removed = own_known.sum(axis=1)
        left = self.counts - removed
        found = np.full((*own_known.shape, len(left)), np.nan)
        classes = left > 0
        share = np.where(classes, 1 / np.maximum(left, 1), 0.0)
        # A class's scatter falls by D (I + 1 1ᵀ / left) Dᵀ, where D are the deviations of the
        # masks that go and the second part is the shift of the mean. These are its square roots.
        shift = (np.sqrt(1 + removed * share) - 1) / np.maximum(removed, 1)
        gone = (own + (shift[:, None] * sums)[:, None, :])[own_known]
        # Squared lengths of all deviations from the means of the others.
        lengths = self.squares + 2 * share[:, None] * products
        lengths += (share**2 * (sums**2).sum(axis=1))[:, None]
        covariance = self._shrunk(participant, gone, lengths)
        if covariance is None:
            return found
        diagonal, weight = covariance
        means = (self.means - share[:, None] * sums)[classes]
        tests = (own + self.means[:, None, :])[own_known]
        core = np.eye(len(gone)) - weight * (gone / diagonal) @ gone.T
        over = np.concatenate([tests, means]) / diagonal
        lost = np.linalg.solve(core, gone @ (means / diagonal).T)
        inner = over @ means.T + weight * (over @ gone.T) @ lost
        own_means = np.diag(inner[len(tests) :])
        judged = np.full((len(tests), len(left)), np.nan)
        judged[:, classes] = inner[: len(tests)] - own_means / 2
        found[own_known] = judged
        return found

    def _shrunk(
        self, participant: int, gone: Matrix, lengths: Matrix
    ) -> tuple[Matrix, float] | None:
        """Shrink the covariance without a participant.

        It is ``diag(first) - second · goneᵀ gone``. None where nothing varies.
        """
        others = self.known.copy()
        others[participant] = False
        masks, features = np.count_nonzero(others), len(self.scatter)
        total = self.scatter.sum() - (gone**2).sum()
        if masks == 0 or total <= _NOTHING_LEFT * self.scatter.sum():
            return None
        among = gone @ gone.T
        squared = (self.scatter**2).sum() - 2 * ((gone**2) @ self.scatter).sum() + (among**2).sum()
        fourth = (lengths[others] ** 2).sum()
        mean = total / masks / features
        variation = (fourth / masks - squared / masks**2) / (features * masks)
        distance = squared / masks**2 / features - mean**2
        shrinkage = 1.0 if distance <= 0 else float(np.clip(variation / distance, 0.0, 1.0))
        weight = (1 - shrinkage) / masks
        diagonal = weight * self.scatter + shrinkage * mean
        if diagonal.min() <= _NOTHING_LEFT * diagonal.max():
            return None
        return diagonal, weight
