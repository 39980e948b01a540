"""Every kind of files that can be chosen is known, and nothing is known that cannot be chosen."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from lakehouse.exporting import formats
from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.formats import format_of


def test_each_choice_has_its_module():
    assert {module.name for module in iter_modules(formats.__path__)} == set(ExportFormat)


@pytest.mark.parametrize("choice", ExportFormat)
def test_what_is_known_is_of_the_choice(choice):
    assert format_of(choice) is import_module(f"lakehouse.exporting.formats.{choice}").FORMAT
    assert "/" in format_of(choice).media_type


def test_media_types_tell_the_formats_apart():
    assert len({format_of(choice).media_type for choice in ExportFormat}) == len(ExportFormat)
