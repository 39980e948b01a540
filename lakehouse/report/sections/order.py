"""The report's sections, in the order of the page."""

from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.cue import CUE
from lakehouse.report.sections.heat import HEAT
from lakehouse.report.sections.noise import NOISE
from lakehouse.report.sections.reliability import RELIABILITY

SECTIONS: tuple[Section, ...] = (HEAT, CUE, NOISE, RELIABILITY)


def figures() -> dict[str, Figure]:
    """Give every figure by its name."""
    return {
        block.name: block
        for section in SECTIONS
        for block in section.blocks
        if isinstance(block, Figure)
    }
