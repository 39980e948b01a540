"""Settings files, and files that settings name, of every unfortunate kind, at the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lakehouse.paths import WarehousePaths
from tests.attack.command_line import CommandLine, fifo, listening, zero


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WarehousePaths:
    (tmp_path / "study").mkdir()
    monkeypatch.chdir(tmp_path)
    return WarehousePaths(Path("study"))


@pytest.fixture
def type_in(warehouse: WarehousePaths, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(warehouse.root, capsys)


NAMED = '[instruments.dbi]\nname = "Inventário"\n'


@pytest.mark.parametrize(
    "content",
    [b"", NAMED.encode(), NAMED.encode("utf-8-sig"), NAMED.replace("\n", "\r\n").encode()],
)
def test_what_is_utf8_is_read(type_in, warehouse, content: bytes) -> None:
    warehouse.settings.write_bytes(content)
    assert type_in("status")[::2] == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (NAMED.encode("utf-16"), "it is UTF-16, not UTF-8; save it as UTF-8"),
        (
            NAMED.encode("cp1252"),
            "line 2: cannot be read: its encoding is not UTF-8 but prob",
        ),
        (bytes(100), "is not TOML"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "its encoding is not UTF-8"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "is not TOML: nested too deeply"),
        (b"a = " + b"{ b = " * 5000 + b"1" + b" }" * 5000, "is not TOML: nested too deeply"),
        (b".".join([b"a"] * 5000) + b" = 1", "unknown key a"),
        (b"[" + b".".join([b"clusters"] * 5000) + b"]\nk = 1", "unknown key clusters.clusters"),
        (b"k = " + b"9" * 5000, "is not TOML: Exceeds the limit"),
        (b"x" * 2**20 + b" = 1", "larger than 1 MB"),
        (b"k" * 5000 + b" = 1", "unknown key kkkk"),
        (b'[clusters]\nk = "' + b"x" * 5000 + b'"', "line 2: clusters.k = "),
        (b"[clusters]\nk = [" + b"1, " * 5000 + b"]", "line 2: clusters.k = [1, 1,"),
        (b"[clusters]\nk = 0\n[dataset]\nlayout = '''\n[a b]\nc d = 1\n'''", "line 2: clusters.k"),
        (b"clusters = 1979-05-27", "clusters = "),
        (b'[muscles]\nfile = "a\\u0000b"', 'line 2: muscles.file = "a\\u0000b" is wrong'),
        (b'[dataset.expressions]\n"a\\u0301" = "neutral"\n"\xc3\xa1" = "anger"', "there twice"),
        (b'[dataset.supervised]\n"00" = false\n"00\\u200b" = true', "there twice"),
    ],
)
@pytest.mark.parametrize("command", ["status", "build"])
def test_what_cannot_be_read_is_refused_in_a_line(
    type_in, warehouse, content: bytes, said: str, command: str
) -> None:
    warehouse.settings.write_bytes(content)

    code, _, err = type_in(command)

    assert code == 2
    assert err.startswith("error: lakehouse.toml")
    assert said in err
    assert len(err) < 450


@pytest.mark.parametrize(
    "text",
    [
        "[statistics]\npermutations = 1000000000000000000000",
        "[statistics]\nbootstraps = 1000000000000000000000",
        "[statistics]\nseed = 4294967296",
        "[clusters]\nk = 469",
        "[clusters]\nseed = 4294967296",
        "[quality]\nphotos_per_mask = 10001",
        "[quality]\nmax_faces = 1001",
        "[quality]\nmax_yaw = 181",
        "[quality]\nmax_pitch = 1e300",
        "[quality]\nmin_face_height = 1e6",
        "[detection]\nmin_presence_confidence = 1.1",
        "[instruments.dbi]\nmax = 1e300",
        "[instruments.dbi]\nmin = -1e10",
        f"[instruments.dbi]\nmax = 1{'0' * 400}",
        f"[instruments.dbi]\nname = '{'x' * 1001}'",
        f"[instruments.{'x' * 61}]\nname = 'x'\nmin = 0\nmax = 1",
        f"[dataset]\nlayout = '{'x' * 1001}'",
        f"[muscles]\nfile = '{'x' * 4097}'",
        f"[statistics]\ncovariates = {[f'c{number}' for number in range(101)]}",
        "[dataset.expressions]\n" + "\n".join(f"{code} = 'neutral'" for code in range(101)),
    ],
)
def test_settings_have_upper_bounds(type_in, warehouse, text: str) -> None:
    warehouse.settings.write_text(text)

    code, _, err = type_in("status")

    assert code == 2
    assert "is wrong: " in err
    assert len(err) < 450


def test_every_number_in_the_settings_has_an_upper_bound(type_in, warehouse) -> None:
    """Whatever number is there by default, an absurd one in its place is refused."""
    assert type_in("init")[0] == 0
    text = warehouse.settings.read_text(encoding="utf-8")
    lines = text.splitlines()
    numbers = [
        at
        for at, line in enumerate(lines)
        if not line.startswith("#") and line.rpartition(" = ")[2].replace(".", "").isdigit()
    ]
    assert len(numbers) > 20
    for at in numbers:
        key = lines[at].partition(" = ")[0]
        absurd = [*lines[:at], f"{key} = 1{'0' * 21}", *lines[at + 1 :]]
        warehouse.settings.write_text("\n".join(absurd), encoding="utf-8")
        code, _, err = type_in("status")
        assert (code, f"line {at + 1}: " in err) == (2, True), lines[at]


def folder(path: Path) -> None:
    path.mkdir()


NO_FILES = [
    (fifo, "a named pipe"),
    (listening, "a socket"),
    (zero, "a device"),
    (folder, "a fol"),
]


@pytest.mark.parametrize("command", ["status", "build", "check", "scores table.csv"])
@pytest.mark.parametrize(("make", "said"), NO_FILES)
def test_settings_that_are_no_file_are_not_waited_for(
    type_in, warehouse, command: str, make: Callable[[Path], None], said: str
) -> None:
    Path("table.csv").write_text("id,dbi\n1,2\n")
    make(warehouse.settings)

    code, _, err = type_in(*command.split())

    # `check` needs no settings.
    assert code == (1 if command == "check" else 2)
    assert said in err or command == "check"


@pytest.mark.parametrize(
    "command", ["check", "tables", "sql select(1)", "correlations", "export --out x"]
)
@pytest.mark.parametrize(("make", "said"), NO_FILES)
def test_a_database_that_is_no_file_is_not_waited_for(
    type_in, warehouse, command: str, make: Callable[[Path], None], said: str
) -> None:
    make(warehouse.database)

    code, _, err = type_in(*command.split())

    assert code == 1
    assert said in err
    assert "lakehouse.duckdb" in err


@pytest.mark.parametrize(("make", "said"), NO_FILES)
def test_the_status_of_a_database_that_is_no_file_is_told(
    type_in, warehouse, make: Callable[[Path], None], said: str
) -> None:
    make(warehouse.database)
    assert type_in("status")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize(("make", "said"), NO_FILES)
def test_muscles_that_are_no_file_are_not_waited_for(
    type_in, warehouse, make: Callable[[Path], None], said: str
) -> None:
    warehouse.settings.write_text('[muscles]\nfile = "own.csv"\n')
    make(warehouse.root / "own.csv")

    assert type_in("status")[0] == 0
    code, _, err = type_in("build")

    assert code == 1
    assert f"own.csv: cannot be read ({said}" in err
    assert "correct file in [muscles]" in err


@pytest.mark.parametrize("target", ["nowhere.toml", "lakehouse.toml"])
def test_settings_that_are_a_link_to_nothing_are_no_defaults(
    type_in, warehouse, target: str
) -> None:
    warehouse.settings.symlink_to(target)
    code, _, err = type_in("status")
    assert code == 2
    assert "lakehouse.toml: " in err


@pytest.mark.parametrize("name", ["extraction.json", "detection.json"])
@pytest.mark.parametrize(("make", "said"), NO_FILES)
def test_notes_that_are_no_file_are_not_waited_for(
    type_in, warehouse, name: str, make: Callable[[Path], None], said: str
) -> None:
    make(warehouse.root / name)
    assert type_in("status")[0] == 0


@pytest.mark.parametrize(("make", "said"), NO_FILES)
def test_landmarks_that_are_no_file_are_not_waited_for(
    type_in, tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    (tmp_path / "tree/00/00/1").mkdir(parents=True)
    make(tmp_path / "tree/00/00/1/data-lms-1.csv")

    code, _, err = type_in("import-landmarks", "tree")

    assert code == 1
    assert "holds no landmarks to import" in err


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@example(content=b"\xef\xbb\xbf")
@example(content=b'a = "\\ud800"')
@example(content=b"[a]\n[a]")
@example(content=b"a.b = 1\na = 2")
@example(content=b"[instruments]\ndbi = 3")
@example(content=b"[[instruments.dbi]]\nmin = 1")
@example(content=b"instruments = []")
def test_any_bytes_end_in_a_line(type_in, warehouse, content: bytes) -> None:
    warehouse.settings.write_bytes(content)

    code, _, err = type_in("status")

    assert code in (0, 2)
    assert len(err) < 450
