"""Commands do not load pandas, which is slow to load, unless something needs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.copies import copied

NOTING = """
import os
open(os.environ["NOTED"], "w").close()
raise ImportError("this is none")
"""

AFTERWARDS = """
import sys
import pyarrow
from lakehouse.cli import unasked

unasked.do_without_pandas()
unasked.loaded()
table = pyarrow.table({"a": pyarrow.array([1, None])})
import sklearn.utils
assert "pandas" not in sys.modules
assert table.to_pandas()["a"].isna().tolist() == [False, True]
import pandas
assert pyarrow.array(pandas.Series([1.0, None])).null_count == 1
"""


@pytest.mark.slow
@pytest.mark.parametrize("words", [("status",), ("build", "--force")], ids=" ".join)
def test_nothing_loads_it(
    small_warehouse: WarehousePaths, tmp_path: Path, words: tuple[str, ...]
) -> None:
    noting = tmp_path / "packages" / "pandas"
    noting.mkdir(parents=True)
    (noting / "__init__.py").write_text(NOTING)
    warehouse = copied(small_warehouse.root, tmp_path / "warehouse")
    noted = tmp_path / "noted"

    def loads(*arguments: str) -> bool:
        subprocess.run(
            [sys.executable, *arguments],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(noting.parent), "NOTED": str(noted)},
        )
        return noted.exists()

    assert not loads("-m", "lakehouse", "--warehouse", str(warehouse), *words)
    assert loads("-c", "import sklearn.utils")


@pytest.mark.slow
def test_who_needs_it_has_it() -> None:
    pytest.importorskip("pandas")
    subprocess.run([sys.executable, "-c", AFTERWARDS], check=True)
