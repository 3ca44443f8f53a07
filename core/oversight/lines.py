"""An event as one line of the lists behind the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from core import clock
from core.accounts import Actor
from core.oversight import queries
from core.workflow.happenings import title_of
from core.workflow.models import CaseEvent


@dataclass(frozen=True)
class EventLine:
    """What happened to a case: late, or by time itself.

    `office` is against whom it counts, empty where against nobody; `url` is None where the reader
    may not open the case.
    """

    number: str
    title: str
    url: str | None
    matter: str
    step: str
    at: datetime
    state: str
    took: int | None
    allowed: int | None
    basis: str
    office: str

    @property
    def on(self) -> date:
        """The day at the office on which it happened."""
        return clock.local(self.at).date()


def event_lines(events: Sequence[CaseEvent], actor: Actor) -> list[EventLine]:
    """Return the events as lines, each with the way to its case where the reader may go there."""
    names, readable = queries.body_names(events), queries.open_to_reader(events, actor)
    return [_line(it, names, it.case_id in readable) for it in events]


def _line(event: CaseEvent, names: dict[int, str], readable: bool) -> EventLine:
    found, workflow = event.case, event.case.workflow
    step = workflow.step.get(event.step)
    before = workflow.state.get(event.before or "")
    return EventLine(
        number=found.number or "",
        title=str(found.called) if readable else "",
        url=url_for("cases.case_detail", case_id=found.id) if readable else None,
        matter=str(found.matter_label),
        step=str(title_of(event)),
        at=event.at,
        state=str(before.label) if before else "",
        took=event.took_days,
        allowed=event.allowed_days,
        basis=str(step.basis) if step else "",
        office=names.get(event.turn_body_id or 0, ""),
    )
