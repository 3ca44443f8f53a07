"""One way to ask whether something may be had: the same answer for applicant and officer."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from core.errors import Words
from core.i18n import _l


class Outcome(StrEnum):
    """What a condition came to. Unknown means that a fact is missing, not that it failed."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return str(OUTCOME_LABELS[self])


OUTCOME_LABELS = {
    Outcome.PASS: _l("Met"),
    Outcome.FAIL: _l("Not met"),
    Outcome.UNKNOWN: _l("Not known yet"),
}


@dataclass(frozen=True)
class Answer:
    """What a test found: the outcome, the fact it looked at, and the reason in words.

    `matter` is the address below /apply/ of what sets it right, where something does.
    """

    outcome: Outcome
    fact: Words = ""
    reason: Words = ""
    matter: str = ""


def passed(fact: Words = "") -> Answer:
    """Return that the condition is met, and by which fact."""
    return Answer(Outcome.PASS, fact)


def failed(reason: Words, fact: Words = "", *, matter: str = "") -> Answer:
    """Return that the condition is not met, why, which fact says so, and what sets it right."""
    return Answer(Outcome.FAIL, fact, reason, matter)


def unknown(reason: Words) -> Answer:
    """Return that a fact is missing, and which."""
    return Answer(Outcome.UNKNOWN, "", reason)


@dataclass(frozen=True)
class Condition:
    """A rule with a name, its words, its source and the test that decides it.

    `section` is where an applicant gives the fact. `applies` tells for which subjects it counts.
    `confidential` is what the applicant reads in the place of what the test found: only officers
    learn that.
    """

    key: str
    label: Words
    source: Words
    test: Callable[[Any], Answer]
    section: str | None = None
    applies: Callable[[Any], bool] = lambda subject: True
    confidential: Words = ""


@dataclass(frozen=True)
class Result:
    """A condition and what it came to for one subject."""

    key: str
    label: Words
    source: Words
    outcome: Outcome
    reason: Words
    fact: Words
    section: str | None
    confidential: bool = False
    matter: str = ""

    def kept(self) -> dict[str, Any]:
        """Return the result as plain JSON, to be stored with a case."""
        return {name: str(value or "") for name, value in asdict(self).items()}


def evaluate(
    conditions: Iterable[Condition], subject: Any, *, public: bool = False
) -> list[Result]:
    """Return what each condition that applies to `subject` comes to, in their order.

    `public` leaves out what only officers may know: a confidential condition is not tested.
    """
    results = []
    for condition in conditions:
        if condition.applies(subject):
            hidden = bool(public and condition.confidential)
            answer = unknown(condition.confidential) if hidden else condition.test(subject)
            results.append(
                Result(
                    condition.key,
                    condition.label,
                    condition.source,
                    answer.outcome,
                    answer.reason,
                    answer.fact,
                    condition.section,
                    bool(condition.confidential),
                    answer.matter,
                )
            )
    return results
