"""Who is told of a step, and in which words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import joinedload

from core import clock, messages
from core.accounts import Body, Membership, Role, User
from core.db import db
from core.i18n import LazyWords, _, _l, day
from core.workflow.declaration import declared
from core.workflow.models import Case, CaseEvent
from core.workflow.parties import Party, seat_of
from core.workflow.steps import Transition


def _newest() -> dict[str, Any]:
    """Return what the newest step of any case was told in, without the name it is about."""
    event = db.session.scalar(db.select(CaseEvent).order_by(CaseEvent.id.desc()).limit(1))
    step = event.case.workflow.step.get(event.step) if event else None
    if event is None or step is None:
        return {"state": _("Accepted"), "words": _("Your application was accepted.")}
    case, state = event.case, event.case.standing
    return {
        "title": case.workflow.title,
        "state": state.public_label or state.label,
        "words": LazyWords(words, case, step, "", public=True),
    }


def _then(case: Case, at: datetime) -> str:
    """Return where the case stood at a moment, as its applicant reads it."""
    past = [event for event in case.events if event.at <= at]
    state = case.workflow.state[past[-1].after] if past else case.standing
    return str(state.public_label or state.label)


def _sentences() -> list[tuple[str, str, str]]:
    """Return the sentence of every step that tells somebody: matter and step, to whom, which."""
    found = []
    for workflow in declared():
        for step in workflow.step.values():
            for party in step.tells:
                public = party is Party.APPLICANT
                said = (public and step.told) or step.message or step.label
                name = _("%(matter)s: %(step)s", matter=workflow.title, step=step.label)
                found.append((name, party.label, str(said)))
    return found


CASE_MOVED = messages.MessageTemplate(
    key="case.moved",
    subject=_l("%(title)s: %(state)s"),
    body=_l("%(words)s"),
    label=_l("A step was taken in a case"),
    sample=_newest,
    about=_then,
    sentences=_sentences,
)


def body_of(case: Case, party: Party) -> int | None:
    """Return the body whose people are `party`; None for a person who applies for themselves."""
    seat = seat_of(party)
    return case.body_at(seat) if seat else None


def people(case: Case, party: Party) -> list[User]:
    """Return the people who are `party` to the case today, each once."""
    today, body_id = clock.today(), body_of(case, party)
    if party is Party.APPLICANT and body_id is None:
        return [case.applicant]
    roles = (Role.OWNER, Role.HANDLER) if party is Party.APPLICANT else (Role(party.value),)
    barred = {r.user_id for r in case.recusals}
    held = db.session.scalars(
        db.select(Membership).where(Membership.body_id == body_id, Membership.role.in_(roles))
    )
    found = {m.user_id: m.user for m in held if m.holds_on(today) and m.user_id not in barred}
    return [user for user in found.values() if not user.closed]


def takers(cases: Iterable[Case]) -> list[tuple[User, str]]:
    """Return who holds a post that one of the cases waits for, with their posts, by name.

    Whether they may take each of them, or have to keep off it, its own step says.
    """
    awaited = {
        (body_of(case, party), Role(party.value))
        for case in cases
        if case.waiting_party is not None
        and (party := Party(case.waiting_party)) not in (Party.APPLICANT, Party.SYSTEM)
    }
    held = db.session.scalars(
        db.select(Membership)
        .where(db.tuple_(Membership.body_id, Membership.role).in_(list(awaited)))
        .options(joinedload(Membership.user))
    )
    today = clock.today()
    posts: dict[User, list[str]] = {}
    for it in held if awaited else ():
        if it.holds_on(today) and not it.user.closed:
            posts.setdefault(it.user, []).append(it.role.label)
    named = [(user, _(", ").join(dict.fromkeys(said))) for user, said in posts.items()]
    return sorted(named, key=lambda it: it[0].display_name)


def words(case: Case, step: Transition, note: str, *, public: bool) -> str:
    """Return what a party reads about a step: what happened, why, what next, and by when."""
    state = case.standing
    said = (public and step.told) or step.message or step.label
    parts = [str(said)]
    if case.number:
        parts.append(_("Case number: %(number)s.", number=case.number))
    if note:
        parts.append(_("Reason given: %(note)s", note=note))
    if state.next_text and public:
        parts.append(str(state.next_text))
    if case.due_at is not None and not (state.final or (public and state.settled)):
        parts.append(_by_when(case, clock.last_day_before(case.due_at), public=public))
    return "\n".join(parts)


def _by_when(case: Case, last: date, *, public: bool) -> str:
    """Return by when whose turn it is acts: an applicant is not told to do what an office does."""
    waits = public and case.waiting_party != Party.APPLICANT.value
    holder = db.session.get(Body, case.waiting_body_id) if waits and case.waiting_body_id else None
    if holder is None:
        return _("To be done by %(day)s.", day=day(last))
    return _("%(office)s acts on it by %(day)s.", office=holder.name, day=day(last))


def tell(case: Case, step: Transition, note: str) -> None:
    """Send the step's message to everyone the declaration names, in the same transaction."""
    for party in step.tells:
        public = party is Party.APPLICANT
        state = case.standing
        messages.send(
            people(case, party),
            CASE_MOVED.key,
            {
                "title": case.called,
                "state": (state.public_label or state.label) if public else state.label,
                "words": LazyWords(words, case, step, note, public=public),
            },
            link=f"/cases/{case.id}",
            case_id=case.id,
            body_id=body_of(case, party),
        )
