"""Many cases to one desk at once. Nothing that decides is done in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.accounts import Actor
from core.db import db
from core.errors import DomainError, NotFound, RuleBroken, Words, WrongState
from core.i18n import _
from core.workflow.actions import assign
from core.workflow.models import Case
from core.workflow.standing import parties

#: Rows of one request; a page of the worklist has fewer.
MOST = 200


@dataclass(frozen=True)
class NotDone:
    """A case that stayed where it was, and why. `number` and `called` are empty for a hidden one."""

    reason: Words
    number: str = ""
    called: Words = ""
    case_id: int | None = None


@dataclass
class Outcome:
    """What became of the chosen cases."""

    done: int = 0
    not_done: list[NotDone] = field(default_factory=list)


def assign_each(
    rows: Sequence[tuple[int, int]], *, by: Actor, user_id: int | None, free_only: bool = False
) -> Outcome:
    """Give each case to a person of the office whose turn it is; None puts it back on the pile.

    `rows` are ids with the version of the case that the person looked at. Each goes the road of
    one case (`actions.assign`), for itself: one that cannot is named with its reason, and the
    others are done. `free_only` leaves to others what they have taken.
    """
    outcome = Outcome()
    # In one order for everyone, so that two who choose the same cases cannot wait for each other.
    for case_id, seen in sorted(set(rows))[:MOST]:
        case = db.session.get(Case, case_id, with_for_update=True, populate_existing=True)
        if case is None or not parties(case, by):
            reason = NotFound(_("There is no such case, or it is not open to you."))
            outcome.not_done.append(NotDone(reason.message))
            continue
        try:
            with db.session.begin_nested():
                _assign(case, seen, by=by, user_id=user_id, free_only=free_only)
            outcome.done += 1
        except DomainError as refused:
            said = NotDone(refused.message, case.number or "", case.called, case.id)
            outcome.not_done.append(said)
    return outcome


def _assign(case: Case, seen: int, *, by: Actor, user_id: int | None, free_only: bool) -> None:
    holder = case.assignee
    if free_only and holder is not None and holder.id != by.user_id:
        raise RuleBroken(_("%(name)s has taken it.", name=holder.display_name))
    if case.assignee_id == user_id:
        return  # so it is already: nothing to do, nothing to record
    if case.version != seen:
        raise WrongState(_("It has changed since you opened the list."))
    assign(case, by=by, user_id=user_id)
