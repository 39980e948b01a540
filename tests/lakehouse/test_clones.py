"""Two clones are never mixed: real copies and environments, crossed in processes of their own."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[2]
HELP = ("-m", "lakehouse.cli", "--help")
FINDER = """
import sys
from importlib.util import spec_from_file_location

FOLDERS = {folders!r}


class Finder:
    # What setuptools installs for an editable package whose folders lie apart.
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in FOLDERS:
            return spec_from_file_location(name, FOLDERS[name] + "/__init__.py")


sys.meta_path.append(Finder)
"""


def copied(tree: Path) -> Path:
    for name in ("lakehouse", "cli", "sql"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    (tree / "tests").mkdir()
    for name in ("__init__.py", "conftest.py"):
        shutil.copy(ROOT / "tests" / name, tree / "tests")
    return tree


def install(tree: Path) -> None:
    """Make an environment in which a tree is installed editable."""
    venv.create(tree / ".venv", symlinks=True)
    [site] = (tree / ".venv" / "lib").glob("python*/site-packages")
    folders = {
        "lakehouse": str(tree / "lakehouse"),
        "lakehouse.cli": str(tree / "cli"),
        "lakehouse.sql": str(tree / "sql"),
    }
    (site / "finder_of_the_tree.py").write_text(FINDER.format(folders=folders))
    # The dependencies come from the environment of these tests, whose own .pth files are not read.
    depended_on = sysconfig.get_path("purelib")
    (site / "tree.pth").write_text(f"import finder_of_the_tree\n{depended_on}\n")


@pytest.fixture(scope="module")
def clones(tmp_path_factory) -> dict[str, Path]:
    """Two copies of this tree, each with an environment."""
    folder = tmp_path_factory.mktemp("clones").resolve()
    trees = {name: copied(folder / name) for name in ("first", "second")}
    for tree in trees.values():
        install(tree)
    return trees


def run(*command: object, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=clean | ({"PYTHONPATH": str(path)} if path else {}),
        capture_output=True,
        text=True,
        check=False,
    )


def python_of(tree: Path) -> Path:
    return tree / ".venv" / "bin" / "python"


def mixed(library: Path, rest: Path) -> str:
    return (
        f"lakehouse comes from {library}, but lakehouse.cli from {rest}, another copy of the "
        f"program; run `make` in {library} and use its .venv"
    )


BOTH_WAYS = pytest.mark.parametrize(
    ("worked_in", "environment"), [("first", "second"), ("second", "first")]
)


@BOTH_WAYS
def test_the_command_refuses_another_clones_environment_in_one_line(clones, worked_in, environment):
    here, there = clones[worked_in], clones[environment]

    done = run(python_of(there), *HELP, cwd=here)

    assert done.returncode == 2
    assert done.stderr == f"error: {mixed(here, there)}\n"
    assert done.stdout == ""


@BOTH_WAYS
def test_the_installed_command_refuses_another_clone_on_the_path(clones, worked_in, environment):
    here, there = clones[worked_in], clones[environment]
    command = there / ".venv" / "bin" / "lakehouse"
    command.write_text("import sys\nfrom lakehouse.cli import main\nsys.exit(main())\n")

    done = run(python_of(there), command, "--help", cwd=there.parent, path=here)

    assert done.returncode == 2
    assert done.stderr == f"error: {mixed(here, there)}\n"


@BOTH_WAYS
def test_an_import_in_python_raises_that_line(clones, worked_in, environment):
    here, there = clones[worked_in], clones[environment]
    script = dedent("""
        try:
            import lakehouse.warehouse.build
        except ImportError as error:
            print(error)
        else:
            print("imported")
    """)

    done = run(python_of(there), "-c", script, cwd=here)

    assert done.stdout == f"{mixed(here, there)}\n"


@BOTH_WAYS
def test_pytest_stops_with_that_line_before_any_test(clones, worked_in, environment):
    here, there = clones[worked_in], clones[environment]

    done = run(python_of(there), "-m", "pytest", "-q", cwd=here)

    assert done.returncode == 1
    assert done.stderr == f"{mixed(here, there)}\n"
    assert done.stdout == ""


def test_pytest_refuses_tests_of_one_clone_with_the_whole_library_of_another(clones):
    here, there = clones["first"], clones["second"]
    tests, library = here / "tests" / "conftest.py", there / "lakehouse" / "__init__.py"

    done = run(
        python_of(there), "-m", "pytest", "-q", "--import-mode=importlib", here, cwd=there.parent
    )

    assert done.returncode == 1
    assert done.stderr == f"{tests} is not of the tree of {library}; use the .venv of its own\n"


def test_models_of_another_clone_are_refused_like_commands(clones, tmp_path):
    here, there = copied(tmp_path / "here"), clones["first"]
    folders = {"lakehouse.cli": str(here / "cli"), "lakehouse.sql": str(there / "sql")}
    (here / "finder_of_both.py").write_text(FINDER.format(folders=folders))
    # Before the finder of the environment, which knows both parts too.
    first = "import sys, finder_of_both; sys.meta_path.insert(0, sys.meta_path.pop())"

    done = run(python_of(there), "-c", f"{first}; import lakehouse", cwd=here)

    assert done.returncode == 1
    said = mixed(here, there).replace("lakehouse.cli", "lakehouse.sql")
    assert done.stderr.splitlines()[-1] == f"ImportError: {said}"


def test_a_tree_that_is_not_installed_says_how_to_install_it(tmp_path):
    bare = copied(tmp_path / "bare")

    # -S: without site-packages, so without any finder.
    done = run(sys.executable, "-S", "-c", "import lakehouse", cwd=bare)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"ImportError: lakehouse comes from {bare}, which is not installed here, so lakehouse.cli "
        f"is missing; run `python -m pip install --editable {bare}`"
    )


def test_a_clone_with_its_own_environment_works_anywhere(clones, tmp_path):
    here = clones["first"]
    linked = tmp_path / "linked"
    linked.symlink_to(here)

    for cwd in (here, linked, tmp_path):
        done = run(
            python_of(here), "-c", "import lakehouse.sql as sql; print(sql.__file__)", cwd=cwd
        )
        assert done.stderr == ""
        assert done.stdout == f"{here}/sql/__init__.py\n"
    done = run(python_of(here), *HELP, cwd=here)
    assert done.returncode == 0, done.stderr
    assert "lakehouse demo" in done.stdout


def test_an_installed_copy_holds_its_parts_inside(clones, tmp_path):
    installed = tmp_path / "installed"
    shutil.copytree(ROOT / "lakehouse", installed / "lakehouse")
    for part in ("cli", "sql"):
        shutil.copytree(ROOT / part, installed / "lakehouse" / part)
    script = "import lakehouse.sql; print(lakehouse.sql.__file__)"

    # Before the editable copy, as in site-packages, and while working in a clone's folder.
    for cwd in (tmp_path, clones["first"] / "tests"):
        done = run(python_of(clones["first"]), "-c", script, cwd=cwd, path=installed)
        assert done.stderr == ""
        assert done.stdout == f"{installed}/lakehouse/sql/__init__.py\n"


def test_the_first_import_stays_light():
    heavy = "duckdb", "numpy", "polars", "pyarrow", "rich", "typer"
    script = f"import sys, lakehouse; print([name for name in {heavy} if name in sys.modules])"

    done = run(sys.executable, "-c", script, cwd=ROOT)

    assert done.stdout == "[]\n"
