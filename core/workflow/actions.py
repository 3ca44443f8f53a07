"""Writes on any case that are not steps: drafts, checklist, assignment, recusal."""

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from core import audit, clock
from core.accounts import Actor, User
from core.accounts.actor import acting_for
from core.db import db
from core.eligibility import Outcome
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.i18n import _, _l
from core.workflow import clocks, eyes
from core.workflow.application import Guide, Section
from core.workflow.declaration import Workflow
from core.workflow.models import Case, CaseCheck, Recusal
from core.workflow.parties import Party
from core.workflow.standing import may_take, parties
from core.workflow.steps import Phase


def start(workflow: Workflow, guide: Guide, *, by: Actor, **answers: str) -> Case:
    """Open a draft of what `guide` leads to. Raises what the kind's own starter raises.

    What founds something new is applied for in one's own name, whomever one acts for just now.
    """
    assert workflow.starter is not None
    if not guide.for_organizations and by.user is not None:
        by = acting_for(by.user, 0)
    case: Case = workflow.starter({**answers, **guide.given}, by=by)
    case.matter = guide.key
    return case


WITH_THE_OFFICE = _l("The application is with the office now and cannot be changed.")
NOT_ASKED_FOR = _l("Only what the office asked for can be changed now.")


def may_edit(case: Case, by: Actor) -> bool:
    """Return whether `by` may change the application now: its applicant, while it is theirs."""
    return case.standing.waits_on is Party.APPLICANT and Party.APPLICANT in parties(case, by)


def open_section(case: Case, key: str, by: Actor) -> Section:
    """Return the section `key`, where `by` may change it now. Raises NotFound or WrongState."""
    section = case.workflow.section_of(case, key)
    if section is None:
        raise NotFound(_("There is no such section."))
    if not may_edit(case, by):
        raise WrongState(WITH_THE_OFFICE)
    if section not in case.workflow.open_sections(case):
        raise WrongState(NOT_ASKED_FOR)
    return section


def save_section(
    case: Case, key: str, *, by: Actor, seen: str | None = None, **values: Any
) -> Case:
    """Keep a section of the application as far as it goes; a draft need not be complete.

    Raises RuleBroken where another window or person saved the case after this page was opened.
    """
    open_section(case, key, by)
    if seen and seen.isdigit() and int(seen) != case.version:
        raise RuleBroken(
            _(
                "This application was changed in another window after you opened this page. "
                "What you typed is still here; saving again replaces what this section holds."
            )
        )
    saver = case.workflow.savers.get(key)
    if saver is not None:
        saver(case, by=by, **values)
    else:
        for name, value in values.items():
            case.keep(name, value)
    touch(case)
    return case


def touch(case: Case) -> None:
    """Note that the application was changed, wherever the change is kept: it has a new version.

    A draft that was changed has its whole time again.
    """
    flag_modified(case, "title")
    if case.standing.private:
        clocks.set_state_deadline(case, case.standing)


def keep_check(
    case: Case, *, by: Actor, key: str, outcome: Outcome, check_note: str = ""
) -> CaseCheck:
    """Note what the examiner found on one condition. Raises NotAllowed or RuleBroken."""
    workflow = case.workflow
    if workflow.checked_by not in parties(case, by):
        raise NotAllowed(_("Only the examiner fills in the checklist."))
    if case.state not in workflow.checked_in:
        raise WrongState(_("The checklist is filled in while the case is under examination."))
    for problem in eyes.hindered(case, Phase.EXAMINATION, by):
        raise NotAllowed(problem.text)
    if key not in {c.key for c in workflow.conditions_of(case)}:
        raise NotFound(_("There is no such condition."))
    if outcome is Outcome.FAIL and not check_note.strip():
        raise RuleBroken(_("Please say what is not met."), field="check_note")
    check = next((c for c in case.checks if c.key == key), None)
    before = (check.outcome.value, check.note) if check is not None else (None, "")
    if check is None:
        check = CaseCheck(key=key)
        case.checks.append(check)
    assert by.user_id is not None
    check.outcome, check.note = outcome, check_note.strip()
    check.by_id, check.at = by.user_id, clock.now()
    changes: dict[str, list[str | None]] = {key: [before[0], outcome.value]}
    if before[1] != check.note:
        changes["remark"] = [before[1], check.note]
    eyes.note_check(case, by)
    audit.record(f"{case.kind}:check", case, by=by, changes=changes, case_id=case.id)
    return check


def take(case: Case, *, by: Actor) -> Case:
    """Put the case on the actor's own desk. Raises NotAllowed where it is not their turn."""
    return assign(case, by=by, user_id=by.user_id)


def assign(case: Case, *, by: Actor, user_id: int | None) -> Case:
    """Give the case to a person of the office whose turn it is; None puts it back on the pile."""
    turn = case.waiting_party
    mine = {p.value for p in parties(case, by)}
    if turn not in mine and Party.BUREAU_HEAD.value not in mine:
        raise NotAllowed(_("The case is not waiting for your office."))
    if user_id is not None:
        user = db.session.get(User, user_id)
        if user is None or turn is None or not may_take(case, user):
            words = _("This person cannot take the case.")
            if user is not None and turn is not None:
                words = _(
                    "%(name)s is no %(role)s of the office that has the case, or has to keep off it.",
                    name=user.display_name,
                    role=Party(turn).label,
                )
            raise RuleBroken(words, field="user_id")
    before, case.assignee_id = case.assignee_id, user_id
    changes = {"assignee_id": [before, user_id]}
    audit.record(f"{case.kind}:assign", case, by=by, changes=changes, case_id=case.id)
    return case


def recuse(case: Case, *, by: Actor, reason: str) -> Case:
    """Take oneself off a case for good: from now on it does not exist for this person."""
    if not reason.strip():
        raise RuleBroken(_("Please give the reason."), field="reason")
    if by.user_id is None or Party.APPLICANT in parties(case, by):
        raise NotAllowed(_("An applicant cannot be recused."))
    case.recusals.append(Recusal(user_id=by.user_id, reason=reason.strip()))
    if case.assignee_id == by.user_id:
        case.assignee_id = None
    audit.record(f"{case.kind}:recuse", case, by=by, note=reason.strip(), case_id=case.id)
    return case


def may_change_papers(case_id: int, by: Actor) -> bool:
    """Return whether `by` may add papers to the case or take them away now."""
    case = db.session.get(Case, case_id)
    if case is None or not may_edit(case, by):
        return False
    return any(section.documents for section in case.workflow.open_sections(case))


def papers_changed(case_id: int) -> None:
    """Note that a paper of the case came or went: who confirmed it before did not see it so."""
    touch(db.session.get_one(Case, case_id))
