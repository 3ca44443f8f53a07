"""Writes: remind people of deadlines of theirs."""

from core import clock, messages, policy
from core.accounts import User
from core.db import db, insert_once
from core.i18n import LazyWords, _, _l, ngettext
from core.jobs import each
from core.oversight import queries
from core.oversight.models import DeadlineReminder
from core.oversight.notices import NEAR
from core.oversight.policy import APPLICANT_DAYS, OFFICE_DAYS
from core.workflow import pages, telling
from core.workflow.models import Case
from core.workflow.parties import Party


def remind() -> int:
    """Remind everybody whose deadline is near, of each once; return how many deadlines."""
    told = 0
    for days, applicant in ((OFFICE_DAYS, False), (APPLICANT_DAYS, True)):
        near = queries.near_deadlines(policy.value(days), applicant=applicant)
        told += sum(each("case", near, _remind))
    return told


def _remind(case_id: int) -> bool:
    case = db.session.get_one(Case, case_id)
    if case.due_at is None or case.waiting_party is None or case.closed_at is not None:
        return False
    if not insert_once(DeadlineReminder, case_id=case.id, due_at=case.due_at, at=clock.now()):
        return False
    party = Party(case.waiting_party)
    public = party is Party.APPLICANT
    state, last = case.standing, clock.last_day_before(case.due_at)
    left = pages.working_days_left(last)
    messages.send(
        _holders(case, party),
        NEAR.key,
        {
            "title": case.called,
            "number": case.number or _l("not handed in yet"),
            "state": state.public_label or state.label if public else state.label,
            "day": last,
            "left": LazyWords(_left, left),
            "then": LazyWords(_then, case, public),
        },
        link=f"/cases/{case.id}",
        case_id=case.id,
        body_id=telling.body_of(case, party),
    )
    return True


def _holders(case: Case, party: Party) -> list[User]:
    """Return who has the case: the person who took it, else everybody whose turn it is."""
    able = telling.people(case, party)
    return [it for it in able if it.id == case.assignee_id] or able


def _left(days: int) -> str:
    if days == 0:
        return _("today")
    return ngettext("%(num)s working day from today", "%(num)s working days from today", days)


def _then(case: Case, public: bool) -> str:
    """Return what happens when the time is over, where the kind of case says so."""
    step = case.workflow.step.get(case.standing.on_overdue or "")
    if step is None:
        return "" if public else _("After that it stands in the overdue report.")
    words = str(step.message or step.label)
    if step.basis:
        return _("What follows otherwise: %(words)s (%(basis)s)", words=words, basis=step.basis)
    return _("What follows otherwise: %(words)s", words=words)
