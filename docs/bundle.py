"""Make the program that draws the page's figures: `python docs/bundle.py [NODE_MODULES]`.

It is vl-convert's bundle of Vega and vega-tooltip, so that the page draws what exported files show;
run this again after another version of vl-convert. NODE_MODULES is the folder that
`npm install --omit=dev vega@6.2.0 vega-tooltip@1.0.0` makes; where it is named, the notices that
their licences ask for are gathered anew.
"""

import sys
from pathlib import Path

import vl_convert

FOLDER = Path(__file__).parents[1] / "lakehouse" / "report" / "page"
NOTICES = FOLDER / "vega.LICENSES.txt"

PACKAGE = "/npm/{}/+esm"
"""What vl-convert calls a package that it holds."""

SNIPPET = f"""
import {{ parse, View, formatLocale }} from "{PACKAGE.format("vega@6.2.0")}";
import {{ Handler }} from "{PACKAGE.format("vega-tooltip@1.0.0")}";
globalThis.lakehouseVega = {{ parse, View, formatLocale, Handler }};
"""

NOT_BUNDLED = {
    *("ansi-regex", "ansi-styles", "cliui", "commander", "emoji-regex", "escalade"),
    *("get-caller-file", "get-east-asian-width", "iconv-lite", "rw", "safer-buffer"),
    *("string-width", "strip-ansi", "vega-typings", "wrap-ansi", "y18n", "yargs", "yargs-parser"),
}
"""What their command lines need, and types."""

COPYRIGHT = ("Copyright", "(c)")
"""How lines begin that say whose a package is."""


def text() -> str:
    """Give the program, in a function of its own, so that it defines one global name only.

    The notices go along, since the page that holds the program goes to other people.
    """
    notices = NOTICES.read_text(encoding="utf-8")
    return f'/*!\n{notices}*/\n(()=>{{"use strict";{vl_convert.javascript_bundle(SNIPPET)}}})();\n'


def notices(modules: Path) -> str:
    """Give the licences of all packages in the bundle: each text once, below whose it is."""
    holders: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for folder in sorted(modules.glob("[a-z]*")):
        if folder.name not in NOT_BUNDLED:
            [licence] = folder.glob("LICENSE*")
            lines = licence.read_text(encoding="utf-8").strip().splitlines()
            whose = [line.strip() for line in lines if line.startswith(COPYRIGHT)]
            text = "\n".join(line for line in lines if not line.startswith(COPYRIGHT))
            same = "".join(text.split()).casefold()
            texts.setdefault(same, text.strip())
            holders.setdefault(same, []).append("\n    ".join([folder.name, *whose]))
    parts = ["\n".join(holders[same]) + f"\n\n{text}" for same, text in texts.items()]
    rule = f"\n\n{'-' * 80}\n\n"
    return rule.join(["The licences of the programs in this bundle.", *parts]) + "\n"


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        NOTICES.write_text(notices(Path(folder)), encoding="utf-8")
    (FOLDER / "vega.js").write_text(text(), encoding="utf-8")
