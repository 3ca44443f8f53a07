"""Reasons, shared by kinds of case, why a step must wait."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.eligibility import Outcome
from core.i18n import _
from core.workflow.steps import Finding

if TYPE_CHECKING:
    from core.workflow.models import Case


def complete(case: "Case") -> Iterator[Finding]:
    """Yield everything that keeps the application from being submitted, section by section."""
    from core.workflow import sections  # draws pages, which declarations must not need

    yield from sections.missing(case)


def conditions_met(case: "Case") -> Iterator[Finding]:
    """Yield the conditions that the recorded facts do not meet."""
    for condition in case.workflow.conditions_of(case):
        answer = condition.test(case)
        if answer.outcome is not Outcome.PASS:
            yield Finding(answer.reason, condition.section, condition.source)


def every_condition_checked(case: "Case") -> Iterator[Finding]:
    """Yield the conditions the examiner has not found to be met."""
    found = {c.key: c.outcome for c in case.checks}
    for condition in case.workflow.conditions_of(case):
        if found.get(condition.key) is not Outcome.PASS:
            yield Finding(
                _("“%(condition)s” has not been found to be met.", condition=condition.label),
                source=condition.source,
            )


def supplement_asked_once(case: "Case") -> Iterator[Finding]:
    """Yield why further papers are not asked for again: once in an examination.

    Sent back by whoever decides, a case is examined anew.
    """
    for event in reversed(case.events):
        if event.step == "send_back":
            return
        if event.step == "request_supplement":
            yield Finding(
                _("Further papers were asked for already; everything had to be asked for at once."),
                source=_("Once in an examination; again only after the case was sent back."),
            )
            return


def asked_once(case: "Case") -> Iterator[Finding]:
    """Yield why a second correction notice is not allowed: everything is asked for at once."""
    if any(event.step == "request_correction" for event in case.events):
        yield Finding(
            _("A correction notice was already sent; everything had to be asked for at once."),
            source="行政许可法第三十二条第一款第四项",
        )
