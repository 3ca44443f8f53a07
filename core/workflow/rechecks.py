"""Findings whose ground has moved: what the applicant changed is examined again."""

from flask_babel import force_locale

from core import audit
from core.accounts import SYSTEM, Actor
from core.db import db
from core.i18n import LOCALES, _l
from core.workflow import corrections, happenings, sections
from core.workflow.models import Case
from core.workflow.steps import Transition

AGAIN = "checklist.again"
happenings.name_happening(AGAIN, _l("Conditions to be examined again"))


def ask_again(case: Case, step: Transition, by: Actor) -> None:
    """Take back the findings on what was changed, where the applicant has just handed it in again.

    A finding goes with the section in which its fact is given, or with a paper that proves it.
    """
    if not case.checks or not corrections.hands_in(case, case.events[-1]):
        return
    with force_locale(LOCALES[0]):
        moved = _moved(case)
        again = {c.key: c for c in case.workflow.conditions_of(case) if c.key in moved}
        told = "、".join(str(condition.label) for condition in again.values())
    found = [check for check in case.checks if check.key in again]
    if not found:
        return
    changes: dict[str, list[str | None]] = {c.key: [c.outcome.value, None] for c in found}
    for check in found:
        db.session.delete(check)
    db.session.flush()
    db.session.expire(case, ["checks"])
    happenings.note(case, AGAIN, told, by=SYSTEM)
    audit.record(f"{case.kind}:check_again", case, by=SYSTEM, changes=changes, case_id=case.id)


def _moved(case: Case) -> set[str]:
    """Return the keys of the conditions whose facts or papers differ from what the office had."""
    before = corrections.earlier(case)
    if before is None:
        return set()
    moved: set[str] = set()
    for section in case.workflow.sections_of(case):
        rows = sections.answer_rows(case, section, change=False)
        if any(row.get("change") for row in corrections.marked(section, rows, before)):
            moved |= {c.key for c in case.workflow.conditions if c.section == section.key}
        for view in sections.slot_views(case, section, before):
            if view.gone or any(file.id in view.new for file in view.files):
                moved |= set(view.slot.proves)
    return moved
