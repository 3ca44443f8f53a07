"""What a kind of case is made of: states, steps, clocks, sections, papers and conditions."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.attachments import Slot
from core.eligibility import Condition
from core.errors import Words
from core.workflow.parties import Party, Seat

if TYPE_CHECKING:
    from core.workflow.models import Case


@dataclass(frozen=True)
class Finding:
    """One reason why a step cannot be taken: words, where to mend it, and the rule behind it."""

    text: Words
    section: str | None = None
    source: Words = ""


Guard = Callable[[Any], Iterable[Finding]]
Effect = Callable[[Any, Any, dict[str, Any]], None]


@dataclass(frozen=True)
class State:
    """A place where a case can stand.

    `due` is the policy value that says how long it may stand here; `on_overdue` the step the
    system takes then. `waits_on` is the party whose turn it is. `pauses` says why the case clock
    stands still here. `private` hides the case from everybody but the applicant.
    `public_label` and `next_text` are what the applicant reads.
    """

    key: StrEnum
    label: Words
    tone: str = "grey"
    waits_on: Party | None = None
    due: str | None = None
    on_overdue: str | None = None
    pauses: Words = ""
    private: bool = False
    final: bool = False
    public_label: Words = ""
    next_text: Words = ""


@dataclass(frozen=True)
class Ask:
    """Something a step wants to know: `kind` is text, long, lines, date, choice, money or yes."""

    name: str
    label: Words
    kind: str = "text"
    required: bool = True
    hint: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    shown_to_applicant: bool = True


@dataclass(frozen=True)
class Transition:
    """A step from one of `source` to `target` (None: the case stays where it is).

    `not_by` names earlier steps whose taker may not take this one: different eyes. `effect` says
    in words what else happens; its code is registered with `Workflow.on`. `consequence` is what
    the person reads before pressing; `message` what the parties in `tells` are told.
    `private_note` keeps the note among staff. `from_receipt` starts the case clock on the day the
    papers came to the state. `submits` gives the case its number. A step exists for a case only
    where it `applies`. `tone` "red" marks what cannot be undone: it is confirmed once.
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
    tells: Collection[Party] = ()
    not_by: tuple[str, ...] = ()
    basis: Words = ""
    tone: str = "secondary"
    private_note: bool = False
    from_receipt: bool = False
    submits: bool = False
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
    documents: tuple["DocumentSlot", ...] = ()


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


@dataclass
class Workflow:
    """One kind of case, declared once; everything else asks this declaration."""

    kind: str
    title: Words
    states: Iterable[State]
    transitions: Iterable[Transition]
    series: str
    clock: CaseClock | None = None
    freezes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    guide: Guide | None = None
    conditions: tuple[Condition, ...] = ()
    checked_in: Collection[StrEnum] = ()
    checked_by: Party = Party.EXAMINER
    seats: tuple[Seat, ...] = (Seat.OFFICE,)
    model: type["Case"] | None = None
    state: dict[str, State] = field(init=False)
    step: dict[str, Transition] = field(init=False)
    effects: dict[str, Effect] = field(init=False, default_factory=dict)
    forms: dict[str, Any] = field(init=False, default_factory=dict)
    savers: dict[str, Callable[..., Any]] = field(init=False, default_factory=dict)
    starter: Callable[..., Any] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.state = {s.key.value: s for s in self.states}
        self.step = {t.name: t for t in self.transitions}
        self._check()

    def on(self, name: str) -> Callable[[Effect], Effect]:
        """Register the extra work a step declares; it runs inside `move`, before the state."""
        assert self.step[name].effect, f"{name} declares no effect"

        def keep(work: Effect) -> Effect:
            self.effects[name] = work
            return work

        return keep

    def section(self, key: str) -> Callable[[Any], Any]:
        """Register the form class of a section."""
        assert key in {s.key for s in self.sections}, f"{self.kind} has no section {key}"

        def keep(form: Any) -> Any:
            self.forms[key] = form
            return form

        return keep

    def saves(self, key: str) -> Callable[[Any], Any]:
        """Register the action that saves a section whose answers are not plain columns."""

        def keep(action: Any) -> Any:
            self.savers[key] = action
            return action

        return keep

    def starts(self, action: Any) -> Any:
        """Register the action that opens a draft: `action(answers, by) -> Case`."""
        self.starter = action
        return action

    def find_section(self, key: str) -> Section | None:
        """Return the section called `key`, or None."""
        return next((s for s in self.sections if s.key == key), None)

    def assert_complete(self) -> None:
        """Called at start: every declared effect and section has exactly one implementation."""
        declared = {t.name for t in self.step.values() if t.effect}
        assert declared == self.effects.keys(), f"{self.kind}: {declared ^ self.effects.keys()}"
        formed = {s.key for s in self.sections if not s.documents}
        assert formed <= self.forms.keys(), f"{self.kind}: no form for {formed - self.forms.keys()}"

    def _check(self) -> None:
        """Fail at import time if the declaration contradicts itself."""
        for t in self.step.values():
            unknown = {str(s) for s in t.source} - self.state.keys()
            assert not unknown, f"{self.kind}.{t.name}: unknown states {unknown}"
            assert t.target is None or t.target in self.state, f"{self.kind}.{t.name}: no target"
            assert set(t.not_by) <= self.step.keys(), f"{self.kind}.{t.name}: not_by {t.not_by}"
        for s in self.state.values():
            leaves = [t for t in self.step.values() if s.key in t.source and t.target]
            assert s.final != bool(leaves), f"{self.kind}: {s.key} must be final or have a way out"
            assert s.on_overdue is None or s.on_overdue in {t.name for t in leaves}
            assert s.on_overdue is None or s.due, f"{self.kind}: {s.key} has no time to overrun"

    def first(self) -> State:
        """Return the state in which a case is opened."""
        return next(iter(self.state.values()))


_declared: dict[str, Workflow] = {}


def declare(workflow: Workflow) -> Workflow:
    """Make a workflow known to the engine, the worklist, the sweeps and the documentation."""
    assert workflow.kind not in _declared or _declared[workflow.kind] is workflow
    _declared[workflow.kind] = workflow
    return workflow


def workflow_of(kind: str) -> Workflow:
    """Return the declaration of a kind of case. Raises KeyError for an unknown one."""
    return _declared[kind]


def declared() -> list[Workflow]:
    """Return every declared workflow, in the order they were declared."""
    return list(_declared.values())
