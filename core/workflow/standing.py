"""What a person is to a case. A recused person is nothing, and so is a stranger."""

from core.accounts import Actor, Role, User
from core.accounts.actor import choices_for
from core.workflow.models import Case
from core.workflow.parties import Party, Seat, parties_at


def parties(case: Case, actor: Actor) -> set[Party]:
    """Return what `actor`, acting as they do now, is to `case`; empty means: it is not there.

    Nobody acts as an officer on a case of their own, or of a body they belong to. What never left
    the applicant's hands is nobody else's to read; an auditor reads everything that did.
    """
    if actor.machine:
        return {Party.SYSTEM}
    if actor.user_id is None or _is_recused(case, actor):
        return set()
    if _asks(case, actor) or _fills_in(case, actor):
        return {Party.APPLICANT}
    if case.standing.private or _never_submitted(case) or _is_theirs(case, actor):
        return set()
    found: set[Party] = set()
    for seat in case.seats:
        if seat.body_id == actor.body_id:
            found |= parties_at(seat.seat, actor.roles)
    if Role.AUDITOR in actor.roles:
        found.add(Party.AUDITOR)
    return found


def may_take(case: Case, user: User) -> bool:
    """Return whether it may be `user` who does what the case waits for, in any body of theirs."""
    turn = case.waiting_party
    return any(turn in {p.value for p in parties(case, actor)} for actor in choices_for(user))


def keeps_off(case: Case, actor: Actor) -> bool:
    """Return whether a person has nothing to do in the case, whatever their body is asked:
    recused, its applicant, or of a body that it concerns.
    """
    return _is_recused(case, actor) or _is_theirs(case, actor)


def _is_recused(case: Case, actor: Actor) -> bool:
    return any(r.user_id == actor.user_id for r in case.recusals)


def _never_submitted(case: Case) -> bool:
    """Return whether the case was closed as a draft: it never got a number."""
    return case.number is None and case.closed_at is not None


def _asks(case: Case, actor: Actor) -> bool:
    if case.applicant_body_id is None:
        return case.applicant_id == actor.user_id
    at_home = case.applicant_body_id == actor.body_id
    return at_home and bool(parties_at(Seat.APPLICANT, actor.roles))


def _fills_in(case: Case, actor: Actor) -> bool:
    """Return whether an officer fills in this draft for an applicant at the counter."""
    return case.standing.private and actor.is_staff and case.entered_by_id == actor.user_id


def _is_theirs(case: Case, actor: Actor) -> bool:
    concerned = {case.applicant_body_id, case.subject_body_id} - {None}
    asked = case.applicant_id == actor.user_id and not case.workflow.of_office
    return asked or not actor.member_of.isdisjoint({b for b in concerned if b is not None})
