import re
import runpy
from pathlib import Path

import pytest

from lakehouse.report.page.bundle import bundle

DOCS = Path(__file__).parents[4] / "docs"


@pytest.mark.slow
def test_the_bundle_is_what_vl_convert_makes():
    made = runpy.run_path(str(DOCS / "bundle.py"))["text"]()
    assert bundle() == made, "run `python docs/bundle.py`"


def test_it_can_stand_in_a_page_and_defines_one_name():
    notices, program = bundle().split("*/", 1)
    assert notices.startswith("/*!")
    assert program.startswith('\n(()=>{"use strict";')
    assert program.endswith("})();\n")
    assert not re.search(r"</script|<!--", bundle(), re.IGNORECASE)
    assert re.findall(r"(?:globalThis|window)\.(\w+)\s*=[^=]", program) == ["lakehouseVega"]


def test_the_notices_of_its_licences_go_along():
    notices = bundle().split("*/", 1)[0]
    for package in ("vega", "vega-tooltip", "vega-scale", "d3-scale", "delaunator"):
        assert f"\n{package}\n" in notices
    assert "University of Washington Interactive Data Lab" in notices
    assert "Redistributions in binary form must reproduce" in notices
