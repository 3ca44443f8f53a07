"""Instruments that a case issues, with what every one of them says about it."""

from typing import Any

from flask_babel import force_locale

from core import clock, documents
from core.accounts import Actor
from core.policy import Policy
from core.workflow import clocks
from core.workflow.models import Case


def issue(
    case: Case, kind: str, *, by: Actor, recipient: str, subject: str, **facts: Any
) -> documents.Instrument:
    """Issue an instrument about the case, in Chinese as the law wants it.

    `recipient` is whom it is addressed to, `subject` the matter; number and deciding office come
    from the case. Raises what `documents.issue` raises.
    """
    with force_locale("zh_Hans"):
        return documents.issue(
            kind,
            facts={
                "recipient": recipient,
                "subject": subject,
                "case_number": case.number,
                "authority": case.office.name if case.office else "",
                **facts,
            },
            case_id=case.id,
            body_id=case.subject_body_id,
            by=by,
        )


def correction_facts(case: Case, entered: dict[str, Any], allowed: Policy[int]) -> dict[str, Any]:
    """Return what a correction notice says: every item, and the last day to mend them."""
    days = int(case.frozen(allowed.key))
    return {
        "items": entered["items"],
        "deadline": clocks.last_day(clock.today(), allowed.key, days),
    }
