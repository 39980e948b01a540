"""The report's sections, in the order of the page."""

from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.alignment import ALIGNMENT
from lakehouse.report.sections.ambiguity import AMBIGUITY
from lakehouse.report.sections.clusters import CLUSTERS
from lakehouse.report.sections.correlations import CORRELATIONS
from lakehouse.report.sections.distances import DISTANCES
from lakehouse.report.sections.evidence import EVIDENCE
from lakehouse.report.sections.glance import GLANCE
from lakehouse.report.sections.heat import HEAT
from lakehouse.report.sections.masks import MASKS
from lakehouse.report.sections.measures import MEASURES
from lakehouse.report.sections.methods import METHODS
from lakehouse.report.sections.movement.cue import CUE
from lakehouse.report.sections.movement.dynamics import DYNAMICS
from lakehouse.report.sections.movement.noise import NOISE
from lakehouse.report.sections.movement.reliability import RELIABILITY
from lakehouse.report.sections.muscles import MUSCLES
from lakehouse.report.sections.points import POINTS
from lakehouse.report.sections.quality import QUALITY
from lakehouse.report.sections.smile import SMILE
from lakehouse.report.sections.versions import VERSIONS

SECTIONS: tuple[Section, ...] = (
    GLANCE,
    QUALITY,
    MASKS,
    HEAT,
    DISTANCES,
    POINTS,
    CLUSTERS,
    MUSCLES,
    CUE,
    NOISE,
    RELIABILITY,
    AMBIGUITY,
    SMILE,
    DYNAMICS,
    CORRELATIONS,
    EVIDENCE,
    ALIGNMENT,
    MEASURES,
    METHODS,
    VERSIONS,
)


def figures() -> dict[str, Figure]:
    """Give every figure by its name."""
    return {
        block.name: block
        for section in SECTIONS
        for block in section.blocks
        if isinstance(block, Figure)
    }
