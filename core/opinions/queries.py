"""Reads: one opinion for those who may see it, those on a case, whom one may ask, what is due."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from core import calendar, clock, divisions
from core.accounts import Actor, Body, Membership, User
from core.accounts.actor import acting_for
from core.attachments.models import Attachment
from core.db import db
from core.divisions import Division
from core.errors import NotFound
from core.i18n import _
from core.opinions.models import Opinion, OpinionStatus
from core.opinions.rights import may_withdraw, reads_of_case, speaks_for
from core.opinions.rules import ANSWERING, ASKED_KINDS
from core.workflow.models import Case

S = OpinionStatus


def may_see_files(opinion_id: int, actor: Actor) -> bool:
    """Return whether the files of an answer are open to the person: both sides read them."""
    found = db.session.get(Opinion, opinion_id)
    return found is not None and (speaks_for(found, actor) or reads_of_case(found.case, actor))


def may_add_files(opinion_id: int, actor: Actor) -> bool:
    """Return whether the person may add files to an answer now."""
    found = db.session.get(Opinion, opinion_id)
    return found is not None and found.status is S.ASKED and speaks_for(found, actor)


# --- one


def access_opinion(opinion_id: int, actor: Actor) -> Opinion:
    """Return the opinion if the person's body was asked for it. Raises NotFound for all others."""
    found = db.session.get(Opinion, opinion_id, options=[joinedload(Opinion.case)])
    if found is None or not speaks_for(found, actor):
        raise NotFound(_("There is no such question, or it is not open to you."))
    return found


def access_asked(opinion_id: int, actor: Actor) -> Opinion:
    """Return the opinion to those who may take the question back. Raises NotFound for all others."""
    found = db.session.get(Opinion, opinion_id, options=[joinedload(Opinion.case)])
    if found is None or not may_withdraw(found, actor):
        raise NotFound(_("There is no such question, or it is not open to you."))
    return found


def access_paper(opinion_id: int, attachment_id: int, actor: Actor) -> Attachment:
    """Return a paper chosen for an open question. Raises NotFound for every other one."""
    opinion = access_opinion(opinion_id, actor)
    for paper in shown_papers(opinion):
        if paper.id == attachment_id:
            return paper
    raise NotFound(_("There is no such file."))


def shown_papers(opinion: Opinion) -> list[Attachment]:
    """Return the papers that the asked body may read: while the question is open."""
    if opinion.status is not S.ASKED or opinion.due_at <= clock.now():
        return []
    return [paper for paper in opinion.papers if paper.removed_at is None]


# --- of a case


def of_case(case_id: int) -> Sequence[Opinion]:
    """Return what was asked on a case, the latest first."""
    return db.session.scalars(
        select(Opinion)
        .where(Opinion.case_id == case_id)
        .options(joinedload(Opinion.body), joinedload(Opinion.answered_by))
        .order_by(Opinion.id.desc())
    ).all()


def count_of_case(case_id: int) -> list[tuple[OpinionStatus, int]]:
    """Return how many questions on a case stand where; what there is none of is absent."""
    rows = db.session.execute(
        select(Opinion.status, func.count())
        .where(Opinion.case_id == case_id)
        .group_by(Opinion.status)
    ).all()
    found = {row[0]: row[1] for row in rows}
    return [(each, found[each]) for each in OpinionStatus if each in found]


def open_of_case(case_id: int) -> Sequence[Opinion]:
    """Return the questions on a case that are still open."""
    return db.session.scalars(
        select(Opinion)
        .where(Opinion.case_id == case_id, Opinion.status == S.ASKED)
        .options(joinedload(Opinion.body))
        .order_by(Opinion.due_at, Opinion.id)
    ).all()


def askable(case: Case) -> tuple[list[Body], list[Body]]:
    """Return the bodies that may be asked on a case: those of its place, and all others.

    They are offices where somebody can answer today, but for the one that has the case and those
    it concerns.
    """
    today = clock.today()
    answering = select(Membership.body_id).where(
        Membership.role.in_(ANSWERING),
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    concerned = {case.waiting_body_id, case.applicant_body_id, case.subject_body_id} - {None}
    found = db.session.scalars(
        select(Body)
        .where(Body.kind.in_(ASKED_KINDS), Body.id.in_(answering), Body.id.not_in(concerned))
        .order_by(Body.name)
    ).all()
    place = db.session.get(Division, case.division_id) if case.division_id else None
    here = {it.id for it in (place, *divisions.ancestors(place))} if place else set()
    ranked = sorted(found, key=lambda it: ASKED_KINDS.index(it.kind))
    near = [it for it in ranked if it.division_id is None or it.division_id in here]
    return near, [it for it in ranked if it not in near]


def people_of(opinion: Opinion) -> list[User]:
    """Return who may answer for the asked body today, each once."""
    today = clock.today()
    held = db.session.scalars(
        select(Membership).where(
            Membership.body_id == opinion.body_id, Membership.role.in_(ANSWERING)
        )
    )
    found = {m.user_id: m.user for m in held if m.holds_on(today) and not m.user.closed}
    return [u for u in found.values() if speaks_for(opinion, acting_for(u, opinion.body_id))]


# --- what time does


def due_by_now() -> Sequence[int]:
    """Return the open questions whose time is over, or whose case has ended."""
    return db.session.scalars(
        select(Opinion.id)
        .join(Opinion.case)
        .where(
            Opinion.status == S.ASKED,
            or_(Opinion.due_at <= clock.now(), Case.closed_at.is_not(None)),
        )
        .order_by(Opinion.id)
    ).all()


def due_soon(days: int) -> Sequence[Opinion]:
    """Return the open questions within `days` working days of their end, not reminded of yet."""
    beyond = clock.end_of_day(calendar.add_working_days(clock.today(), days + 1))
    return db.session.scalars(
        select(Opinion)
        .where(
            Opinion.status == S.ASKED,
            Opinion.reminded_at.is_(None),
            Opinion.due_at > clock.now(),
            Opinion.due_at < beyond,
        )
        .options(joinedload(Opinion.case), selectinload(Opinion.body))
        .order_by(Opinion.id)
    ).all()
