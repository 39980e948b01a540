"""R's own functions on what the warehouse gives, by the scripts of docs/r.md."""

import re
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.export import ExportRequest, export
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.cohort import write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.lean import LEAN
from tests.tools import require_r

DOCS = Path(__file__).parent.parent.parent / "docs"
SCRIPTS = sorted((DOCS / "r").glob("*.R"))
PAGE = (DOCS / "r.md").read_text(encoding="utf-8")

SAVE = """
write.csv(best, "best.csv", row.names = FALSE)
means <- as.data.frame(lme4::fixef(model))
write.csv(data.frame(name = rownames(means), estimate = means[[1]]), "model.csv", row.names = FALSE)
"""

# Stands for the package duckdb, which Debian lacks: what the queries give, as R would get it.
STUB = """
answers <- list(%s)
dbi <- list(
  dbConnect = function(...) NULL,
  dbGetQuery = function(connection, query) answers[[query]],
  dbDisconnect = function(...) NULL
)
"""


@pytest.fixture(scope="session")
def cohort(once) -> WarehousePaths:
    def make(folder: Path) -> WarehousePaths:
        paths = WarehousePaths(folder / "warehouse")
        write_cohort(paths, LEAN, participants=40, seed=3)
        build(paths, LEAN)
        return paths

    return once("cohort_for_r", make)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder in which the scripts find what they read."""
    shutil.copytree(DOCS / "r", tmp_path / "docs" / "r")
    return tmp_path


def run_r(script: str, place: Path) -> None:
    done = subprocess.run(
        [require_r("lme4"), "-e", script + SAVE],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def compare(paths: WarehousePaths, place: Path) -> None:
    ours = fetch(paths, "from correlations where grouping = 'kmeans6' and spearman_p is not null")
    theirs = pl.read_csv(place / "best.csv", infer_schema_length=None)
    both = ours.join(theirs, on=["feature", "instrument"], suffix="_in_r")
    assert len(both) == len(ours) == len(theirs) == 15 * 6 * 6
    assert both["n"].equals(both["n_in_r"].cast(pl.Int32), check_names=False)
    for column in ("spearman_r", "spearman_p", "pearson_r", "pearson_p", "spearman_q"):
        apart = (both[column] - both[f"{column}_in_r"]).abs().max()
        assert isinstance(apart, float)
        assert apart < 1e-8, column
    model = dict(pl.read_csv(place / "model.csv").iter_rows())
    mean = fetch(
        paths, "select avg(mean_distance) as mean from pav_mask_means where mask = '01-00'"
    ).item()
    # Every cell of the design has everybody, so the model's means are those of the cells.
    assert model["(Intercept)"] == pytest.approx(mean, abs=1e-6)
    assert len(model) == 14


@pytest.mark.slow
@pytest.mark.parametrize("file_format", [ExportFormat.RDS, ExportFormat.CSV])
def test_the_export_gives_in_r_what_the_warehouse_says(cohort, place, file_format):
    export(cohort, place / "tables", ExportRequest(file_format=file_format))

    run_r('source("docs/r/from_rds.R", encoding = "UTF-8")', place)

    compare(cohort, place)


@pytest.mark.slow
def test_the_database_gives_in_r_what_the_warehouse_says(cohort, place):
    # Debian has no R package duckdb: its answers come by way of CSV, the rest is the script's own.
    script = (place / "docs" / "r" / "from_duckdb.R").read_text()
    queries = re.findall(r'ask\("(.*?)"\)', script)
    assert len(queries) == 4
    for number, query in enumerate(queries):
        fetch(cohort, query).write_csv(place / f"{number}.csv")
    answers = ", ".join(
        f'"{query}" = read.csv("{number}.csv", na.strings = "", '
        'colClasses = c(participant = "character", supervised = "logical")'
        f"[intersect(c('participant', 'supervised'), names(read.csv('{number}.csv', nrows = 1)))])"
        for number, query in enumerate(queries)
    )
    stubbed = re.sub(r"DBI::", "dbi$", script).replace("duckdb::duckdb()", "NULL")

    run_r(STUB % answers + stubbed, place)

    compare(cohort, place)


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_r(script):
    rscript = require_r()
    subprocess.run([rscript, "-e", f'invisible(parse("{script}"))'], check=True)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_page_shows_the_scripts_as_they_are(script):
    assert f"```r\n{script.read_text(encoding='utf-8')}```" in PAGE
