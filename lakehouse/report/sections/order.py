"""The report's sections, in the order of the page."""

from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.clusters import CLUSTERS
from lakehouse.report.sections.distances import DISTANCES
from lakehouse.report.sections.heat import HEAT
from lakehouse.report.sections.muscles import MUSCLES
from lakehouse.report.sections.points import POINTS

SECTIONS: tuple[Section, ...] = (HEAT, DISTANCES, POINTS, CLUSTERS, MUSCLES)


def figures() -> dict[str, Figure]:
    """Give every figure by its name."""
    return {
        block.name: block
        for section in SECTIONS
        for block in section.blocks
        if isinstance(block, Figure)
    }
