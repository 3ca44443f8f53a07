"""What every paper of a registration says: to whom, and about what."""

from typing import Any

from core import documents
from core.accounts import Actor
from core.workflow.usual import papers
from registry.registrations.models import Registration


def issue_paper(case: Registration, kind: str, by: Actor, **facts: Any) -> documents.Instrument:
    """Issue an instrument to the applicants, who are not an organization yet."""
    recipient, subject = f"{case.title}（筹备组）", f"{case.title}成立登记"
    return papers.issue(case, kind, by=by, recipient=recipient, subject=subject, **facts)
