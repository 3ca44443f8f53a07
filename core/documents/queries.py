"""Reads of instruments: for those who have a part in them, and for everyone by number."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from core.accounts import Actor
from core.attachments.rights import CASES, may_see
from core.db import db
from core.documents.kinds import declared, is_internal
from core.documents.models import Instrument, Verification
from core.documents.rules import spellings
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
    """Return the instrument of that number, typed as people type it. Open to everyone.

    Brackets of any kind, zeros and 号 left out: what can be meant in one way only is found.
    Raises NotFound alike for a number that was never given and for a paper of the office's own.
    """
    meant = spellings(number)
    papers = db.session.scalars(
        select(Instrument)
        .where(Instrument.number_key.in_(meant))
        .options(joinedload(Instrument.replaced_by), joinedload(Instrument.replaces))
    ).all()
    exact = next((paper for paper in papers if paper.number_key == meant[0]), None)
    found = papers[0] if exact is None and len(papers) == 1 else exact
    if found is None or is_internal(found.kind):
        raise NotFound(_("There is no document with this number."))
    return found


def find_by_digest(sha256: str) -> Instrument | None:
    """Return the instrument whose PDF has this SHA-256, or None; never one of the office's own."""
    found = db.session.scalar(select(Instrument).where(Instrument.sha256 == sha256))
    return None if found is None or is_internal(found.kind) else found


def line_of(instrument: Instrument) -> list[Instrument]:
    """Return the papers that followed each other up to this one and after it, the oldest first."""
    line = [instrument]
    while line[0].replaces is not None:
        line.insert(0, line[0].replaces)
    while line[-1].replaced_by is not None:
        line.append(line[-1].replaced_by)
    return line


def case_numbers(*instruments: Instrument) -> dict[int, str]:
    """Return the numbers of the cases that issued or ended these papers, by the case's id."""
    cases = db.metadata.tables["case_record"]  # cases stand above papers
    wanted = {each.case_id for each in instruments} | {each.ended_case_id for each in instruments}
    rows = db.session.execute(
        select(cases.c.id, cases.c.number).where(
            cases.c.id.in_(wanted - {None}), cases.c.number.is_not(None)
        )
    )
    return dict(rows.all())


def asked_since(moment: datetime, instrument_ids: Sequence[int]) -> dict[int, int]:
    """Return how often each of these papers was asked about since `moment`, by its id."""
    rows = db.session.execute(
        select(Verification.instrument_id, func.count())
        .where(Verification.at >= moment, Verification.instrument_id.in_(instrument_ids))
        .group_by(Verification.instrument_id)
    )
    return {key: times for key, times in rows if key is not None}


def forget_verifications(before: datetime) -> int:
    """Delete what was asked before that moment and return how many rows that were."""
    gone = db.session.execute(
        delete(Verification).where(Verification.at < before),
        execution_options={"preserve_rowcount": True},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def of_case(case_id: int) -> Sequence[Instrument]:
    """Return the instruments issued in a case, oldest first."""
    return db.session.scalars(
        select(Instrument).where(Instrument.case_id == case_id).order_by(Instrument.id)
    ).all()


def certificates_of(body_id: int) -> list[Instrument]:
    """Return the certificates of a body that anyone may verify, newest first."""
    open_kinds = [it.key for it in declared() if it.certificate and not it.internal]
    return [*of_body(body_id, *open_kinds)]


def of_body(body_id: int, *kinds: str) -> Sequence[Instrument]:
    """Return the instruments issued to a body, newest first; only of `kinds` where named."""
    query = select(Instrument).where(Instrument.body_id == body_id)
    if kinds:
        query = query.where(Instrument.kind.in_(kinds))
    return db.session.scalars(query.order_by(Instrument.id.desc())).all()
