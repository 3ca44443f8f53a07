"""A case as one line of a list: what it is, where it stands, and by when something is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for

from core.i18n import _, ngettext
from core.workflow.models import Case
from core.workflow.pages import last_day, nearness, working_days_left
from core.workflow.parties import Party
from core.workflow.steps import State


@dataclass(frozen=True)
class Mark:
    """Words in a colour: what a tag shows."""

    label: str
    tone: str


@dataclass(frozen=True)
class CaseLine:
    """One case in a list. `due` is the last day for the next step, `pressure` how near that is.

    `next` says what comes now and `yours` whether the reader has to do it.
    """

    case: Case
    url: str
    number: str
    title: str
    matter: str
    state: Mark
    due: date | None
    pressure: Mark
    holder: str
    next: str
    yours: bool
    closed: bool

    @property
    def seen(self) -> str:
        """The case and the version of it that the reader looks at: "12-3"."""
        return f"{self.case.id}-{self.case.version}"


def case_line(case: Case, *, public: bool) -> CaseLine:
    """Return the line of a case as its applicant reads it (`public`), or as an officer does."""
    state = case.standing
    settled = public and state.settled
    return CaseLine(
        case,
        url_for("cases.case_detail", case_id=case.id),
        case.number or "",
        str(case.called),
        str(case.matter_label),
        state_mark(state, public=public),
        last_day(case, public=public),
        Mark("", "grey") if settled else _pressure(case),
        case.assignee.display_name if case.assignee and not public else "",
        str(state.next_text),
        public and state.waits_on is Party.APPLICANT,
        state.final or settled,
    )


def state_mark(state: State, *, public: bool) -> Mark:
    """Return the tag of a state, in the words for the applicant or for the office."""
    words = state.public_label if public and state.public_label else state.label
    return Mark(str(words), state.tone)


def _pressure(case: Case) -> Mark:
    """Return in a word how near the end of the time is that the case has in its state."""
    if case.closed_at is not None:
        return Mark(_("Closed"), "grey")
    day = last_day(case)
    if day is None:
        return Mark(_("Clock stands still") if case.stopped_on else _("No time limit"), "grey")
    left = working_days_left(day)
    if left < 0:
        words = ngettext("%(num)s working day overdue", "%(num)s working days overdue", -left)
        return Mark(words, "red")
    if left == 0:
        return Mark(_("Due today"), "amber")
    words = ngettext("%(num)s working day left", "%(num)s working days left", left)
    return Mark(words, nearness(left))


def case_lines(cases: Iterable[Case]) -> list[CaseLine]:
    """Return the lines of many cases as an officer reads them; the same words are said once."""
    states: dict[tuple[str, str], Mark] = {}
    matters: dict[tuple[str, str | None], str] = {}
    pressures: dict[tuple[date | None, bool, bool], Mark] = {}
    lines = []
    above = url_for("cases.case_detail", case_id=0).removesuffix("0")
    for case in cases:
        state, day = case.standing, last_day(case)
        at, matter = (case.kind, case.state), (case.kind, case.matter)
        if at not in states:
            states[at] = state_mark(state, public=False)
        if matter not in matters:
            matters[matter] = str(case.matter_label)
        near = (day, case.closed_at is not None, case.stopped_on is not None)
        if near not in pressures:
            pressures[near] = _pressure(case)
        lines.append(
            CaseLine(
                case,
                f"{above}{case.id}",
                case.number or "",
                str(case.title or matters[matter]),
                matters[matter],
                states[at],
                day,
                pressures[near],
                case.assignee.display_name if case.assignee else "",
                "",
                False,
                state.final,
            )
        )
    return lines
