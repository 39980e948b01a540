"""Settings of the statistics."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from lakehouse.settings.in_sql import InSql
from lakehouse.settings.primary import Primary
from lakehouse.settings.section import CovariateName, Section, Seed

_Correlation = Annotated[float, Field(gt=0, lt=1)]
_Difference = Annotated[float, Field(gt=0, le=100)]


class Statistics(Section):
    """Resampling behind p values and intervals, and what is held constant."""

    permutations: int = Field(default=9999, ge=0, le=10_000_000)
    """Random rearrangements of a permutation test; 0 leaves such tests out."""

    bootstraps: int = Field(default=1000, ge=0, le=1_000_000)
    """Resamples of the participants behind a bootstrap interval; 0 leaves such intervals out."""

    seed: Seed = 0
    """Random state of both."""

    feature: Annotated[
        Literal["distance", "projected", "squared_unbiased"],
        InSql(unit="text", name="statistics_feature"),
    ] = "distance"
    """How movement is measured in features: "distance", the paper's, which noise lengthens;
    "projected", along the direction in which the others move; "squared_unbiased", the square
    without noise, in squared units. The relation movement_features has all three."""

    fewest: int = Field(default=10, ge=3, le=1_000_000)
    """A correlation of fewer participants has r, but no p and no interval, and enters no family of
    tests. At 9 and fewer, p is counted over all orders of the participants."""

    blocks: Annotated[CovariateName | None, InSql(unit="text", name="permutation_blocks")] = Field(
        default=None, examples=["site"]
    )
    """Covariate within whose values permutation tests put participants in random order; who has no
    value of it is in a block with the others who have none. Absent, all are one block."""

    covariates: list[CovariateName] = Field(default_factory=list, max_length=100)
    """What the partial correlations hold constant, such as ["age", "sex", "yaw", "pitch"]: columns
    of the file given to `lakehouse covariates`, and yaw, pitch and roll of the photographs."""

    sesoi_r: _Correlation | None = Field(default=None, examples=[0.1])
    """Smallest correlation that would matter, either way: whether a correlation is smaller is
    tested (correlation_evidence). Absent, nothing is."""

    sesoi_dz: _Difference | None = Field(default=None, examples=[0.2])
    """Smallest effect of the cue that would matter, as Cohen's dz, either way: whether an effect
    is smaller is tested (effect_evidence). Absent, nothing is."""

    primary: Primary = Primary()
    """The tests that the study stands or falls with, which `lakehouse prereg` writes down before
    scores are read: primary_correlations. All other correlations are exploratory."""

    @property
    def correlation_resamples(self) -> int:
        """Resamples behind the interval of Pearson's r with a score: twice `bootstraps`.

        The ends of a BCa interval lie further out than those of others, so they need more. For
        pairs of features or of scores, of which there are many, `bootstraps` must do.
        """
        return 2 * self.bootstraps

    @property
    def cluster_resamples(self) -> int:
        """Resamples behind cluster_choice: a tenth of `bootstraps`, rounded up.

        Each is grouped anew for every number of groups, which is slow.
        """
        return -(-self.bootstraps // 10)

    @property
    def prediction_permutations(self) -> int:
        """Permutations behind score_prediction: a tenth of `permutations`, rounded up.

        All that leads to the predictions is done anew for each, which is slow.
        """
        return -(-self.permutations // 10)

    @field_validator("blocks")
    @classmethod
    def _not_a_measurement(cls, blocks: str | None) -> str | None:
        if blocks in ("yaw", "pitch", "roll"):
            raise ValueError("the head's pose differs between all participants")
        return blocks

    @field_validator("covariates")
    @classmethod
    def _each_once(cls, covariates: list[str]) -> list[str]:
        if len(set(covariates)) < len(covariates):
            raise ValueError("a covariate is listed twice")
        return covariates
