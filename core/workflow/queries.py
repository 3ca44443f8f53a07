"""Reads: one case for one person, and the cases they asked for; worklists are in `listing`."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from core.accounts import Actor
from core.accounts.actor import choices_for
from core.db import db
from core.errors import DomainError, NotAllowed, NotFound
from core.i18n import _, _l
from core.paging import Order, Page, page_of
from core.workflow.declaration import Workflow
from core.workflow.models import Case, CaseSeat
from core.workflow.standing import parties

LATEST = Order((Case.opened_at, Case.id))
#: Own cases on a page: few people ever see a second one.
OWN_SIZE = 100

STRANGE = _l("There is no such case, or it is not open to you.")


def access_case(case_id: int, actor: Actor) -> Case:
    """Return the case if it exists and `actor` has a part in it; otherwise NotFound.

    Raises NotAllowed where the same person has one acting for another body of theirs.
    """
    case = db.session.get(
        Case,
        case_id,
        options=[
            selectinload(Case.seats).joinedload(CaseSeat.body),
            selectinload(Case.events),
            selectinload(Case.recusals),
        ],
    )
    if case is None:
        raise NotFound(STRANGE)
    if not parties(case, actor):
        raise _elsewhere(case, actor)
    return case


def _elsewhere(case: Case, actor: Actor) -> DomainError:
    """Return the refusal of a case that `actor` has no part in, acting as they do now."""
    for other in choices_for(actor.user) if actor.user else ():
        if parties(case, other):
            whom = other.body.name if other.body else other.name
            words = _("You see this case when you act for %(name)s.", name=whom)
            return NotAllowed(words, as_body=other.body_id or 0)
    return NotFound(STRANGE)


def has_part_in(case_id: int, actor: Actor) -> bool:
    """Return whether the case exists for `actor`: what its papers and messages ask."""
    case = db.session.get(Case, case_id)
    return case is not None and bool(parties(case, actor))


def sole_case(workflow: Workflow, body_id: int) -> Case | None:
    """Return the open case that keeps the body from having another of this kind, or None."""
    key = workflow.sole_key(body_id)
    return db.session.scalar(select(Case).where(Case.sole_key == key)) if key else None


def under_way(kind: str, body_id: Any) -> ColumnElement[bool]:
    """Return the condition of a body about which a case of `kind` was handed in and is not over."""
    found = select(Case.id).where(
        Case.kind == kind,
        Case.subject_body_id == body_id,
        Case.submitted_at.is_not(None),
        Case.closed_at.is_(None),
    )
    return found.exists()


def count_elsewhere(actor: Actor) -> list[tuple[Actor, int]]:
    """Return for which other bodies the person asked for cases that are not over, and how many."""
    others = [
        it
        for it in (choices_for(actor.user) if actor.user else ())
        if it.body_id not in (None, actor.body_id) and not it.is_staff
    ]
    if not others:
        return []
    counted = db.session.execute(
        select(Case.applicant_body_id, func.count())
        .where(Case.applicant_body_id.in_([it.body_id for it in others]), Case.closed_at.is_(None))
        .group_by(Case.applicant_body_id)
    )
    found: dict[int | None, int] = dict(counted.all())
    return [(it, found[it.body_id]) for it in others if it.body_id in found]


def list_own_cases(actor: Actor, *, after: str | None = None) -> Page[Case]:
    """Return a page of the cases the actor asked for, as themselves or for the body they act for,
    the latest first.
    """
    return page_of(select(Case).where(_own(actor)), LATEST, size=OWN_SIZE, after=after)


def list_own_drafts(actor: Actor) -> list[Case]:
    """Return what the actor began and nobody else may see yet, the latest first."""
    begun = select(Case).where(_own(actor), Case.submitted_at.is_(None), Case.closed_at.is_(None))
    return [case for case in db.session.scalars(LATEST.sorted(begun)) if case.standing.private]


def _own(actor: Actor) -> ColumnElement[bool]:
    own: Any = and_(Case.applicant_id == actor.user_id, Case.applicant_body_id.is_(None))
    if actor.body_id is not None:
        own = or_(own, Case.applicant_body_id == actor.body_id)
    return own  # type: ignore[no-any-return]
