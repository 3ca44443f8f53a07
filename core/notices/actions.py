"""Publish, withdraw, object, answer."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from core import clock, documents, messages
from core.accounts.actor import Actor
from core.audit import record
from core.db import db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _, day
from core.notices import kinds, queries, words
from core.notices.models import Objection, PublicNotice
from core.notices.rules import is_open_for_objections


def publish(
    *,
    kind: str,
    title: str,
    facts: Mapping[str, Any],
    by: Actor,
    text: str = "",
    basis: str = "",
    body_id: int | None = None,
    case_id: int | None = None,
    office_id: int | None = None,
    objections_until: date | None = None,
    series: str | None = None,
) -> PublicNotice:
    """Make something known from now on. `facts` are shown by their labels, in the order given.

    `objections_until` is the last day on which anybody may object; without it the notice is an
    announcement. `office_id` is who answers objections, by default the body `by` acts for.
    `series` is a pattern such as "锦民社公告〔{year}〕{place}号" and gives the notice a number.
    Raises RuleBroken for a period that has passed, ValueError for an unknown kind.
    """
    if not kinds.is_known(kind):
        raise ValueError(f"nobody has named notices of the kind {kind}")
    today = clock.today()
    if objections_until is not None and objections_until < today:
        raise RuleBroken(_("The period for objections has passed."), field="objections_until")
    number = None
    if series is not None:
        number = series.format(year=today.year, place=documents.next_number(series, today.year))
    notice = PublicNotice(
        kind=kind,
        number=number,
        title=title,
        text=text,
        facts={label: _plain(value) for label, value in facts.items()},
        basis=basis,
        office_id=office_id if office_id is not None else by.body_id,
        published_by_id=by.user_id,
        body_id=body_id,
        case_id=case_id,
        published_at=clock.now(),
        objections_until=objections_until,
    )
    db.session.add(notice)
    db.session.flush()
    record("notice:publish", notice, by=by, note=title, case_id=case_id)
    return notice


def _plain(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value)


def withdraw(notice: PublicNotice, *, reason: str, by: Actor) -> PublicNotice:
    """Take a notice back: it stays on the site, marked, with the reason.

    Raises WrongState where that was done before, RuleBroken without a reason.
    """
    db.session.refresh(notice, with_for_update={"of": PublicNotice})
    if notice.withdrawn_at is not None:
        raise WrongState(_("This notice has been withdrawn already."))
    if not reason.strip():
        raise RuleBroken(_("Give a reason."), field="reason")
    notice.withdrawn_at, notice.withdrawn_reason = clock.now(), reason.strip()
    record("notice:withdraw", notice, by=by, note=reason, case_id=notice.case_id)
    return notice


def raise_objection(
    notice: PublicNotice, *, name: str, contact: str, text: str, by: Actor
) -> Objection:
    """Note an objection and tell the office and the person. Raises RuleBroken after the period."""
    if not is_open_for_objections(notice, clock.now()):
        raise RuleBroken(_("The period for objections has ended."))
    objection = Objection(
        notice=notice,
        token=secrets.token_urlsafe(24),
        name=name.strip(),
        contact=contact.strip(),
        text=text.strip(),
        raised_at=clock.now(),
    )
    db.session.add(objection)
    db.session.flush()
    record("notice:object", objection, by=by, case_id=notice.case_id)
    facts = {
        "title": notice.title,
        "at": objection.raised_at,
        "due": queries.answer_due_on(objection),
    }
    if notice.published_by is not None:
        messages.send(
            [notice.published_by],
            words.OBJECTION_RAISED.key,
            facts,
            link=f"/objections/{objection.id}",
            case_id=notice.case_id,
            body_id=notice.office_id,
        )
    _write_back(objection, words.OBJECTION_RECEIVED, facts)
    return objection


def answer_objection(objection: Objection, *, answer: str, upheld: str, by: Actor) -> Objection:
    """Answer an objection: `upheld` "yes" where it is right, "no" where not.

    Raises WrongState where it has been answered, NotAllowed for anybody but the office that
    published, and for people of the body the notice is about.
    """
    db.session.refresh(objection, with_for_update={"of": Objection})
    if objection.answered_at is not None:
        raise WrongState(_("This objection has been answered already."))
    if not queries.may_answer(objection, by):
        raise NotAllowed(_("Only the office that published the notice answers objections to it."))
    objection.answer, objection.upheld = answer.strip(), upheld == "yes"
    objection.answered_at, objection.answered_by = clock.now(), by.user
    notice = objection.notice
    changes = {"upheld": [None, objection.upheld]}
    record("notice:answer", objection, by=by, changes=changes, case_id=notice.case_id)
    finding = (
        _("The office found your objection right.")
        if objection.upheld
        else _("The office did not find your objection right.")
    )
    facts = {"title": notice.title, "finding": finding, "answer": objection.answer}
    _write_back(objection, words.OBJECTION_ANSWERED, facts)
    return objection


def reveal_person(objection: Objection, *, reason: str, by: Actor) -> Objection:
    """Note that somebody looks at who raised an objection, and why."""
    if not queries.may_answer(objection, by):
        raise NotAllowed(_("Only the office that published the notice answers objections to it."))
    record("notice:reveal", objection, by=by, note=reason, case_id=objection.notice.case_id)
    return objection


def _write_back(
    objection: Objection, template: messages.MessageTemplate, facts: dict[str, Any]
) -> None:
    """Write to the person where they left a mail address; a telephone number is for the desk."""
    if "@" in objection.contact:
        messages.write_to(
            objection.contact, template.key, facts, link=f"/notices/objections/{objection.token}"
        )
