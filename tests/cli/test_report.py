"""`lakehouse report`."""

import json
import re

import pytest


@pytest.fixture
def written(lakehouse, small_warehouse, tmp_path):
    """Write a report with options, and give the answer and the page's text."""

    def write(*options):
        page = tmp_path / "page.html"
        answer = lakehouse("--warehouse", small_warehouse.root, "report", "--out", page, *options)
        return answer, page.read_text(encoding="utf-8") if page.exists() else ""

    return write


@pytest.mark.slow
def test_the_page_is_named_and_opens_in_the_language(written, tmp_path):
    answer, page = written("--language", "pt")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"written: {tmp_path / 'page.html'}\n"
    assert page.startswith('<!doctype html>\n<html lang="pt-BR" data-language="pt"')
    assert re.search(r"<option value=\"pt\"[^>]*>Português</option><option value=\"en\"", page)


@pytest.mark.slow
def test_as_json(written, tmp_path):
    answer, page = written("--json")

    found = json.loads(answer.out)
    assert found["page"] == str(tmp_path / "page.html")
    assert found["bytes"] == len(page.encode())
    assert found["figures"] == []


def test_without_a_warehouse_nothing_is_written(lakehouse, tmp_path):
    answer = lakehouse("--warehouse", tmp_path / "none", "report")

    assert answer.code != 0
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_a_folder_is_no_page(lakehouse, small_warehouse, tmp_path):
    answer = lakehouse("--warehouse", small_warehouse.root, "report", "--out", tmp_path)

    assert answer.code == 2
    assert str(tmp_path) in answer.err


def test_a_folder_of_photographs_must_be_there(lakehouse, small_warehouse, tmp_path):
    answer = lakehouse(
        *("--warehouse", small_warehouse.root, "report", "--out", tmp_path / "page.html"),
        *("--photographs", tmp_path / "nowhere"),
    )

    assert answer.code == 2
    assert "nowhere" in answer.err
    assert not (tmp_path / "page.html").exists()


@pytest.mark.slow
def test_a_video_that_cannot_be_shown_is_named_and_the_page_written(
    lakehouse, filmed_study, tmp_path
):
    (tmp_path / "videos").mkdir()
    answer = lakehouse(
        *("--warehouse", filmed_study / "warehouse", "report", "--out", tmp_path / "page.html"),
        *("--photographs", tmp_path / "videos"),
    )
    assert answer.code == 0
    assert re.fullmatch(
        r"(error: )?not shown: \w/.+\.mp4: cannot be read \(No such file or directory\)\n",
        answer.err,
    )
    assert (tmp_path / "page.html").stat().st_size > 700_000
