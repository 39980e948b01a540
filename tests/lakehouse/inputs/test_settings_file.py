import re
from pathlib import Path

import pytest

from lakehouse.errors import SettingsError
from lakehouse.inputs.settings_file import load_settings
from lakehouse.settings import Settings
from lakehouse.settings.dataset import Dataset
from lakehouse.settings.text import settings_text

PROCRUSTES = '[alignment]\nmethod = "procrustes"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lakehouse.toml"


def loaded(file: Path, text: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def refused(file: Path, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as raised:
        loaded(file, text)
    assert "\n" not in str(raised.value)
    return raised.value


def test_a_file_changes_what_it_names_and_nothing_else(file: Path) -> None:
    settings = loaded(file, '[quality]\nphotos_per_mask = "any"\n[clusters]\nk = 4\n')

    expected = Settings().model_dump()
    expected["quality"]["photos_per_mask"] = "any"
    expected["clusters"]["k"] = 4
    assert settings.model_dump() == expected


def test_an_empty_file_is_all_defaults(file: Path) -> None:
    assert loaded(file, "") == Settings()


def test_expressions_replace_the_studys_list(file: Path) -> None:
    settings = loaded(file, '[dataset.expressions]\nn = "neutral"\nsad = "sadness"\n')

    assert settings.dataset.expressions == {"n": "neutral", "sad": "sadness"}


def test_another_expression_may_be_what_all_are_compared_with(file: Path) -> None:
    settings = loaded(file, '[dataset]\nneutral = "calm"\n[dataset.expressions]\nc = "calm"\n')

    assert settings.dataset.expression_codes() == {"calm": "00"}


@pytest.mark.parametrize(
    ("text", "line", "value", "message"),
    [
        (
            '[dataset]\nlayout = "{expression}/{participant}"\n'
            '[dataset.expressions]\ns = "sadness"\nh = "happiness"\n',
            1,
            "neutral",
            "dataset.expressions does not list it; list it there, or set another under [dataset], "
            'such as neutral = "sadness"',
        ),
        ('[dataset.expressions]\ns = "sadness"\n', None, "neutral", "does not list it"),
        ('[dataset]\nneutral = "calm"\n', 2, "calm", 'such as neutral = "neutral"'),
        (
            '[dataset.expressions]\ns = "sadness"\nn = "neutral"\n',
            None,
            "neutral",
            "it must be the first of dataset.expressions, where sadness is; move neutral up",
        ),
        (
            f'{PROCRUSTES}[quality]\nreference = "canonical"\n'
            '[dataset.expressions]\ns = "sadness"\nn = "neutral"\n',
            None,
            "neutral",
            "it must be the first of dataset.expressions, where sadness is; move neutral up",
        ),
        (
            f'{PROCRUSTES}[quality]\nreference = "mean"\n[dataset.expressions]\ns = "sadness"\n',
            None,
            "neutral",
            "does not list it",
        ),
    ],
)
def test_what_all_are_compared_with_is_asked_for(
    file: Path, text: str, line: int | None, value: str, message: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        loaded(file, text)

    where = f"lakehouse.toml, line {line}" if line else "lakehouse.toml"
    said = str(raised.value)
    assert said.startswith(f'{where}: dataset.neutral = "{value}" is wrong: ')
    assert message in said


def test_an_instruments_range_can_be_widened_without_naming_the_rest(file: Path) -> None:
    settings = loaded(file, "[instruments.dbi]\nmax = 84\n")

    assert settings.instruments["dbi"].model_dump() == {
        "name": "Beck Depression Inventory",
        "min": 0,
        "max": 84,
        "reliability": None,
    }
    assert settings.instruments.keys() == Settings().instruments.keys()


def test_a_new_instrument_stands_beside_the_studys(file: Path) -> None:
    settings = loaded(file, '[instruments.phq]\nname = "Patient Health"\nmin = 0\nmax = 27\n')

    assert settings.instruments.keys() == {*Settings().instruments, "phq"}
    assert settings.instruments["phq"].max == 27


@pytest.mark.parametrize(
    "variable", ["CLUSTERS", "clusters", "CLUSTERS__K", "LAKEHOUSE_CLUSTERS", "QUALITY", "quality"]
)
def test_the_environment_changes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, '{"k": 3, "max_faces": 9}')

    assert loaded(file, "[clusters]\nseed = 1\n") == Settings.model_validate(
        {"clusters": {"seed": 1}}
    )


def test_a_dotenv_file_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    Path(".env").write_text('CLUSTERS={"k": 3}\n')

    assert loaded(file, "[clusters]\nseed = 1\n").clusters.k == 6


@pytest.mark.parametrize(
    ("text", "line", "key", "reason"),
    [
        ("[clusters]\nseed = 1\nk = 0\n", 3, "clusters.k = 0", "greater than or equal to 1"),
        ('[clusters]\nk = "six"\n', 2, 'clusters.k = "six"', "integer"),
        ('[muscles]\nfile = ""\n', 2, 'muscles.file = ""', "at least 1"),
        ("[muscles]\nfile = 3\n", 2, "muscles.file = 3", "string"),
        (
            "[dataset]\nlayout_regex = '('\n",
            2,
            'dataset.layout_regex = "("',
            "is no regular expression",
        ),
        (
            "[dataset]\nlayout_regex = '[[a]'\n",
            2,
            'dataset.layout_regex = "[[a]"',
            "Possible nested set",
        ),
        ("[clusters]\nk = 2.5\n", 2, "clusters.k = 2.5", "integer"),
        ("clusters.k = 0\n", 1, "clusters.k = 0", "greater than or equal to 1"),
        ("[clusters]\nseed = -1\n", 2, "clusters.seed = -1", "greater than or equal to 0"),
        ("[distance]\n\n# two or three\ndimensions = 4\n", 4, "distance.dimensions = 4", "2 or 3"),
        ('[alignment]\nmethod = "best"\n', 2, 'alignment.method = "best"', "procrustes"),
        ('[quality]\nmasks = "some"\n', 2, 'quality.masks = "some"', "'all' or 'neutral'"),
        ("[quality]\nmax_faces = 0\n", 2, "quality.max_faces = 0", "greater than or equal to 1"),
        ("[quality]\nphotos_per_mask = 0\n", 2, "quality.photos_per_mask = 0", "1"),
        ('[quality]\nphotos_per_mask = "two"\n', 2, 'quality.photos_per_mask = "two"', "any"),
        (
            "[detection]\nmin_presence_confidence = 1.2\n",
            2,
            "detection.min_presence_confidence = 1.2",
            "less than or equal to 1",
        ),
        (
            '[dataset.expressions]\n"00" = "neutral"\n"01" = "Big Smile"\n',
            3,
            'dataset.expressions.01 = "Big Smile"',
            "pattern",
        ),
        ("[dataset.expressions]\n", 1, "dataset.expressions = {}", "at least 1"),
        ('[dataset.supervised]\n"02" = 7\n', 2, "dataset.supervised.02 = 7", "boolean"),
        ("[instruments.dbi]\nmin = 63\n", 1, "instruments.dbi", "min (63) is not below max (63)"),
        ('[instruments.phq]\nname = "Health"\nmin = 0\n', 1, "instruments.phq.max", "required"),
        ('[instruments.dbi]\nmax = "x"\n', 2, 'instruments.dbi.max = "x"', "number"),
        ("quality = 3\n", 1, "quality = 3", "dictionary"),
        ("[statistics]\npermutations = -1\n", 2, "statistics.permutations = -1", "equal to 0"),
        (
            '[statistics]\nseed = 1\ncovariates = ["age", "Sex"]\n',
            3,
            'statistics.covariates.1 = "Sex"',
            "pattern",
        ),
        (
            '[statistics]\ncovariates = ["age", "age"]\n',
            2,
            'statistics.covariates = ["age", "age"]',
            "listed twice",
        ),
        ("[statistics]\nfewest = 2\n", 2, "statistics.fewest = 2", "equal to 3"),
        ('[statistics]\nblocks = "pitch"\n', 2, 'statistics.blocks = "pitch"', "head's pose"),
        ('[instruments.PHQ]\nname = "H"\nmin = 0\nmax = 1\n', 1, "instruments.PHQ", "pattern"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_the_reason(
    file: Path, text: str, line: int, key: str, reason: str
) -> None:
    error = refused(file, text)

    assert error.where == f"lakehouse.toml, line {line}"
    assert error.what.startswith(key)
    assert reason in error.what


@pytest.mark.parametrize(
    ("text", "line", "key", "known"),
    [
        ("[clusters]\nk = 5\nkk = 6\n", 3, "clusters.kk", "k, seed"),
        ("[cluster]\nk = 5\n", 1, "cluster", "dataset, detection, quality, alignment, distance, "),
        ("[quality]\nmask = 'all'\n", 2, "quality.mask", "reference, photos_per_mask, masks"),
        ("k = 5\n", 1, "k", "dataset, detection, "),
        ("[instruments.dbi]\nmax = 63\nmaximum = 63\n", 3, "instruments.dbi.maximum", "name, min"),
    ],
)
def test_an_unknown_key_is_named_with_its_line_and_the_known_ones(
    file: Path, text: str, line: int, key: str, known: str
) -> None:
    error = refused(file, text)

    assert error.where == f"lakehouse.toml, line {line}"
    assert error.what == f"unknown key {key}"
    assert error.fix is not None
    assert error.fix.startswith(f"known here: {known}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[clusters]\nk = true\n", "clusters.k"),
        ('[clusters]\nk = "6"\n', "clusters.k"),
        ('[dataset.supervised]\n"00" = "yes"\n', "dataset.supervised.00"),
        ('[instruments.dbi]\nmax = "63"\n', "instruments.dbi.max"),
        ("[instruments.dbi]\nmin = nan\n", "instruments.dbi"),
        ("[instruments.dbi]\nmax = inf\n", "instruments.dbi"),
    ],
)
def test_a_value_of_another_type_is_not_taken_for_what_it_may_mean(
    file: Path, text: str, value: str
) -> None:
    assert refused(file, text).what.startswith(value)


def test_what_is_not_toml_is_named_with_its_line(file: Path) -> None:
    error = refused(file, "[clusters]\nk =\n")

    assert "is not TOML" in error.what
    assert "line 2" in str(error)


def test_text_in_another_encoding_is_refused(file: Path) -> None:
    file.write_bytes('[instruments.dbi]\nname = "Inventário"\n'.encode("latin-1"))

    with pytest.raises(SettingsError, match=r"line 2: cannot be read: .*; save it as UTF-8"):
        load_settings(file)


def test_a_folder_in_place_of_the_file_is_refused(file: Path) -> None:
    file.mkdir()

    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(file)


OTHER_STUDY = {
    "dataset": {
        "layout": "{participant}.{expression}",
        "neutral": "calm",
        "expressions": {"cal m": "calm", 'quo"ted': "happiness", "ação": "wink", "a.b": "sad_ness"},
        "supervised": {},
        "sequence": {"neutral": 0, "apex": 5},
    },
    "detection": {"min_detection_confidence": 0.25},
    "quality": {"photos_per_mask": "any", "masks": "neutral", "max_faces": 3},
    "alignment": {"method": "procrustes"},
    "distance": {"dimensions": 3},
    "muscles": {"file": "my muscles/ação.csv"},
    "statistics": {"permutations": 0, "covariates": ["age", "sex"]},
    "instruments": {"phq": {"name": 'Quest "9" \\ ção', "min": -1.5, "max": 27}},
}


@pytest.mark.parametrize(
    "settings", [Settings(), Settings.model_validate(OTHER_STUDY)], ids=["study", "other"]
)
def test_settings_written_are_read_back(file: Path, settings: Settings) -> None:
    assert loaded(file, settings_text(settings)) == settings


def test_what_is_absent_is_written_as_a_comment_with_an_example(file: Path) -> None:
    text = settings_text(Settings())

    [example] = [line for line in text.splitlines() if line.startswith("# file = ")]
    assert loaded(file, text.replace(example, example.removeprefix("# "))).muscles.file == (
        "muscles.csv"
    )


def test_every_example_loads_where_its_comment_is_made_a_setting(file: Path) -> None:
    lines = settings_text(Settings()).splitlines()
    examples = [at for at, line in enumerate(lines) if re.match(r"# [a-z_]+ = ", line)]

    assert len(examples) >= 6 + len(Settings().instruments)
    for at in examples:
        changed = [*lines[:at], lines[at].removeprefix("# "), *lines[at + 1 :]]
        if "labels = " in lines[at]:
            # They are of sequences, which the default layout has not.
            layout = 'layout = "{participant}/{sequence}/{frame}"'
            changed[lines.index(f'layout = "{Settings().dataset.layout}"')] = layout
        assert loaded(file, "\n".join(changed)) != Settings(), lines[at]


def test_every_key_is_written_with_a_line_on_what_it_does() -> None:
    lines = settings_text(Settings()).splitlines()

    sections = {name: getattr(Settings(), name) for name in Settings.model_fields}
    del sections["instruments"], sections["measures"]
    below = {
        "dataset.sequence": Settings().dataset.sequence,
        "statistics.primary": Settings().statistics.primary,
    }
    for section, held in (sections | below).items():
        start = lines.index(f"[{section}]")
        for name in type(held).model_fields:
            at = next(
                number
                for number, line in enumerate(lines)
                if number > start
                # A key that is absent by default is a comment with an example.
                if line.removeprefix("# ").startswith(f"{name} = ") or line == f"[{section}.{name}]"
            )
            assert lines[at - 1].startswith("# ")
            assert len(lines[at - 1]) > 10
    assert [line for line in lines if line.startswith("[instruments.")] == [
        f"[instruments.{name}]" for name in Settings().instruments
    ]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[quality]\nreference = "canonical"\n', 2, 'quality.reference = "canonical" is wrong'),
        (
            '[alignment]\nmethod = "neutral_scale"\n[quality]\nreference = "mean"\n',
            4,
            'quality.reference = "mean" is wrong',
        ),
        (
            '[dataset]\nidentity = "photo"\n[quality]\nphotos_per_mask = 3\n',
            2,
            'dataset.identity = "photo" is wrong',
        ),
        (
            '[quality]\nmasks = "all"\n[dataset]\nidentity = "photo"\n',
            4,
            'dataset.identity = "photo" is wrong',
        ),
    ],
)
def test_settings_that_contradict_each_other_are_refused_in_a_line_that_says_what_to_change(
    file: Path, text: str, line: int, what: str
) -> None:
    error = refused(file, text)

    assert error.where == f"lakehouse.toml, line {line}"
    assert error.what.startswith(what)
    assert "; set " in error.what


@pytest.mark.parametrize("reference", ["own", "mean", "canonical"])
def test_every_reference_goes_with_procrustes(file: Path, reference: str) -> None:
    settings = loaded(file, f'{PROCRUSTES}[quality]\nreference = "{reference}"\n')

    assert settings.quality.reference == reference


def test_without_identity_the_defaults_are_what_a_photograph_can_meet(file: Path) -> None:
    assert (
        loaded(file, '[dataset]\nidentity = "photo"\n').quality
        == Settings(dataset=Dataset(identity="photo")).quality
    )
    quality = loaded(file, '[dataset]\nidentity = "photo"\n[quality]\nmax_yaw = 20\n').quality
    assert (quality.photos_per_mask, quality.masks, quality.max_yaw) == ("any", "neutral", 20)
    quality = loaded(
        file, '[quality]\nphotos_per_mask = 1\n[dataset]\nidentity = "photo"\n'
    ).quality
    assert (quality.photos_per_mask, quality.masks) == (1, "neutral")


def test_the_code_of_the_neutral_expression_is_kept_where_nobody_shows_it(file: Path) -> None:
    listed = '[dataset.expressions]\nhap = "happiness"\nsad = "sadness"\n'
    canonical = f'{PROCRUSTES}[quality]\nreference = "canonical"\n'

    assert loaded(file, canonical + listed).expression_codes() == {
        "happiness": "01",
        "sadness": "02",
    }
    assert loaded(file, canonical).expression_codes()["neutral"] == "00"
    smiling = '[dataset]\nneutral = "happiness"\n'
    for text in (smiling + listed, canonical + smiling + listed):
        assert loaded(file, text).expression_codes() == {"happiness": "00", "sadness": "01"}


def test_a_hundred_expressions_leave_no_code_for_a_neutral_one_that_is_not_listed(
    file: Path,
) -> None:
    canonical = f'{PROCRUSTES}[quality]\nreference = "canonical"\n[dataset.expressions]\n'
    listed = [f'"{number}" = "smile_{number}"\n' for number in range(100)]

    assert "99" in loaded(file, canonical + "".join(listed[1:])).expression_codes().values()
    assert "leave no code of two digits" in refused(file, canonical + "".join(listed)).what


def test_columns_of_manifests_are_named_by_field(file: Path) -> None:
    settings = loaded(file, '[dataset.columns]\npath = " Image "\nsupervised = ""\n')

    assert settings.dataset.columns == {"path": "Image", "supervised": ""}
    assert loaded(file, settings_text(settings)) == settings
    unknown = refused(file, '[dataset.columns]\nimge = "a"\n')
    assert (unknown.where, unknown.what) == (
        "lakehouse.toml, line 2",
        "dataset.columns.imge = \"imge\" is wrong: Input should be 'path', 'participant', "
        "'expression', 'supervised', 'photo' or 'video'",
    )
    assert "no column is named for path" in refused(file, '[dataset.columns]\npath = " "\n').what
