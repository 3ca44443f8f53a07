"""What a kind of case goes through: its states, the steps between them, and its clock."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.errors import Words
from core.i18n import _, _l
from core.workflow.parties import Party


@dataclass(frozen=True)
class Finding:
    """One reason why a step cannot be taken: words, where to mend it, and the rule behind it.

    `field` is the field of the section's form that it concerns, where it is one.
    """

    text: Words
    section: str | None = None
    source: Words = ""
    field: str | None = None


def too_few_lines(least: int) -> str:
    """Return what is said where a list has fewer lines than `least`."""
    return _("Please give at least %(n)d, one a line.", n=least)


class Phase(StrEnum):
    """A part of the way through a case that is for people of its own: see core.workflow.eyes."""

    SPONSOR = "sponsor"
    INTAKE = "intake"
    EXAMINATION = "examination"
    DECISION = "decision"
    ISSUE = "issue"

    @property
    def label(self) -> str:
        return str(_PHASE_LABELS[self])


_PHASE_LABELS = {
    Phase.SPONSOR: _l("Opinion of the sponsor unit"),
    Phase.INTAKE: _l("Intake"),
    Phase.EXAMINATION: _l("Examination"),
    Phase.DECISION: _l("Decision"),
    Phase.ISSUE: _l("Issue of the certificate"),
}


Choices = tuple[tuple[str, Words], ...]
Guard = Callable[[Any], Iterable[Finding]]
Effect = Callable[[Any, Any, dict[str, Any]], None]


@dataclass(frozen=True)
class State:
    """A place where a case can stand.

    `due` is the policy value that says how long it may stand here, or `ends` the moment that the
    case itself names (the deadline of a tender); `on_overdue` the step the system takes then.
    `waits_on` is the party whose turn it is. `pauses` says why the case clock
    stands still here, `pauses_basis` by what article. `opens` names the sections that the applicant
    may change here, where that is not the whole application. `private` hides the case from
    everybody but the applicant. `settled`:
    the applicant has what they asked for; what follows, by whom and by when, concerns only offices.
    `public_label` and `next_text` are what the applicant reads.
    """

    key: StrEnum
    label: Words
    tone: str = "grey"
    waits_on: Party | None = None
    due: str | None = None
    ends: Callable[[Any], datetime | None] | None = None
    on_overdue: str | None = None
    pauses: Words = ""
    pauses_basis: Words = ""
    opens: Collection[str] | None = None
    private: bool = False
    settled: bool = False
    final: bool = False
    public_label: Words = ""
    next_text: Words = ""


@dataclass(frozen=True)
class Ask:
    """Something a step or section asks: text, long, lines, date, number, money, choice or yes.

    `choices` may be a function of the case; `most` is the largest number or the longest text,
    `least` the fewest lines that differ, and `too_few` what is said where there are fewer. `refuses`
    returns why an answer cannot stand in a case, in words, or None.
    """

    name: str
    label: Words
    kind: str = "text"
    required: bool = True
    hint: Words = ""
    choices: Choices | Callable[[Any], Choices] = ()
    shown_to_applicant: bool = True
    most: int | None = None
    least: int = 0
    too_few: Words = ""
    refuses: Callable[[Any, Any], Words | None] = lambda case, answer: None

    def fault(self, lines: Collection[str]) -> Words | None:
        """Return what is said where too few lines differ from each other, or None."""
        differ = {"".join(line.split()).casefold() for line in lines}
        return None if len(differ) >= self.least else self.too_few or too_few_lines(self.least)

    def options(self, case: Any) -> Choices:
        """Return what there is to choose from for this case."""
        return self.choices(case) if callable(self.choices) else self.choices


@dataclass(frozen=True)
class Transition:
    """A step from one of `source` to `target` (None: the case stays where it is).

    Nobody takes steps of two phases of one case: different eyes. `effect` says in words what else
    happens; its code is registered with `Workflow.on`. `consequence` is what
    the person reads before pressing; `message` what the parties in `tells` are told, and `told` what
    the applicant among them is told where that is something else.
    `private_note` keeps the note among staff. `proposes` names the step that another person is
    proposed to take: they read who proposes it and why, and find its fields filled in. `from_receipt` starts the case clock on the day the
    papers came to the state. `submits` gives the case its number. A step exists for a case only
    where it `applies`. What is `final` stands once it is taken, as does what has the `tone` "red":
    its panel opens first, names the consequence, and is confirmed by the button inside.
    """

    name: str
    label: Words
    source: Collection[StrEnum]
    target: StrEnum | None
    by: Collection[Party]
    guard: Guard = lambda case: ()
    reason: bool = False
    reason_label: Words = ""
    asks: tuple[Ask, ...] = ()
    effect: str = ""
    consequence: Words = ""
    message: Words = ""
    told: Words = ""
    tells: Collection[Party] = ()
    phase: Phase | None = None
    basis: Words = ""
    tone: str = "secondary"
    private_note: bool = False
    proposes: str = ""
    from_receipt: bool = False
    submits: bool = False
    final: bool = False
    applies: Callable[[Any], bool] = lambda case: True


@dataclass(frozen=True)
class CaseClock:
    """The time the law and the office's promise give for the whole case.

    Runs from a step in `starts` to a step in `ends`; `statutory` and `promised` are policy keys.
    """

    starts: Collection[str]
    ends: Collection[str]
    statutory: str
    promised: str
