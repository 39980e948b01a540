"""The report's sections, in the order of the page."""

from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.alignment import ALIGNMENT
from lakehouse.report.sections.heat import HEAT
from lakehouse.report.sections.quality import QUALITY

SECTIONS: tuple[Section, ...] = (QUALITY, HEAT, ALIGNMENT)


def figures() -> dict[str, Figure]:
    """Give every figure by its name."""
    return {
        block.name: block
        for section in SECTIONS
        for block in section.blocks
        if isinstance(block, Figure)
    }
