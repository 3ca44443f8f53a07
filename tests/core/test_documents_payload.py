"""What the QR code carries: whole, or refused with its reason."""

import base64
from contextlib import suppress
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from core.documents import payload
from core.documents.payload import DOMAIN, Flaw, Payload, Refused

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
SAID = Payload(
    number="锦民社证〔2026〕00001号",
    title="社会团体法人登记证书（正本）",
    name="成都市锦江区社区公益服务促进会",
    code="51510104MJQ0000155",
    issued_on=date(2026, 3, 20),
    valid_until=date(2030, 3, 19),
    digest=bytes(range(16)),
    key_id="0a1b2c3d",
)

lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
days = st.dates(date(2000, 1, 2), date(2150, 1, 1))


def written(said: Payload) -> str:
    spoken = said.spoken()
    return payload.written(spoken, KEY.sign(DOMAIN + spoken))


@given(lines, lines, lines, days, st.none() | days)
def test_what_is_written_is_read(number, title, name, issued, until):
    said = Payload(number, title, name, "51", issued, until, bytes(16), "0a1b2c3d")
    read, spoken, signature = payload.taken_apart(written(said))
    assert read == said
    KEY.public_key().verify(signature, DOMAIN + spoken)


@pytest.mark.parametrize("name", ["龚䶮合唱队", "𠮷祥合唱队", "춤 동호회"])
def test_names_beyond_gbk_are_carried_too(name):
    said = Payload("1", "2", name, "3", date(2026, 1, 1), None, bytes(16), "0a1b2c3d")
    assert payload.taken_apart(written(said))[0].name == name


def test_it_is_as_small_as_a_code_on_paper_needs():
    text = written(SAID)
    assert len(text) <= 320
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def test_small_letters_and_white_space_do_not_matter():
    assert payload.taken_apart(f" {written(SAID).lower()}\n")[0] == SAID


@pytest.mark.parametrize("length", [*range(1, 12), 50, 100, 200, 300, -8, -3, -2])
def test_a_part_of_one_is_told_as_such(length):
    with pytest.raises(Refused) as refused:
        payload.taken_apart(written(SAID)[:length])
    assert refused.value.flaw is Flaw.TRUNCATED


@pytest.mark.parametrize("text", ["", "  ", "锦民社证", "1189", "HELLOWORLDHELLOWORLD", "A" * 400])
def test_what_was_never_one_is_told_as_such(text):
    with pytest.raises(Refused) as refused:
        payload.taken_apart(text)
    assert refused.value.flaw is Flaw.FOREIGN


def test_what_is_added_behind_is_no_part_of_it():
    spoken = SAID.spoken()
    with pytest.raises(Refused) as refused:
        payload.taken_apart(payload.written(spoken, bytes(65)))
    assert refused.value.flaw is Flaw.TAMPERED


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw):
    text = base64.b32encode(raw).decode().rstrip("=")
    with suppress(Refused):
        payload.taken_apart(text)


def test_the_digest_changes_with_every_fact():
    facts = {"name": "甲", "scope": "乙"}
    seen = {payload.digest_of(f) for f in (facts, {**facts, "scope": "丙"}, {"name": "甲"}, {})}
    assert len(seen) == 4
    assert {len(each) for each in seen} == {16}
