"""The program that draws the page's figures, and nothing that it needs is elsewhere.

`vega.js` is Vega and vega-tooltip in one, as vl-convert bundles them, with the notices of their
licences in front. `docs/bundle.py` makes it; a test tells when vl-convert would make another.
"""

from importlib.resources import files


def bundle() -> str:
    """Give the JavaScript, to stand in a script element of its own.

    It defines one global name, `lakehouseVega`, with `parse`, `View` and `formatLocale` of Vega,
    and `Handler` of vega-tooltip. With `ast: true`, `parse` makes no program of an expression, so
    that a policy without unsafe-eval allows it.
    """
    return (files("lakehouse.report.page") / "vega.js").read_text(encoding="utf-8")
