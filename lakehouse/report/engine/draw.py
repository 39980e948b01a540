"""A specification as Vega, and as SVG, PDF, and PNG of 300 dots per inch."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import vl_convert

from lakehouse.report.engine.pdf import in_order
from lakehouse.report.look.fonts import font_folder

VEGA_LITE: Final = "6.4"
DOTS: Final = 300
"""Per inch."""


def as_svg(specification: dict[str, Any], locale: dict[str, Any]) -> str:
    """Draw a specification that needs nothing else.

    Parameters
    ----------
    specification : dict
        Of Vega-Lite.
    locale : dict
        Marks of numbers, as d3-format takes them.

    Returns
    -------
    str
    """
    use_fonts()
    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, format_locale=locale)
    return svg


def as_vega(specifications: Iterable[dict[str, Any]], config: dict[str, Any]) -> list[str]:
    """Translate specifications for a browser, which takes longer over it than over a drawing.

    Parameters
    ----------
    specifications : iterable of dict
        Of Vega-Lite.
    config : dict
        Of Vega-Lite.

    Returns
    -------
    list of str
        JSON of a Vega specification each. What the configuration means to Vega is left out, being
        the same for all: `vega_config` gives it.
    """
    return [
        json.dumps(
            {part: value for part, value in _vega(each, config).items() if part != "config"},
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        )
        for each in specifications
    ]


def vega_config(config: dict[str, Any]) -> dict[str, Any]:
    """Give what a configuration of Vega-Lite means to Vega."""
    found: dict[str, Any] = _vega({"mark": "point"}, config)["config"]
    return found


def _vega(specification: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    return vl_convert.vegalite_to_vega(specification, vl_version=VEGA_LITE, config=config)


def as_files(svg: str) -> dict[str, bytes]:
    """Make the other files of what was drawn, as drawing is what takes long.

    Returns
    -------
    dict of str to bytes
        What is in each file, by the ending of its name.
    """
    use_fonts()
    return {
        "svg": svg.encode(),
        "pdf": in_order(vl_convert.svg_to_pdf(svg)),
        "png": vl_convert.svg_to_png(svg, ppi=DOTS),
    }


@cache
def use_fonts() -> None:
    """Have whatever this process draws as a file written in the report's typeface."""
    vl_convert.register_font_directory(str(font_folder()))
