"""Finding what creates, changes or removes files, in the text of a module.

Modules' functions are known by their whole name, whatever they were imported as. Of a method
only the name is known: a name that files alone have is found even where nobody calls it yet, one
that other things share (`replace` of a text) is told by its arguments.
"""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """A place that writes."""

    what: str
    line: int


# All that is in them is about making files.
MODULES = frozenset({"tempfile"})

_FUNCTIONS = """
os: chflags chmod chown lchown link makedirs mkdir mkfifo mknod remove removedirs rename renames
os: replace rmdir setxattr symlink truncate unlink utime
shutil: chown copy copy2 copyfile copymode copystat copytree make_archive move rmtree
shutil: unpack_archive
pyarrow: OSFile create_memory_map output_stream
pyarrow.csv: CSVWriter write_csv
pyarrow.dataset: write_dataset
pyarrow.feather: write_feather
pyarrow.ipc: RecordBatchFileWriter RecordBatchStreamWriter new_file new_stream
pyarrow.orc: ORCWriter write_table
pyarrow.parquet: ParquetWriter write_metadata write_table write_to_dataset
pyreadstat: write_dta write_por write_sav write_xport
numpy: memmap save savetxt savez savez_compressed
cv2: VideoWriter imwrite imwritemulti
lakehouse.opencv.cv2: VideoWriter imwrite imwritemulti
lakehouse.system.kernel: link
logging: FileHandler
pooch: create retrieve
rdata: write_rda write_rds
urllib.request: urlretrieve
xlsxwriter: Workbook
"""

FUNCTIONS = frozenset(
    f"{module}.{name}"
    for module, names in (line.split(": ") for line in _FUNCTIONS.strip().splitlines())
    for name in names.split()
)

_METHODS = """
chmod extractall hardlink_to lchmod mkdir rmdir rmtree save symlink_to touch unlink
sink_csv sink_delta sink_ipc sink_ndjson sink_parquet
to_csv to_excel to_feather to_parquet to_pickle to_stata tofile
write_avro write_bytes write_clipboard write_csv write_database write_delta write_excel
write_image write_ipc write_ipc_stream write_ndjson write_parquet write_text
"""

METHODS = frozenset(_METHODS.split())

# With nothing to write to, these give the text.
GIVE_TEXT = frozenset({"write_csv", "write_ndjson"})

READING = frozenset({"O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_PATH", "O_RDONLY"})

# Where the file's mode stands among the arguments.
OPENERS = {
    **dict.fromkeys(("open", "io.open", "os.fdopen", "codecs.open", "av.open"), 1),
    **dict.fromkeys(("bz2.open", "gzip.open", "lzma.open", "tarfile.open"), 1),
    **dict.fromkeys(("wave.open", "zipfile.ZipFile", "gzip.GzipFile"), 1),
}

# Open for reading alone.
READERS = frozenset({"PIL.Image.open"})

MODE = re.compile(r"[rwaxbtU+|]*[wax+][rwaxbtU+|:gz2]*")

STATEMENT = re.compile(r"\s*(copy\s*\(|copy\s[^;]*\sto\s*'|attach\s|export\s+database\s)", re.I)


def writing_calls(source: str) -> list[Found]:
    """Find the places of a module that write.

    Parameters
    ----------
    source : str

    Returns
    -------
    list of Found
        By line.
    """
    tree = ast.parse(source)
    finder = _Finder(tree)
    return sorted(set(finder.found()), key=lambda found: (found.line, found.what))


class _Finder:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._names = dict(_imported(tree))

    def found(self) -> Iterator[Found]:
        for node in ast.walk(self._tree):
            for what in self._of(node):
                yield Found(what, node.lineno)  # type: ignore[attr-defined]

    def _of(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield from self._reference(f"{node.module}.{alias.name}")
        elif isinstance(node, ast.Attribute):
            name = self._name(node) or ""
            if what := list(self._reference(name)):
                yield from what
            elif node.attr in METHODS - GIVE_TEXT and not _own_function(name):
                yield node.attr
        elif isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.Constant) and STATEMENT.match(str(node.value)):
            yield "SQL " + str(node.value).split()[0].lower()

    def _reference(self, name: str) -> Iterator[str]:
        module, _, last = name.rpartition(".")
        if name in FUNCTIONS or module in MODULES:
            yield name
        elif module in {"pathlib.Path", "Path"} and last in METHODS | {"rename", "replace"}:
            yield last

    def _call(self, node: ast.Call) -> Iterator[str]:
        name = self._name(node.func)
        modes = [each.value for each in node.keywords if each.arg == "mode"]
        if name in OPENERS:
            at = OPENERS[name]
            modes += node.args[at : at + 1]
            if any(_may_write(mode) for mode in modes):
                yield name
        elif name == "os.open":
            flags = [
                *node.args[1:2],
                *(each.value for each in node.keywords if each.arg == "flags"),
            ]
            if not all(_reads(each) for each in flags):
                yield name
        elif name == "duckdb.connect":
            if not _connects_harmlessly(node):
                yield name
        elif isinstance(node.func, ast.Attribute) and name not in READERS | FUNCTIONS:
            yield from self._method(node, name or "", modes)

    def _method(self, node: ast.Call, whole_name: str, modes: list[ast.expr]) -> Iterator[str]:
        assert isinstance(node.func, ast.Attribute)
        name = node.func.attr
        if name == "open":
            modes += node.args[:1]
            if any(_may_write(mode) for mode in modes):
                yield name
        elif name in GIVE_TEXT and not _own_function(whole_name):
            if node.args or any(each.arg in {"file", None} for each in node.keywords):
                yield name
        # A text's or a column's takes two, a record's or a date's names them.
        elif name == "replace" and len(node.args) == 1 and not node.keywords:
            yield name
        # A table's takes a dictionary, a column's a name.
        elif name == "rename" and len(node.args) == 1:
            renaming = (ast.Dict, ast.DictComp, ast.Constant)
            if not isinstance(node.args[0], renaming):
                yield name

    def _name(self, node: ast.expr) -> str | None:
        """Spell a function of a module, or a builtin, by its whole name."""
        if isinstance(node, ast.Name):
            return self._names.get(node.id, node.id if node.id in {"open", "Path"} else None)
        if isinstance(node, ast.Attribute):
            inner = self._name(node.value)
            return None if inner is None else f"{inner}.{node.attr}"
        return None


def _own_function(name: str) -> bool:
    """Tell whether a writer is one of this program's, whose own module is looked at as well."""
    return name.startswith("lakehouse.") and name.rpartition(".")[2].startswith("write_")


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give the names that imports bind, wherever they stand, and what each stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    yield alias.asname, alias.name
                else:
                    yield alias.name.split(".")[0], alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _may_write(mode: ast.expr) -> bool:
    """Tell whether a mode may let write; one that is worked out may."""
    if isinstance(mode, ast.Constant):
        return isinstance(mode.value, str) and MODE.fullmatch(mode.value) is not None
    return True


def _reads(flags: ast.expr) -> bool:
    if isinstance(flags, ast.BinOp) and isinstance(flags.op, ast.BitOr):
        return _reads(flags.left) and _reads(flags.right)
    return isinstance(flags, ast.Attribute) and flags.attr in READING


def _connects_harmlessly(node: ast.Call) -> bool:
    """Tell whether a database is opened in memory or for reading alone."""
    options = {each.arg: each.value for each in node.keywords}
    read_only = options.get("read_only")
    if isinstance(read_only, ast.Constant) and read_only.value is True:
        return True
    places = [*node.args[:1], *([options["database"]] if "database" in options else [])]
    memory = (isinstance(each, ast.Constant) and each.value == ":memory:" for each in places)
    return None not in options and all(memory)
