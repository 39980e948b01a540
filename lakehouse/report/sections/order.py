"""The report's sections, in the order of the page."""

from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.heat import HEAT
from lakehouse.report.sections.masks import MASKS

SECTIONS: tuple[Section, ...] = (MASKS, HEAT)


def figures() -> dict[str, Figure]:
    """Give every figure by its name."""
    return {
        block.name: block
        for section in SECTIONS
        for block in section.blocks
        if isinstance(block, Figure)
    }
