"""Names on hold for applications: taken with the submission, free again when the case ends."""

from core import audit, clock
from core.accounts import Actor
from core.db import db
from core.search import bare
from core.workflow import Party, Transition
from core.workflow.models import Case
from registry.names import checking, queries
from registry.names.kinds import Ending
from registry.names.models import NameReservation
from registry.names.near import core_of
from registry.names.parts import sound_of
from registry.organizations.models import Organization


def follow(case: Case, step: Transition, by: Actor) -> None:
    """After a step: hold the name of what was submitted, let it go when it is settled."""
    if not checking.has_name(case):
        return
    ending = _settled(case, step)
    if ending is not None:
        for held in _held_for(case):
            let_go(held, ending, by=by)
    elif step.submits:
        hold(case, by=by)


def hold(case: Case, *, by: Actor) -> NameReservation | None:
    """Hold the name of a case until it ends, in the place of what the applicant had reserved.

    The database refuses a second holder, who is told so.
    """
    proposed = checking.proposed_in(case)
    name = proposed.name
    for held in _held_for(case):
        if held.held_name == bare(name):
            return held
        let_go(held, Ending.RENAMED, by=by)
    if not name:
        return None
    own = queries.held_reservation(name)
    if own is not None and own.holder_id == case.applicant_id and own.case_id is None:
        own.case_id, own.expires_on = case.id, None
        audit.record("name:hold", own, by=by, changes={"case": [None, case.id]}, case_id=case.id)
        return own
    core = core_of(name, proposed.type)
    held = NameReservation(
        name=name,
        held_name=bare(name),
        core=core,
        sound=sound_of(core)[0],
        type=proposed.type,
        holder_id=case.applicant_id,
        case_id=case.id,
    )
    db.session.add(held)
    db.session.flush()
    audit.record("name:hold", held, by=by, changes={"name": [None, held.name]}, case_id=case.id)
    return held


def let_go(held: NameReservation, ending: Ending, *, by: Actor) -> None:
    """End a reservation: the name is free for others."""
    held.held_name, held.ended_at, held.ending = None, clock.now(), ending
    db.session.flush()
    changes = {"name": [held.name, None], "ending": [None, ending.value]}
    audit.record("name:let_go", held, by=by, changes=changes, case_id=held.case_id)


def _held_for(case: Case) -> list[NameReservation]:
    return list(
        db.session.scalars(
            db.select(NameReservation).where(
                NameReservation.case_id == case.id, NameReservation.ended_at.is_(None)
            )
        )
    )


def _settled(case: Case, step: Transition) -> Ending | None:
    """Return why the case needs the name no more, or None while it does."""
    if case.subject_body_id is not None:
        entered = db.session.get(Organization, case.subject_body_id)
        if entered is not None and entered.living_name == bare(checking.name_in(case)):
            return Ending.REGISTERED
    if not case.standing.final:
        return None
    by_itself = set(step.by) & {Party.APPLICANT, Party.SYSTEM}
    return Ending.WITHDRAWN if by_itself else Ending.REFUSED
