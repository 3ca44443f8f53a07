"""Read notices and objections."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from core import calendar, clock, policy
from core.accounts.actor import Actor
from core.accounts.roles import Role
from core.db import db
from core.errors import NotFound
from core.i18n import _, day, ngettext
from core.notices.models import Objection, PublicNotice
from core.notices.policy import ANSWER_DAYS
from core.notices.rules import NoticeStatus
from core.paging import Order, Page, page_of

NEWEST = Order((PublicNotice.published_at, PublicNotice.id))
OLDEST_OBJECTION = Order((Objection.id,), newest_first=False)


def list_notices(
    *, after: str | None = None, size: int = 20, **narrowing: Any
) -> Page[PublicNotice]:
    """Return a page of what was published, newest first, narrowed as `published` says."""
    return page_of(published(**narrowing), NEWEST, size=size, after=after)


def newest_first(**narrowing: Any) -> Select[PublicNotice]:
    """Return the query of what was published, newest first, narrowed as `published` says."""
    return NEWEST.sorted(published(**narrowing))


def published(
    *, kind: str = "", year: int | None = None, words: str = "", only_open: bool = False
) -> Select[PublicNotice]:
    """Return the query of what was published, unordered: of a kind, a year, with words in its
    title, and only what is open for objections.
    """
    query: Select[PublicNotice] = db.select(PublicNotice).options(joinedload(PublicNotice.office))
    if kind:
        query = query.where(PublicNotice.kind == kind)
    if year is not None:
        query = query.where(
            PublicNotice.published_at >= clock.start_of_day(date(year, 1, 1)),
            PublicNotice.published_at < clock.start_of_day(date(year + 1, 1, 1)),
        )
    if words:
        query = query.where(PublicNotice.title.contains(words, autoescape=True))
    if only_open:
        query = query.where(
            PublicNotice.objections_until >= clock.today(), PublicNotice.withdrawn_at.is_(None)
        )
    return query


def years() -> list[int]:
    """Return the years in which something was published, newest first, without a gap."""
    ends: Any = db.session.execute(
        db.select(db.func.min(PublicNotice.published_at), db.func.max(PublicNotice.published_at))
    ).one()
    if ends[0] is None:
        return []
    first, last = (clock.local(moment).year for moment in ends)
    return list(range(last, first - 1, -1))


def access_notice(notice_id: int) -> PublicNotice:
    """Return a notice; anybody may see it. Raises NotFound."""
    notice = db.session.get(PublicNotice, notice_id)
    if notice is None or notice.published_at > clock.now():
        raise NotFound(_("There is no such notice."))
    return notice


def find_numbered(numbers: Sequence[str]) -> PublicNotice | None:
    """Return what was published under one of these numbers, the first that was, or None."""
    query = db.select(PublicNotice).where(
        PublicNotice.number.in_(numbers), PublicNotice.published_at <= clock.now()
    )
    found = {notice.number: notice for notice in db.session.scalars(query)}
    return next((found[number] for number in numbers if number in found), None)


def notices_of_case(case_id: int) -> list[PublicNotice]:
    """Return what was published about a case, newest first."""
    query = db.select(PublicNotice).where(PublicNotice.case_id == case_id)
    return list(db.session.scalars(NEWEST.sorted(query)))


def notices_of_body(body_id: int, at_most: int = 5) -> list[PublicNotice]:
    """Return the latest notices about a body."""
    query = db.select(PublicNotice).where(PublicNotice.body_id == body_id)
    return list(db.session.scalars(NEWEST.sorted(query).limit(at_most)))


# --- objections


def _of_case(case_id: int) -> Select[Objection]:
    query: Select[Objection] = db.select(Objection)
    return query.join(Objection.notice).where(
        PublicNotice.case_id == case_id, PublicNotice.withdrawn_at.is_(None)
    )


def open_objections(case_id: int) -> list[Objection]:
    """Return the objections to a case's notices that nobody has answered yet."""
    return list(db.session.scalars(_of_case(case_id).where(Objection.answered_at.is_(None))))


def upheld_objections(case_id: int) -> list[Objection]:
    """Return the objections to a case's notices that the office found right."""
    return list(db.session.scalars(_of_case(case_id).where(Objection.upheld.is_(True))))


def obstacles(case_id: int) -> list[str]:
    """Return why a case cannot go on: an open period, objections without an answer. For guards."""
    reasons = [
        _("Objections may be raised until %(day)s.", day=day(notice.objections_until))
        for notice in notices_of_case(case_id)
        if notice.status is NoticeStatus.OPEN
    ]
    waiting = len(open_objections(case_id))
    if waiting:
        reasons.append(
            ngettext(
                "%(num)s objection has not been answered.",
                "%(num)s objections have not been answered.",
                waiting,
            )
        )
    return reasons


def answer_due_on(objection: Objection) -> date:
    """Return the last day for answering, by the policy in force when it was raised."""
    raised_on = clock.local(objection.raised_at).date()
    return calendar.add_working_days(raised_on, policy.value(ANSWER_DAYS, raised_on))


def access_own_objection(token: str) -> Objection:
    """Return the objection whose secret address this is. Raises NotFound."""
    objection: Objection | None = db.session.scalar(
        db.select(Objection).where(Objection.token == token)
    )
    if objection is None:
        raise NotFound(_("There is no such objection."))
    return objection


def _for_desk(actor: Actor) -> Select[Objection]:
    """Return the query of objections to what the actor's office published."""
    query: Select[Objection] = db.select(Objection)
    query = query.join(Objection.notice).options(joinedload(Objection.notice))
    if actor.holds(Role.AUDITOR):
        return query
    mine = PublicNotice.office_id == actor.body_id
    return query.where(mine if actor.is_staff and actor.body_id else db.false())


def access_objection(objection_id: int, actor: Actor) -> Objection:
    """Return an objection to what the actor's office published. Raises NotFound."""
    objection = db.session.scalar(_for_desk(actor).where(Objection.id == objection_id))
    if objection is None:
        raise NotFound(_("There is no such objection."))
    return objection


def list_objections(actor: Actor, *, answered: bool, after: str | None) -> Page[Objection]:
    """Return a page of the objections for the actor's desk, the longest waiting first."""
    query = _for_desk(actor)
    done = Objection.answered_at.is_not(None)
    query = query.where(done if answered else ~done)
    return page_of(query, OLDEST_OBJECTION, size=30, after=after)


def count_unanswered(actor: Actor) -> Select[int]:
    """Return the SELECT of how many objections wait for the actor's office."""
    waiting = _for_desk(actor).where(Objection.answered_at.is_(None)).subquery()
    counted: Select[int] = db.select(db.func.count()).select_from(waiting)
    return counted


def may_answer(objection: Objection, actor: Actor) -> bool:
    """Return whether the actor may answer: the office that published, never the body concerned."""
    notice = objection.notice
    return (
        actor.is_staff
        and not actor.holds(Role.AUDITOR)
        and actor.body_id is not None
        and actor.body_id == notice.office_id
        and notice.body_id not in actor.member_of
    )
