import pytest

from lakehouse.files import at_work


@pytest.fixture(autouse=True)
def notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the process note anew: what others hold open, or kills that tests play, left notes."""
    monkeypatch.setattr(at_work, "_notes", at_work._Notes())
