"""Personal data at rest: readable with the key of the house only, and only unchanged."""

import base64

import pytest

from core.crypto import Unreadable, blind_index, decrypt, encrypt, key_id, masked

OTHER = bytes(range(32))


def test_what_is_encrypted_comes_back_and_never_looks_the_same(app):
    first, second = encrypt("510104198503071220"), encrypt("510104198503071220")
    assert first != second
    assert "510104" not in first
    assert decrypt(first) == decrypt(second) == "510104198503071220"


def test_another_key_reads_nothing_and_is_named(app):
    sealed = encrypt("秘密", master=OTHER)
    assert decrypt(sealed, master=OTHER) == "秘密"
    with pytest.raises(Unreadable, match=key_id(OTHER)):
        decrypt(sealed)


def test_a_changed_text_is_noticed(app):
    name, _dot, body = encrypt("13800000001").partition(".")
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(Unreadable, match="changed"):
        decrypt(f"{name}.{base64.urlsafe_b64encode(bytes(raw)).decode()}")


def test_equal_texts_are_found_without_being_read(app):
    assert blind_index(" 51010419850307122x ") == blind_index("51010419850307122X")
    assert blind_index("1") != blind_index("2")
    assert len(blind_index("1")) == 64


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("510104198503071220", "510104********1220"),
        ("13800000001", "138****0001"),
        ("123", "***"),
        ("12", "***"),
        ("", "***"),
    ],
)
def test_a_number_is_shown_masked(text, shown):
    assert masked(text) == shown
