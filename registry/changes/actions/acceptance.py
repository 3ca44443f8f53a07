"""What is noted and confirmed when a change is handed in, and the office's first answer."""

from typing import Any

from core import clock, documents
from core.accounts import Actor
from core.workflow.usual import notices as answers
from core.workflow.usual import papers
from registry.changes import policy, rules, standing
from registry.changes.models import RegistrationChange
from registry.changes.papers import DOCUMENTS
from registry.changes.workflow import CHANGE


def issue_paper(
    case: RegistrationChange, kind: str, by: Actor, **facts: Any
) -> documents.Instrument:
    subject = f"{case.title}变更登记"
    return papers.issue(case, kind, by=by, recipient=case.title, subject=subject, **facts)


def note_present(case: RegistrationChange) -> None:
    case.before = {
        it.fact: standing.plain(getattr(case.organization, it.fact)) for it in standing.chosen(case)
    }


@CHANGE.on("submit_to_sponsor")
@CHANGE.on("resubmit_to_sponsor")
def send_to_sponsor(case: RegistrationChange, by: Actor, entered: dict[str, Any]) -> None:
    """Note what the register says of what changes."""
    note_present(case)


@CHANGE.on("submit")
@CHANGE.on("resubmit")
def give_receipt(case: RegistrationChange, by: Actor, entered: dict[str, Any]) -> None:
    """Note what the register says; confirm which papers came in, and when."""
    note_present(case)
    items = [str(each.label) for each in DOCUMENTS if each.needed(case)]
    issue_paper(case, "submission_receipt", by, received_on=clock.today(), items=items)


@CHANGE.on("sponsor_agree")
def note_consent(case: RegistrationChange, by: Actor, entered: dict[str, Any]) -> None:
    """Keep the day of the sponsor unit's consent; the registrar has the papers from today."""
    case.sponsor_agreed_on = clock.today()
    give_receipt(case, by, entered)


def articles_of(case: RegistrationChange) -> list[str]:
    """Return the article on changes of the regulation of its type, as papers cite it."""
    law = rules.law_of(case)
    return [f"《{law.regulation}》{law.article}"]


answers.answer_with(CHANGE, issue_paper, corrections=policy.CORRECTION_DAYS, decided_by=articles_of)
