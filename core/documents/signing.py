"""The office's keys: papers are signed with the present one and checked against all there were."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from core import audit, clock
from core.accounts import Actor
from core.db import db
from core.documents import payload
from core.documents.models import SigningKey
from core.documents.payload import DOMAIN, Flaw, Payload, Refused
from core.errors import NotFound, RuleBroken, WrongState
from core.i18n import _


def new_key(*, by: Actor) -> SigningKey:
    """Make a key that signs from now on; the one before it signs no more, but stays published.

    The private half of the old key is destroyed: nothing can be signed with it again.
    """
    today = clock.today()
    before = present_key()
    if before is not None:
        _retire(before, today)
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = SigningKey(
        id=key_id(public),
        public=_text(public),
        private=_text(private.private_bytes_raw()),
        signs=True,
        active_from=today,
    )
    db.session.add(key)
    db.session.flush()
    changes = {"key": [before.id if before else None, key.id]}
    audit.record("signing_key:new", by=by, changes=changes)
    return key


def withdraw_key(name: str, *, reason: str, by: Actor) -> SigningKey:
    """Declare that a key's signatures prove nothing any more: its private half may be known.

    Raises NotFound, RuleBroken without a reason, WrongState where it was withdrawn before.
    """
    key = db.session.get(SigningKey, name)
    if key is None:
        raise NotFound(_("There is no such key."))
    if not reason.strip():
        raise RuleBroken(_("Please give the reason."), field="reason")
    if key.withdrawn_on is not None:
        raise WrongState(_("This key has been withdrawn already."))
    if key.signs:
        _retire(key, clock.today())
    key.withdrawn_on, key.withdrawn_reason = clock.today(), reason.strip()
    db.session.flush()
    changes = {"withdrawn_on": [None, key.withdrawn_on]}
    audit.record("signing_key:withdraw", by=by, changes=changes, note=f"{key.id}: {reason.strip()}")
    return key


def _retire(key: SigningKey, day: date) -> None:
    key.signs, key.private, key.active_until = None, None, day
    db.session.flush()


def present_key() -> SigningKey | None:
    """Return the key that signs now, or None where the operator has not made one yet."""
    return db.session.scalar(select(SigningKey).where(SigningKey.signs.is_(True)))


def list_keys() -> Sequence[SigningKey]:
    """Return every key there was, the newest first."""
    return db.session.scalars(
        select(SigningKey).order_by(SigningKey.made_at.desc(), SigningKey.id)
    ).all()


def key_id(public: bytes) -> str:
    """Return the eight hex digits that name a key."""
    return hashlib.sha256(public).hexdigest()[: 2 * payload.KEY]


def sign(
    *,
    number: str,
    title: str,
    facts: Mapping[str, Any],
    issued_on: date,
    valid_until: date | None,
) -> str | None:
    """Return the payload of a paper, signed with the present key; None where there is none."""
    key = present_key()
    if key is None or key.private is None:
        return None
    said = Payload(
        number=number,
        title=title,
        name=str(facts.get("name", "")).replace("\n", " "),
        code=str(facts.get("unified_code") or facts.get("filing_number") or ""),
        issued_on=issued_on,
        valid_until=valid_until,
        digest=payload.digest_of(facts),
        key_id=key.id,
    ).spoken()
    private = Ed25519PrivateKey.from_private_bytes(_raw(key.private))
    return payload.written(said, private.sign(DOMAIN + said))


def check(text: str) -> Payload:
    """Return what a payload says if this office signed it. Raises Refused with the reason."""
    said, spoken, signature = payload.taken_apart(text)
    key = db.session.get(SigningKey, said.key_id)
    if key is None:
        raise Refused(Flaw.UNKNOWN_KEY)
    try:
        Ed25519PublicKey.from_public_bytes(_raw(key.public)).verify(signature, DOMAIN + spoken)
    except InvalidSignature:
        raise Refused(Flaw.TAMPERED) from None
    if key.withdrawn_on is not None:
        raise Refused(Flaw.KEY_WITHDRAWN)
    if said.issued_on < key.active_from or (
        key.active_until is not None and said.issued_on > key.active_until
    ):
        raise Refused(Flaw.KEY_NOT_IN_USE)
    return said


def published() -> list[dict[str, Any]]:
    """Return the public halves with their dates, as JSON: what a phone keeps to check alone."""
    return [
        {
            "id": key.id,
            "kty": "OKP",
            "crv": "Ed25519",
            "x": key.public,
            "from": key.active_from.isoformat(),
            "until": key.active_until.isoformat() if key.active_until else None,
            "withdrawn": key.withdrawn_on.isoformat() if key.withdrawn_on else None,
        }
        for key in list_keys()
    ]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
