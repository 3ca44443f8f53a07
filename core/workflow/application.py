"""What an applicant fills in: sections, papers, and what they read and answer before they start."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from core import policy
from core.attachments import Slot
from core.errors import Words
from core.workflow.steps import Ask, Guard


@dataclass(frozen=True)
class DocumentSlot:
    """A paper that is asked for: which, why, and whether the case can go on without it.

    `proves` are the keys of the conditions that are examined again when it is exchanged.
    """

    slot: Slot
    required: bool = True
    hint: Words = ""
    source: Words = ""
    needed: Callable[[Any], bool] = lambda case: True
    proves: Collection[str] = ()

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
    section with papers has no form of its own. Nor has one with `asks`, whose form is made of
    them; a draft may leave each open. Only cases to which it `applies` have the section. Where
    something on record is to become something else, `stands` says of the case and the name of an
    answer what is on record now.
    """

    key: str
    title: Words
    lead: Words = ""
    missing: Guard = lambda case: ()
    documents: tuple[DocumentSlot, ...] = ()
    asks: tuple[Ask, ...] = ()
    applies: Callable[[Any], bool] = lambda case: True
    stands: Callable[[Any, str], Words | None] | None = None


@dataclass(frozen=True)
class Question:
    """A question of the eligibility check: answering `stops` ends it with `because`.

    `matter` is the address below /apply/ of what to apply for instead.
    """

    key: str
    text: Words
    choices: tuple[tuple[str, Words], ...]
    stops: Collection[str] = ()
    because: Words = ""
    source: Words = ""
    matter: str = ""


@dataclass(frozen=True)
class Guide:
    """A matter that may be applied for, and what a newcomer reads before starting.

    `key` is its address below /apply/ (the kind of case where nothing else is said), `matter` what
    its cases are called (the kind's title). `given` are answers that the matter itself gives, beside
    those of the eligibility check. What is `for_organizations` is applied for in the name of one that
    exists already, by somebody who acts for it; everything else in a person's own name. `open` is the policy value that switches it; where that is off,
    `closed` says so, with its source.
    """

    title: Words
    lead: Words
    who: tuple[Words, ...]
    needs: tuple[Words, ...]
    steps: tuple[Words, ...]
    cost: Words
    laws: tuple[Words, ...]
    days: tuple[tuple[Words, str], ...] = ()
    questions: tuple[Question, ...] = ()
    key: str = ""
    matter: Words = ""
    given: Mapping[str, str] = field(default_factory=dict)
    for_organizations: bool = False
    open: str = ""
    closed: Words = ""
    closed_source: Words = ""

    @property
    def is_open(self) -> bool:
        """Whether the matter can be applied for here today."""
        return not self.open or bool(policy.value(self.open))
