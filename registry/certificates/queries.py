"""Reads of certificates: an organization's line, one's own, the officer's list, what ends soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from core import clock
from core.accounts import Actor, Body
from core.db import db
from core.documents import Instrument, InstrumentStatus, Standing
from core.documents.verifying import rows_of
from core.i18n import _l
from core.paging import Order
from registry.certificates.models import CertificateReplacement, ExpiryReminder
from registry.organizations.models import Organization

#: The kinds of instrument that prove that an organization is on the register.
REGISTERED = ("certificate_original", "certificate_duplicate")
CERTIFICATES = (*REGISTERED, "filing_receipt")

KINDS = {
    "certificate_original": _l("Registration certificate, original"),
    "certificate_duplicate": _l("Registration certificate, duplicate"),
    "filing_receipt": _l("Filing receipt"),
}


class Sort(StrEnum):
    """What the list is sorted by."""

    NEWEST = "newest"
    ENDING = "ending"

    @property
    def label(self) -> str:
        return str(SORTS[self])


SORTS = {
    Sort.NEWEST: _l("Newest first"),
    Sort.ENDING: _l("Last day first (without those that have none)"),
}


@dataclass(frozen=True)
class Narrowing:
    """What an officer looks for; empty fields narrow nothing."""

    text: str = ""
    kind: str = ""
    standing: Standing | None = None
    ends_within: int | None = None
    sort: Sort = Sort.NEWEST

    @property
    def count(self) -> int:
        """How many of the fields narrow the list."""
        return sum(map(bool, (self.text, self.kind, self.standing, self.ends_within)))


def unended_paper(body_id: int, kind: str) -> Instrument | None:
    """Return the body's paper of a kind that nothing has ended, expired or not; or None."""
    return db.session.scalar(
        select(Instrument)
        .where(
            Instrument.body_id == body_id,
            Instrument.kind == kind,
            Instrument.status == InstrumentStatus.VALID,
        )
        .order_by(Instrument.id.desc())
        .limit(1)
    )


def line_of(body_id: int) -> list[dict[str, Any]]:
    """Return every certificate of a body with its standing today, the oldest first, for its page."""
    found = db.session.scalars(
        select(Instrument)
        .where(Instrument.body_id == body_id, Instrument.kind.in_(CERTIFICATES))
        .order_by(Instrument.id)
    ).all()
    return rows_of(found, clock.today())


def list_own(actor: Actor) -> list[tuple[Organization, Sequence[Instrument]]]:
    """Return the organizations a person belongs to with their certificates, newest first."""
    organizations = db.session.scalars(
        select(Organization).where(Organization.id.in_(actor.member_of)).order_by(Organization.id)
    ).all()
    papers = db.session.scalars(
        select(Instrument)
        .where(Instrument.body_id.in_(actor.member_of), Instrument.kind.in_(CERTIFICATES))
        .order_by(Instrument.id.desc())
    ).all()
    return [(each, [p for p in papers if p.body_id == each.id]) for each in organizations]


def list_certificates(wanted: Narrowing) -> Select[Instrument]:
    """Return the query of the certificates looked for, ready to be paged by `order_of`."""
    query = (
        select(Instrument)
        .where(Instrument.kind.in_([wanted.kind] if wanted.kind else CERTIFICATES))
        .options(joinedload(Instrument.replaced_by))
    )
    if wanted.text:
        organizations = select(Body.id).where(Body.name.contains(wanted.text, autoescape=True))
        query = query.where(
            or_(
                Instrument.number.contains(wanted.text, autoescape=True),
                Instrument.body_id.in_(organizations),
            )
        )
    if wanted.standing is not None:
        query = query.where(_stands(wanted.standing, clock.today()))
    if wanted.ends_within is not None:
        today = clock.today()
        until = today + timedelta(days=wanted.ends_within)
        query = query.where(
            Instrument.status == InstrumentStatus.VALID,
            Instrument.valid_until.between(today, until),
        )
    if wanted.sort is Sort.ENDING:
        query = query.where(Instrument.valid_until.is_not(None))
    return query


def order_of(wanted: Narrowing) -> Order:
    """Return the order of the list."""
    if wanted.sort is Sort.ENDING:
        return Order((Instrument.valid_until, Instrument.id), newest_first=False)
    return Order((Instrument.id,))


def _stands(standing: Standing, day: date) -> ColumnElement[bool]:
    """The same question as `rules.standing_on` answers for one paper, asked of the database."""
    unended = Instrument.status == InstrumentStatus.VALID
    begun = and_(Instrument.issued_on <= day, Instrument.valid_from <= day)
    over = and_(Instrument.valid_until.is_not(None), Instrument.valid_until < day)
    if standing is Standing.NOT_YET:
        return ~begun
    if standing is Standing.EXPIRED:
        return and_(unended, begun, over)
    if standing is Standing.VALID:
        return and_(unended, begun, or_(Instrument.valid_until.is_(None), ~over))
    return and_(begun, Instrument.status == InstrumentStatus(standing.value))


def body_names(papers: Sequence[Instrument]) -> dict[int, str]:
    """Return the names of the bodies that hold these papers, by id."""
    ids = {each.body_id for each in papers if each.body_id is not None}
    return dict(db.session.execute(select(Body.id, Body.name).where(Body.id.in_(ids))).all())


def count_ending(within: int) -> int:
    """Return how many certificates that hold today end within so many days."""
    found = list_certificates(Narrowing(ends_within=within)).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def list_ending(within: int, stage: str) -> Sequence[Instrument]:
    """Return the originals that end within so many days and whose holder was not told at `stage`.

    What another one was asked for already, in a case that is not over, is not among them.
    """
    told = select(ExpiryReminder.instrument_id).where(ExpiryReminder.stage == stage)
    asked_anew = select(CertificateReplacement.original_id).where(
        CertificateReplacement.original_id.is_not(None),
        CertificateReplacement.submitted_at.is_not(None),
        CertificateReplacement.closed_at.is_(None),
    )
    return db.session.scalars(
        list_certificates(Narrowing(kind="certificate_original", ends_within=within))
        .where(
            Instrument.body_id.is_not(None),
            Instrument.id.not_in(told),
            Instrument.id.not_in(asked_anew),
        )
        .order_by(Instrument.id)
    ).all()
