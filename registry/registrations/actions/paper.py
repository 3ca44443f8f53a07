"""What every paper of a registration says: to whom, and about what."""

from typing import Any

from core import documents
from core.accounts import Actor
from core.workflow.usual import papers
from registry.registrations.models import Registration


def issue_paper(case: Registration, kind: str, by: Actor, **facts: Any) -> documents.Instrument:
    """Issue an instrument to the applicants: a filed group, or people who are no organization yet."""
    recipient, subject = f"{case.title}（筹备组）", f"{case.title}成立登记"
    if case.is_upgrade:
        recipient, subject = case.title, f"{case.title}备案转登记"
    return papers.issue(case, kind, by=by, recipient=recipient, subject=subject, **facts)
