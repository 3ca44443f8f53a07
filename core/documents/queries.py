"""Reads of instruments: for those who have a part in them, and for everyone by number."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.accounts import Actor
from core.attachments.rights import CASES, may_see
from core.db import db
from core.documents.models import Instrument
from core.documents.rules import canonical
from core.errors import NotFound
from core.i18n import _


def access_instrument(instrument_id: int, actor: Actor) -> Instrument:
    """Return the instrument if `actor` has a part in its case or belongs to its body.

    A hidden and an absent one are NotFound alike.
    """
    found = db.session.get(Instrument, instrument_id)
    if found is not None:
        own = found.body_id is not None and found.body_id in actor.member_of
        if own or may_see(CASES, found.case_id, actor):
            return found
    raise NotFound(_("There is no such document."))


def access_public(number: str) -> Instrument:
    """Return the instrument of that number, however its brackets are typed. Open to everyone.

    Raises NotFound for a number that was never given.
    """
    found = db.session.scalar(
        select(Instrument)
        .where(Instrument.number_key == canonical(number))
        .options(joinedload(Instrument.replaced_by))
    )
    if found is None:
        raise NotFound(_("There is no document with this number."))
    return found


def find_by_digest(sha256: str) -> Instrument | None:
    """Return the instrument whose PDF has this SHA-256, or None."""
    return db.session.scalar(select(Instrument).where(Instrument.sha256 == sha256))


def of_case(case_id: int) -> Sequence[Instrument]:
    """Return the instruments issued in a case, oldest first."""
    return db.session.scalars(
        select(Instrument).where(Instrument.case_id == case_id).order_by(Instrument.id)
    ).all()


def of_body(body_id: int, *kinds: str) -> Sequence[Instrument]:
    """Return the instruments issued to a body, newest first; only of `kinds` where named."""
    query = select(Instrument).where(Instrument.body_id == body_id)
    if kinds:
        query = query.where(Instrument.kind.in_(kinds))
    return db.session.scalars(query.order_by(Instrument.id.desc())).all()
