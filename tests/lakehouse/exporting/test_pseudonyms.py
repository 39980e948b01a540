import hashlib
import hmac

import pytest

from lakehouse.errors import InputError, UsageError
from lakehouse.exporting.pseudonyms import KEY_VARIABLE, pseudonyms, read_key

KEY = b"0123456789abcdef"


def test_a_pseudonym_is_the_keyed_hash_of_the_id():
    expected = hmac.new(KEY, b"participant\x000870", hashlib.sha256).hexdigest()[:16]

    assert pseudonyms(["0870"], KEY, "participant") == {"0870": "p" + expected}
    assert pseudonyms(["0870"], KEY, "photo")["0870"][1:] != expected


def test_the_key_comes_from_the_file_or_the_environment(tmp_path, monkeypatch):
    (tmp_path / "key").write_bytes(KEY + b"\n")
    assert read_key(tmp_path / "key") == KEY

    monkeypatch.setenv(KEY_VARIABLE, "another key of enough bytes")
    assert read_key(None) == b"another key of enough bytes"


def test_no_key_or_a_short_one_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with pytest.raises(UsageError, match="has 0 bytes"):
        read_key(None)
    (tmp_path / "key").write_text("short")
    with pytest.raises(UsageError, match="has 5 bytes"):
        read_key(tmp_path / "key")
    with pytest.raises(InputError, match="cannot be read"):
        read_key(tmp_path / "none")
