import pytest

from lakehouse.dataset.manifest_file import parsed_map
from lakehouse.errors import UsageError


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        ([], {}),
        (
            ["path=image,participant=user.id,expression=emotion"],
            {"path": "image", "participant": "user.id", "expression": "emotion"},
        ),
        (["path=image", "photo = Nr. 1"], {"path": "image", "photo": "Nr. 1"}),
        (["PATH=Image , Photo= x"], {"path": "Image", "photo": "x"}),
        (
            ['participant="Name, first",path=a'],
            {"participant": "Name, first", "path": "a"},
        ),
        (
            ['"participant=Name, first",path=a'],
            {"participant": "Name, first", "path": "a"},
        ),
        (
            ["participant=Name, first", "path=a"],
            {"participant": "Name, first", "path": "a"},
        ),
        (['path="a=b",photo=c=d'], {"path": "a=b", "photo": "c=d"}),
        (['path="a ""b"""'], {"path": 'a "b"'}),
        (["supervised=,path=a"], {"supervised": "", "path": "a"}),
        (["path=a,photo="], {"path": "a", "photo": ""}),
        (["path=co\u0301digo"], {"path": "código"}),
    ],
)
def test_columns_are_named_by_field(options: list[str], columns: dict[str, str]) -> None:
    assert parsed_map(options) == columns


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["image"], "--map: is image, which names no field; give FIELD=COLUMN"),
        ([""], "--map: is , which names no field"),
        (["pth=image"], "names no field pth; fields are path, participant, expression"),
        (["path=a,partcipant=b"], "names no field partcipant"),
        (["=a"], "names no field ; fields are"),
        (["path=a,path=b"], "names two columns for path, a and b"),
        (["path=a", "Path=a"], "names two columns for path, a and a"),
        (["path="], "names no column for path; give path=COLUMN"),
        (["participant=\u200b"], "names no column for participant"),
    ],
)
def test_what_names_no_column_is_refused(options: list[str], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        parsed_map(options)
    assert message in str(refused.value)
