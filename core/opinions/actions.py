"""Writes: ask, answer, take back; and what time or the end of a case does to open questions."""

from collections.abc import Sequence
from typing import Any

from core import audit, calendar, clock, constraints, messages, policy
from core.accounts import SYSTEM, Actor, User
from core.attachments import PAPERS, Slot, Upload, attach, declare_slot, list_attachments
from core.db import atomic, db
from core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from core.i18n import LazyWords, _, _l, day
from core.opinions import queries
from core.opinions.models import Opinion, OpinionStatus, Stance
from core.opinions.notices import ANSWERED, ASKED, LAPSED, REMINDER, WITHDRAWN
from core.opinions.policy import MOST_DAYS, REMIND_DAYS
from core.opinions.rights import may_ask, speaks_for
from core.workflow.happenings import name_happening, note
from core.workflow.models import Case
from core.workflow.steps import Transition

S = OpinionStatus
ANSWER_PAPER = declare_slot(Slot("opinion.answer", _l("Paper with the opinion"), PAPERS))

name_happening("opinion.ask", _l("Opinion of another body asked for"))
name_happening("opinion.answer", _l("Opinion of another body"))
name_happening("opinion.lapse", _l("No opinion of another body in time"))
name_happening("opinion.withdraw", _l("Question to another body taken back"))

ALREADY = _l("This body has been asked already and its opinion is still open.")
for index in ("uq_opinion_open", "uq_opinion_case_id_body_id"):  # as each engine says
    constraints.explain(index, ALREADY, "near")


def ask(
    case: Case,
    *,
    by: Actor,
    question: str,
    days: int,
    bodies: Sequence[int],
    sections: Sequence[str] = (),
    papers: Sequence[int] = (),
) -> list[Opinion]:
    """Ask each of `bodies` for its opinion within `days` working days, today not counted.

    They may read those sections and papers of the application and nothing else of the case, whose
    time runs on. Raises NotAllowed unless it is the person's turn, RuleBroken at the field;
    what is refused stands on record.
    """
    with audit.refusals("opinion:ask_refused", case, by=by):
        if not may_ask(case, by):
            raise NotAllowed(
                _("Only who has the case in hand asks other bodies for their opinion.")
            )
        most = policy.value(MOST_DAYS)
        if not 1 <= days <= most:
            raise RuleBroken(_("Please give 1 to %(most)d working days.", most=most), "days")
        near, others = queries.askable(case)
        offered = {it.id: it for it in (*near, *others)}
        if not bodies:
            raise RuleBroken(_("Please choose whom to ask."), "near")
        if not set(bodies) <= offered.keys():
            raise RuleBroken(_("One of these bodies cannot be asked in this case."), "near")
        waiting = {it.body_id for it in queries.open_of_case(case.id)}
        if twice := [offered[it].name for it in bodies if it in waiting]:
            names = _(", ").join(twice)
            words = _("%(names)s: asked already, the opinion is still open.", names=names)
            raise RuleBroken(words, "near")
        if not sections and not papers:
            words = _(
                "Please choose at least one part of the application: nobody can judge without it."
            )
            raise RuleBroken(words, "sections")
        known = {section.key for section in case.workflow.sections_of(case)}
        files = [it for it in list_attachments(case_id=case.id) if it.id in set(papers)]
        if not set(sections) <= known or len(files) != len(set(papers)):
            raise RuleBroken(_("The application has changed; please choose again."), "sections")
    assert by.user_id is not None and by.body_id is not None
    last = calendar.add_working_days(clock.today(), days)
    asked = [
        Opinion(
            case=case, body=offered[body_id], asking_body_id=by.body_id, asked_by_id=by.user_id,
            question=question.strip(), sections=list(sections), papers=list(files),
            due_at=clock.end_of_day(last),
        )
        for body_id in dict.fromkeys(bodies)
    ]  # fmt: skip
    db.session.add_all(asked)
    db.session.flush()
    for opinion in asked:
        changes = {"body": [None, opinion.body.name], "due": [None, last.isoformat()]}
        audit.record("opinion:ask", opinion, by=by, changes=changes, case_id=case.id)
        facts = {
            **_facts(opinion),
            "office": opinion.asking_body.name,
            "question": opinion.question,
        }
        _tell_asked(opinion, ASKED.key, facts)
    names = _(", ").join(it.body.name for it in asked)
    told = _("%(names)s, by %(day)s: %(question)s", names=names, day=day(last), question=question)
    note(case, "opinion.ask", told, by=by)
    return asked


def answer(
    opinion: Opinion, *, by: Actor, stance: str, answer: str, upload: Upload | None = None
) -> Opinion:
    """Give the opinion of the body that was asked, once; objecting takes reasons.

    Whoever acted on the case at another desk does not speak for the body. Raises NotAllowed,
    WrongState once the question is closed or its time over, RuleBroken at the field.
    """
    if not speaks_for(opinion, by):
        raise NotAllowed(_("This question was put to another body."))
    _still_open(opinion)
    with audit.refusals("opinion:answer_refused", opinion, by=by):
        _refuse_own_work(opinion, by)
    said, words = Stance(stance), answer.strip()
    if said is Stance.OBJECT and not words:
        raise RuleBroken(_("Please give the reasons for your objection."), "answer")
    if upload is not None:
        attach(slot=ANSWER_PAPER, upload=upload, by=by, owner=opinion)
    opinion.stance, opinion.answer, opinion.answered_by_id = said, words, by.user_id
    _close(opinion, S.ANSWERED)
    audit.record(
        "opinion:answer", opinion, by=by,
        changes={"stance": [None, said.value]}, case_id=opinion.case_id,
    )  # fmt: skip
    told = f"{said.label}{_(': ')}{words}" if words else said.label
    note(opinion.case, "opinion.answer", told, by=by)
    facts = {**_facts(opinion), "stance": LazyWords(_spoken, said), "answer": words}
    _tell_asker(opinion, ANSWERED.key, facts)
    return opinion


def _refuse_own_work(opinion: Opinion, by: Actor) -> None:
    assert by.body is not None
    if any(
        event.actor_id == by.user_id and event.body_name != by.body.name
        for event in opinion.case.events
    ):
        raise RuleBroken(
            _("You have acted on this case yourself; somebody else of your body must answer.")
        )


def withdraw(opinion: Opinion, *, by: Actor, reason: str) -> Opinion:
    """Take a question back that is still open. Raises WrongState where it is not."""
    if opinion.status is not S.ASKED:
        raise WrongState(
            _("This question is closed already: %(state)s.", state=opinion.status.label)
        )
    _take_back(opinion, reason.strip(), by)
    return opinion


def end_with_decision(case: Case, step: Transition, by: Actor) -> None:
    """Take back what is still open on a case that has just been decided or has ended."""
    if case.workflow.decides(step):
        reason = _("The matter is closed: %(step)s.", step=step.label)
        for opinion in queries.open_of_case(case.id):
            _take_back(opinion, reason, by)


def sweep() -> int:
    """Close every question whose time is over or whose case has ended; return how many.

    One question, one transaction: one that somebody is just answering does not hold up the rest.
    """
    closed = 0
    for opinion_id in queries.due_by_now():
        try:
            with atomic():
                closed += _sweep_one(db.session.get_one(Opinion, opinion_id))
        except DomainError:  # answered at this very moment
            continue
    return closed


def _sweep_one(opinion: Opinion) -> bool:
    if opinion.status is not S.ASKED:
        return False
    if opinion.case.closed_at is not None:
        _take_back(opinion, _("The case has ended."), SYSTEM)
        return True
    if opinion.due_at > clock.now():
        return False
    _close(opinion, S.LAPSED)
    audit.record("opinion:lapse", opinion, by=SYSTEM, case_id=opinion.case_id)
    note(opinion.case, "opinion.lapse", opinion.body.name, by=SYSTEM)
    _tell_asker(opinion, LAPSED.key, _facts(opinion))
    return True


def remind() -> int:
    """Remind each body of a question that is soon due, once; return how many were reminded."""
    with atomic():
        due = queries.due_soon(policy.value(REMIND_DAYS))
        for opinion in due:
            opinion.reminded_at = clock.now()
            _tell_asked(opinion, REMINDER.key, _facts(opinion))
        return len(due)


def _still_open(opinion: Opinion) -> None:
    if opinion.status is not S.ASKED:
        raise WrongState(
            _("This question is closed already: %(state)s.", state=opinion.status.label)
        )
    if opinion.due_at <= clock.now():
        words = _("The time for this opinion ended on %(day)s.", day=day(opinion.last_on))
        raise WrongState(words)


def _take_back(opinion: Opinion, reason: str, by: Actor) -> None:
    _close(opinion, S.WITHDRAWN)
    audit.record("opinion:withdraw", opinion, by=by, note=reason, case_id=opinion.case_id)
    told = _("%(name)s: %(reason)s", name=opinion.body.name, reason=reason)
    note(opinion.case, "opinion.withdraw", told, by=by)
    facts = {**_facts(opinion), "reason": reason}
    _tell_asked(opinion, WITHDRAWN.key, facts)


def _close(opinion: Opinion, status: OpinionStatus) -> None:
    opinion.status, opinion.closed_at = status, clock.now()


def _facts(opinion: Opinion) -> dict[str, Any]:
    return {
        "title": opinion.case.called,
        "number": opinion.case.number,
        "body": opinion.body.name,
        "day": opinion.last_on,
    }


def _spoken(stance: Stance) -> str:
    return stance.label


def _tell_asked(opinion: Opinion, key: str, facts: dict[str, Any]) -> None:
    """Tell who may answer for the body that is asked."""
    people, link = queries.people_of(opinion), f"/opinions/{opinion.id}"
    messages.send(people, key, facts, link=link, body_id=opinion.body_id)


def _tell_asker(opinion: Opinion, key: str, facts: dict[str, Any]) -> None:
    """Tell who asked, and who has the case in hand now where that is somebody else."""
    case, asker = opinion.case, db.session.get_one(User, opinion.asked_by_id)
    told: dict[User, int | None] = {asker: opinion.asking_body_id}
    if case.assignee is not None:
        told.setdefault(case.assignee, case.waiting_body_id)
    for user, body_id in told.items():
        link = f"/cases/{case.id}#opinions"
        messages.send([user], key, facts, link=link, case_id=case.id, body_id=body_id)
