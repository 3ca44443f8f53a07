"""What newcomers are asked: plain questions, each with the choices or the kind of its answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.errors import Words
from core.figures import read_figure
from core.i18n import _l, money
from core.policy import said
from registry.registrations.types.institution_details import SECTOR_LABELS
from registry.registrations.types.service_institution import PREMISES_MONTHS

Choices = tuple[tuple[str, Words], ...]


class Activity(StrEnum):
    """What somebody means to do."""

    TOGETHER = "together"
    SERVICES = "services"
    DONATIONS = "donations"
    OWNERS = "owners"
    BUSINESS = "business"


#: What is neither registered nor filed here: nothing further is asked.
ELSEWHERE = frozenset({Activity.OWNERS, Activity.BUSINESS})


@dataclass(frozen=True)
class Asked:
    """One question: a choice where it has `choices`, else a number, or a sum in yuan (`money`).

    `of` are the activities for which it matters. `open` are the words of an answer left open; a
    question without them must be answered.
    """

    key: str
    text: Words
    hint: Words = ""
    choices: Choices = ()
    of: frozenset[Activity] = frozenset(Activity) - ELSEWHERE
    open: Words = ""
    money: bool = False
    most: int = 1_000_000
    unit: Words = ""

    def read(self, written: str) -> Any:
        """Return the answer that was written, None for one left open. Raises ValueError."""
        if self.choices:
            if written in dict(self.choices):
                return written
            raise ValueError(written)
        if not written.strip() and self.open:
            return None
        number = read_figure(written)
        whole = self.money or number == number.to_integral_value()
        if not whole or not 0 <= number <= self.most:
            raise ValueError(written)
        return number.quantize(Decimal("0.01")) if self.money else int(number)

    def spoken(self, answer: Any) -> str:
        """Return an answer as people read it."""
        if answer is None:
            return str(self.open)
        if self.choices:
            return str(dict(self.choices)[answer])
        return money(answer) if self.money else str(answer)


NOT_YET = _l("I do not know yet")
TOGETHER = frozenset({Activity.TOGETHER})
SERVICES = frozenset({Activity.SERVICES})

QUESTIONS = (
    Asked(
        "activity",
        _l("What do you mean to do?"),
        choices=(
            (
                Activity.TOGETHER,
                _l("Come together: a choir, a society, people or firms of a trade"),
            ),
            (Activity.SERVICES, _l("Give services to people: care, teaching, advice")),
            (Activity.DONATIONS, _l("Use donated property for the public good")),
            (Activity.OWNERS, _l("Act as an owners' committee or for a stairwell")),
            (Activity.BUSINESS, _l("Earn money and share it among ourselves")),
        ),
        of=frozenset(Activity),
    ),
    Asked(
        "people",
        _l("How many people are with you?"),
        _l("Count everybody who would be a member or takes part regularly, yourself included."),
        open=NOT_YET,
        unit=_l("people"),
    ),
    Asked(
        "units",
        _l("How many firms or other units would be members?"),
        _l("Write 0 if only persons are with you."),
        of=TOGETHER,
        open=NOT_YET,
        unit=_l("units"),
    ),
    Asked(
        "staff",
        _l("How many people work for it full time?"),
        _l("Write 0 if everybody helps in their free time."),
        open=NOT_YET,
        unit=_l("people"),
    ),
    Asked(
        "sector",
        _l("In which field are the services?"),
        choices=tuple(SECTOR_LABELS.items()),
        of=SERVICES,
    ),
    Asked(
        "funds",
        _l("How much money is there to begin with?"),
        _l("Lawful money that stays in the organization. 30,000 and 3万 are understood alike."),
        money=True,
        most=10**11,
        open=NOT_YET,
        unit=_l("yuan"),
    ),
    Asked(
        "nonstate",
        _l("Do two thirds of it or more come from others than the state?"),
        _l("From individuals, companies or social organizations; and nobody gets it back."),
        choices=(("yes", _l("Yes")), ("no", _l("No")), ("open", NOT_YET)),
        of=SERVICES,
    ),
    Asked(
        "place",
        _l("Which place is there?"),
        choices=(
            ("owned", _l("A place of its own")),
            (
                "secured",
                said(_l("Rented or lent, for another %(months)s or more"), months=PREMISES_MONTHS),
            ),
            ("short", _l("Rented or lent, for a shorter time")),
            ("shared", _l("A room of the community that we share with others")),
            ("none", _l("None yet")),
        ),
    ),
    Asked(
        "wish",
        _l("Is it to have a bank account, sign contracts or employ people in its own name?"),
        choices=(("yes", _l("Yes")), ("no", _l("No, that is not needed")), ("later", _l("Later"))),
    ),
    Asked(
        "sponsor",
        _l("Does a government department support you?"),
        _l("The department of your field. Some fields need none; the office helps to find out."),
        choices=(
            ("dual_managed", _l("Yes")),
            ("direct", _l("We belong to a class that needs none")),
            ("neither", _l("No")),
            ("open", NOT_YET),
        ),
    ),
)
BY_KEY = {it.key: it for it in QUESTIONS}


@dataclass(frozen=True)
class Answers:
    """What was answered: by key, None for what was left open. `faults` are those not understood."""

    given: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, key: str) -> Any:
        if key not in BY_KEY:
            raise AttributeError(key)
        return self.given.get(key)

    @property
    def asked(self) -> list[Asked]:
        """The questions that matter for what these people mean to do, in their order."""
        activity = self.given.get("activity")
        if activity is None:
            return list(QUESTIONS[:1])
        return [it for it in QUESTIONS if Activity(activity) in it.of]

    @property
    def next(self) -> Asked | None:
        """The first question that is not answered yet, or None."""
        return next((it for it in self.asked if it.key not in self.given), None)


def read_answers(written: Callable[[str], str | None]) -> Answers:
    """Return the answers of an address; `written(key)` is what stands there, None for nothing."""
    given: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for asked in QUESTIONS:
        text = written(asked.key)
        if text is None:
            continue
        try:
            given[asked.key] = asked.read(text.strip()[:40])
        except ValueError:
            faults[asked.key] = text[:40]
    return Answers(given, faults)
