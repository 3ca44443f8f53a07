"""What the QR code of a paper carries, so that a phone without a connection can check it.

A payload is text in the alphabet of base32 (A-Z, 2-7), which a QR code holds with 5.5 bits a sign:

    version 1 byte | length of what is signed 2 | key 4 | issued 2 | until 2 | digest 16 | texts | signature 64

The days count from 2000-01-01; `until` 0 is no end. The texts are number, title, name and code, a
line each, in GBK (version 1) or, where a character is not in it, in UTF-8 (version 2). The signature
is Ed25519 over DOMAIN and everything before it. static/js/paper-check.js reads the same.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from core.i18n import _l

#: So that a signature made here is worth nothing anywhere else.
DOMAIN = b"district paper 1\n"
ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
FIRST_DAY = date(2000, 1, 1)
ENCODINGS = {1: "gbk", 2: "utf-8"}
HEAD, SIGNATURE, DIGEST, KEY = 27, 64, 16, 4


class Flaw(StrEnum):
    """Why a payload is refused."""

    FOREIGN = "foreign"
    TRUNCATED = "truncated"
    UNKNOWN_KEY = "unknown_key"
    TAMPERED = "tampered"
    KEY_NOT_IN_USE = "key_not_in_use"
    KEY_WITHDRAWN = "key_withdrawn"

    @property
    def label(self) -> str:
        return str(FLAWS[self])


FLAWS = {
    Flaw.FOREIGN: _l("This is not the QR code of a paper of this office."),
    Flaw.TRUNCATED: _l("A part of the QR code is missing. Please scan the whole code again."),
    Flaw.UNKNOWN_KEY: _l("It is signed with a key that is not this office's."),
    Flaw.TAMPERED: _l("The signature does not fit: what the code says was changed."),
    Flaw.KEY_NOT_IN_USE: _l("The key was not in use on the day the code names as day of issue."),
    Flaw.KEY_WITHDRAWN: _l(
        "The key was withdrawn, so its signature proves nothing. Verify the paper by its number."
    ),
}


class Refused(ValueError):
    """A payload that proves nothing; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True)
class Payload:
    """What is signed. `digest` are the first 16 bytes of `digest_of` the certified facts."""

    number: str
    title: str
    name: str
    code: str
    issued_on: date
    valid_until: date | None
    digest: bytes
    key_id: str

    def spoken(self) -> bytes:
        """Return the bytes that are signed."""
        text = f"{self.number}\n{self.title}\n{self.name}\n{self.code}"
        version, body = _encoded(text)
        head = (
            bytes.fromhex(self.key_id)
            + _days(self.issued_on)
            + (_days(self.valid_until) if self.valid_until else b"\0\0")
            + self.digest
        )
        content = head + body
        return bytes((version,)) + len(content).to_bytes(2, "big") + content


def digest_of(facts: Mapping[str, Any]) -> bytes:
    """Return 16 bytes that change with any of the certified facts (as JSON keeps them)."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()[:DIGEST]


def written(spoken: bytes, signature: bytes) -> str:
    """Return the payload as the QR code carries it."""
    return base64.b32encode(spoken + signature).decode().rstrip("=")


def taken_apart(text: str) -> tuple[Payload, bytes, bytes]:
    """Return what a payload says, the bytes that are signed, and the signature; unchecked.

    Raises Refused: FOREIGN for what was never a payload, TRUNCATED for a part of one.
    """
    plain = text.strip().upper()
    if not plain or not set(plain) <= ALPHABET:
        raise Refused(Flaw.FOREIGN)
    try:
        raw = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except binascii.Error:  # it breaks off where no byte ends: read what is whole
        raw = base64.b32decode(plain[: len(plain) // 8 * 8])
    if len(raw) < 3:
        raise Refused(Flaw.TRUNCATED)
    length = int.from_bytes(raw[1:3], "big")
    if raw[0] not in ENCODINGS or length < HEAD - 3:
        raise Refused(Flaw.FOREIGN)
    if len(raw) < 3 + length + SIGNATURE:
        raise Refused(Flaw.TRUNCATED)
    spoken, signature = raw[: 3 + length], raw[3 + length :]
    if len(signature) > SIGNATURE:
        raise Refused(Flaw.TAMPERED)
    return _read(spoken), spoken, signature


def _read(spoken: bytes) -> Payload:
    try:
        number, title, name, code = spoken[HEAD:].decode(ENCODINGS[spoken[0]]).split("\n")
    except (UnicodeDecodeError, ValueError):
        raise Refused(Flaw.TAMPERED) from None
    until = spoken[9:11]
    return Payload(
        number=number,
        title=title,
        name=name,
        code=code,
        issued_on=_day(spoken[7:9]),
        valid_until=_day(until) if any(until) else None,
        digest=spoken[11:HEAD],
        key_id=spoken[3:7].hex(),
    )


def _encoded(text: str) -> tuple[int, bytes]:
    try:
        return 1, text.encode("gbk")
    except UnicodeEncodeError:
        return 2, text.encode()


def _days(day: date) -> bytes:
    return (day - FIRST_DAY).days.to_bytes(2, "big")


def _day(days: bytes) -> date:
    return FIRST_DAY + timedelta(days=int.from_bytes(days, "big"))
