"""One kind of case, declared once: what the engine, the pages, the sweeps and the tests ask."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.accounts import Body
from core.divisions import Division
from core.eligibility import Condition
from core.errors import Words
from core.workflow.application import Guide, Section
from core.workflow.parties import Party, Seat
from core.workflow.steps import CaseClock, Effect, State, Transition

if TYPE_CHECKING:
    from core.workflow.models import Case

#: Which body of a division takes a seat; None where the division has none.
LocalBody = Callable[[Division], Body | None]


@dataclass
class Workflow:
    """One kind of case, declared once; everything else asks this declaration.

    It may be entered through several `guides`. Which of its sections, conditions and papers count
    for a case, each of them says (`applies`, `needed`); pages and guards ask `sections_of` and
    `conditions_of`. Of all kinds with the same word `sole`, one body has at most one open case. What
    is `of_office` is opened by the office itself, about a body that it tells and hears. `freezes`
    are policy values that a case keeps, beside those of its times: of the day on which its clock
    starts, without a clock of the day on which it is handed in or opened.
    """

    kind: str
    title: Words
    states: Iterable[State]
    transitions: Iterable[Transition]
    series: str
    clock: CaseClock | None = None
    freezes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    guides: tuple[Guide, ...] = ()
    conditions: tuple[Condition, ...] = ()
    checked_in: Collection[StrEnum] = ()
    checked_by: Party = Party.EXAMINER
    seats: tuple[Seat, ...] = (Seat.OFFICE,)
    sole: str = ""
    of_office: bool = False
    model: type["Case"] | None = None
    state: dict[str, State] = field(init=False)
    step: dict[str, Transition] = field(init=False)
    effects: dict[str, Effect] = field(init=False, default_factory=dict)
    forms: dict[str, Any] = field(init=False, default_factory=dict)
    savers: dict[str, Callable[..., Any]] = field(init=False, default_factory=dict)
    locals: dict[Seat, LocalBody] = field(init=False, default_factory=dict)
    starter: Callable[..., Any] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.state = {s.key.value: s for s in self.states}
        self.step = {t.name: t for t in self.transitions}
        self.guides = tuple(
            replace(guide, key=guide.key or self.kind, matter=guide.matter or self.title)
            for guide in self.guides
        )
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

    def seats_locally(self, seat: Seat) -> Callable[[LocalBody], LocalBody]:
        """Register who of a division takes `seat`, None for nobody: see core.workflow.seating."""
        assert seat in self.seats, f"{self.kind} has no seat {seat}"

        def keep(find: LocalBody) -> LocalBody:
            self.locals[seat] = find
            return find

        return keep

    def starts(self, action: Any) -> Any:
        """Register the action that opens a draft: `action(answers, by) -> Case`."""
        self.starter = action
        return action

    def guide_at(self, key: str | None) -> Guide | None:
        """Return the guide with this address, or None."""
        return next((guide for guide in self.guides if guide.key == key), None)

    def sections_of(self, case: "Case") -> tuple[Section, ...]:
        """Return the sections of one application, in their order."""
        return tuple(s for s in self.sections if s.applies(case))

    def open_sections(self, case: "Case") -> tuple[Section, ...]:
        """Return the sections that the applicant may change while the case is theirs, in order."""
        opens = case.standing.opens
        return tuple(s for s in self.sections_of(case) if opens is None or s.key in opens)

    def section_of(self, case: "Case", key: str) -> Section | None:
        """Return the section of the application called `key`, or None."""
        return next((s for s in self.sections_of(case) if s.key == key), None)

    def conditions_of(self, case: "Case") -> tuple[Condition, ...]:
        """Return the conditions that count for one case, in their order."""
        return tuple(c for c in self.conditions if c.applies(case))

    def assert_complete(self) -> None:
        """Called at start: every declared effect and section has exactly one implementation."""
        declared = {t.name for t in self.step.values() if t.effect}
        assert declared == self.effects.keys(), f"{self.kind}: {declared ^ self.effects.keys()}"
        formed = {s.key for s in self.sections if not (s.documents or s.asks)}
        assert formed <= self.forms.keys(), f"{self.kind}: no form for {formed - self.forms.keys()}"

    def _check(self) -> None:
        """Fail at import time if the declaration contradicts itself."""
        for t in self.step.values():
            unknown = {str(s) for s in t.source} - self.state.keys()
            assert not unknown, f"{self.kind}.{t.name}: unknown states {unknown}"
            assert t.target is None or t.target in self.state, f"{self.kind}.{t.name}: no target"
            assert not t.proposes or t.proposes in self.step, f"{self.kind}.{t.name}: {t.proposes}?"
            # What is not plain text is read later: a number in it may come from the database.
            named = not isinstance(t.consequence, str) or t.consequence
            assert not t.final or named, f"{self.kind}.{t.name}: final, of what consequence?"
        begun = self.of_office or any(t.submits for t in self.step.values())
        if self.clock is not None:
            begun = bool(self.clock.starts)
            assert self.step.keys() >= {*self.clock.starts}, (
                f"{self.kind}: no step starts the clock"
            )
        assert begun or not self.freezes, f"{self.kind}: no moment at which its values freeze"
        addresses = [guide.key for guide in self.guides]
        assert len(set(addresses)) == len(addresses), f"{self.kind}: two guides at one address"
        for s in self.state.values():
            leaves = [t for t in self.step.values() if s.key in t.source and t.target]
            assert s.final != bool(leaves), f"{self.kind}: {s.key} must be final or have a way out"
            assert s.on_overdue is None or s.on_overdue in {t.name for t in leaves}
            unknown = set(s.opens or ()) - {section.key for section in self.sections}
            assert not unknown, f"{self.kind}: {s.key} opens {unknown}"
            timed = bool(s.due) + (s.ends is not None)
            assert timed < 2, f"{self.kind}: {s.key} has two times"
            assert bool(s.pauses) == bool(s.pauses_basis), (
                f"{self.kind}: {s.key} stops by what law?"
            )
            assert s.on_overdue is None or timed, f"{self.kind}: {s.key} has no time to overrun"

    def decides(self, step: Transition) -> bool:
        """Return whether `step` decides the matter: nobody's opinion can change it any more."""
        target = self.state[step.target] if step.target is not None else None
        ends = self.clock.ends if self.clock else ()
        return step.name in ends or (target is not None and (target.final or target.settled))

    def other_eyes(self, step: Transition) -> tuple[str, ...]:
        """Return the steps whose taker may not take `step`: those of every other phase."""
        if step.phase is None:
            return ()
        return tuple(t.name for t in self.step.values() if t.phase not in (None, step.phase))

    def sole_key(self, body_id: int | None) -> str | None:
        """Return the key that two open cases about one body cannot both hold, or None."""
        return f"{self.sole}:{body_id}" if self.sole and body_id is not None else None

    def pauses(self) -> dict[str, str]:
        """Return what stops the case clock, in words, each with its article. Nothing else does."""
        return {str(s.pauses): str(s.pauses_basis) for s in self.state.values() if s.pauses}

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


def of_office_kinds() -> list[str]:
    """Return the kinds whose cases an office opens itself: who opened one did not ask for it."""
    return [workflow.kind for workflow in _declared.values() if workflow.of_office]
