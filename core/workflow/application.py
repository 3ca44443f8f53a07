"""What an applicant fills in: sections, papers, and what they read and answer before they start."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from core.attachments import Slot
from core.errors import Words
from core.workflow.steps import Guard


@dataclass(frozen=True)
class DocumentSlot:
    """A paper that is asked for: which, why, and whether the case can go on without it."""

    slot: Slot
    required: bool = True
    hint: Words = ""
    source: Words = ""
    needed: Callable[[Any], bool] = lambda case: True

    @property
    def key(self) -> str:
        return self.slot.key

    @property
    def label(self) -> Words:
        return self.slot.label


@dataclass(frozen=True)
class Section:
    """A page of the application: its form is registered with `Workflow.section`.

    `missing` yields what is still needed for it to be complete; `documents` are its papers: a
    section with papers has no form of its own.
    """

    key: str
    title: Words
    lead: Words = ""
    missing: Guard = lambda case: ()
    documents: tuple[DocumentSlot, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question of the eligibility check: answering `stops` ends it with `because`."""

    key: str
    text: Words
    choices: tuple[tuple[str, Words], ...]
    stops: Collection[str] = ()
    because: Words = ""
    source: Words = ""


@dataclass(frozen=True)
class Guide:
    """What a newcomer reads before starting: what, who, what is needed, how long, what it costs."""

    title: Words
    lead: Words
    who: tuple[Words, ...]
    needs: tuple[Words, ...]
    steps: tuple[Words, ...]
    cost: Words
    laws: tuple[Words, ...]
    days: tuple[tuple[Words, str], ...] = ()
    questions: tuple[Question, ...] = ()
