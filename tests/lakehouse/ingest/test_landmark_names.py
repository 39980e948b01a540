import pytest

from lakehouse.ingest.landmark_names import Kind, kind_and_stem, photograph_named


@pytest.mark.parametrize(
    ("path", "kind", "stem"),
    [
        ("00/01/7/data-lms-1.csv", Kind.DATA, "00/01/7/1"),
        ("DATA-LMS-a b.CSV", Kind.DATA, "a b"),
        ("7/error-1.csv", Kind.ERROR, "7/1"),
        ("7/error-lms-1.csv", Kind.ERROR, "7/1"),
        ("7/mean-lms-7.csv", Kind.MEAN, "7/7"),
        ("7/1.JPG", Kind.PICTURE, "7/1.JPG"),
        ("7/1.csv", Kind.OTHER, "7/1.csv"),
        ("faces.json", Kind.OTHER, "faces.json"),
    ],
)
def test_a_name_says_what_a_file_is(path: str, kind: Kind, stem: str) -> None:
    found, rest = kind_and_stem(path)
    assert found is kind
    if kind is not Kind.MEAN:
        assert rest == stem


@pytest.mark.parametrize(
    ("path", "photograph"),
    [
        ("7/a/data-lms-3.csv", "7/a/3"),
        ("7/a/error-3.csv", "7/a/3"),
        ("7/a/3.csv", "7/a/3"),
        ("7/a/3.jpg.json", "7/a/3.jpg"),
        ("7/a/3.NPY", "7/a/3"),
        ("7/a/3.jpg", "7/a/3.jpg"),
        ("7/a.json/3", "7/a.json/3"),
        ("3", "3"),
    ],
)
def test_the_photograph_of_a_file_of_landmarks(path: str, photograph: str) -> None:
    assert photograph_named(path) == photograph
