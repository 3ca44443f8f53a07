"""What an applicant changed after the office sent the application back: answers, and papers.

What the application said then is kept as it read, in each language; papers that were taken away
since stay in their table. The offices read both beside what holds now.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import attachments
from core.accounts import Actor
from core.attachments.models import Attachment
from core.db import Encrypted, Model, db
from core.i18n import LOCALES, get_locale
from core.workflow import sections
from core.workflow.application import Section
from core.workflow.models import Case, CaseEvent
from core.workflow.parties import Party
from core.workflow.steps import Transition

Rows = list[dict[str, Any]]


class EarlierAnswers(Model):
    """What an application said when `event` gave it back, as JSON: for each locale and section its
    rows of label, value and a fingerprint of what is masked there.
    """

    __tablename__ = "earlier_answers"

    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), primary_key=True)
    answers: Mapped[str] = mapped_column(Encrypted)
    event: Mapped[CaseEvent] = relationship()


@dataclass(frozen=True)
class Earlier:
    """What the office had read when it sent the application back, at the moment `at`."""

    at: datetime
    answers: dict[str, list[list[str]]]
    gone: Sequence[Attachment]

    def of_slot(self, slot: str) -> list[Attachment]:
        """Return the papers of a slot that the office had and that were taken away since."""
        return [paper for paper in self.gone if paper.slot == slot]


def keep_answers(case: Case, step: Transition, by: Actor) -> None:
    """Keep what the application says, where a step has just given it back to its applicant."""
    event = case.events[-1]
    if not _gives_back(case, event):
        return
    told = {}
    for locale in LOCALES:
        with force_locale(locale):
            told[locale] = {
                section.key: [
                    list(_said(row)) for row in sections.answer_rows(case, section, change=False)
                ]
                for section in case.workflow.sections_of(case)
                if not section.documents
            }
    kept = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    db.session.add(EarlierAnswers(event=event, answers=kept))


def earlier(case: Case) -> Earlier | None:
    """Return what the office last sent back; None where it never did, or kept nothing yet."""
    event = next((it for it in reversed(case.events) if _gives_back(case, it)), None)
    kept = db.session.get(EarlierAnswers, event.id) if event is not None else None
    if event is None or kept is None:
        return None
    told = json.loads(kept.answers).get(str(get_locale() or LOCALES[0]), {})
    gone = [
        paper
        for paper in attachments.list_removed(case_id=case.id, since=event.at)
        if paper.at <= event.at
    ]
    return Earlier(event.at, told, gone)


def handed_in(case: Case) -> list[datetime]:
    """Return when the applicant handed the application in: at first, and each time again."""
    return [event.at for event in case.events if hands_in(case, event)]


def is_unsent(case: Case) -> bool:
    """Return whether the applicant may be changing what an office has read: the office reads on what
    was handed in.
    """
    state = case.standing
    mending = state.waits_on is Party.APPLICANT and not state.private
    return mending and bool(case.workflow.open_sections(case))


def as_read(section: Section, before: Earlier) -> Rows:
    """Return the answers of a section as the office had them."""
    return [{"label": it[0], "value": it[1]} for it in before.answers.get(section.key, [])]


def papers_as_read(case: Case, section: Section, before: Earlier) -> list[sections.SlotView]:
    """Return the papers of a section as the office had them: those that were taken away, too."""
    return [
        replace(
            view,
            files=[*(f for f in view.files if f.id not in view.new), *view.gone],
            new=(),
            gone=(),
        )
        for view in sections.slot_views(case, section, before)
    ]


def was_handed_in(attachment: Attachment) -> bool:
    """Return whether a paper that was taken away is part of what the office once had."""
    case, removed = db.session.get(Case, attachment.case_id), attachment.removed_at
    if case is None or removed is None:
        return False
    return any(attachment.at <= at <= removed for at in handed_in(case))


def marked(section: Section, rows: Rows, before: Earlier | None) -> Rows:
    """Return the answers of a section, each that changed with `change` and what it `was`.

    Rows of one label (people) are first matched by what they say, then by their order. What is not
    there any more follows at the end.
    """
    if before is None or section.documents:
        return rows
    left = [tuple(it) for it in before.answers.get(section.key, [])]
    changed: set[int] = set()
    for place, row in enumerate(rows):
        if _said(row) in left:
            left.remove(_said(row))
        else:
            changed.add(place)
    read = [_compared(row, left) if place in changed else row for place, row in enumerate(rows)]
    gone = [{"label": it[0], "value": "", "was": it[1], "change": "gone"} for it in left]
    return [*read, *gone]


def _said(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return what a row says: label, value, and a fingerprint of what is masked in it."""
    return str(row["label"]), str(row["value"] or ""), row.get("masked", "")


def _compared(row: dict[str, Any], left: list[tuple[str, ...]]) -> dict[str, Any]:
    """Return a row that says something else than before, with what it said; take that out of `left`.

    One whose words are the same but for what is masked says so.
    """
    label, value, _masked = _said(row)
    alike = [it for it in left if it[0] == label]
    was = next((it for it in alike if it[1] == value), alike[0] if alike else None)
    if was is None:
        return {**row, "change": "added"}
    left.remove(was)
    if was[1] == value:
        return {**row, "change": "masked"}
    return {**row, "change": "changed", "was": was[1]}


def _of_applicant(case: Case, state: str | None) -> bool:
    declared = case.workflow.state.get(state or "")
    return declared is not None and declared.waits_on is Party.APPLICANT


def _gives_back(case: Case, event: CaseEvent) -> bool:
    """Return whether a step brought the application back from an office to its applicant."""
    before, after = _of_applicant(case, event.before), _of_applicant(case, event.after)
    return after and not before and event.before is not None


def hands_in(case: Case, event: CaseEvent) -> bool:
    """Return whether the applicant gave the application to an office with a step."""
    after = case.workflow.state[event.after]
    return _of_applicant(case, event.before) and not (
        after.final or _of_applicant(case, event.after)
    )
