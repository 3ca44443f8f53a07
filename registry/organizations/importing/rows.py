"""A row on its way: what is wrong with it, and what became of it."""

from dataclasses import dataclass, field
from typing import Any

from core.search import bare
from registry.organizations.importing.columns import Columns, Field
from registry.organizations.importing.reasons import Problem, Reason
from registry.organizations.kinds import LIVING


@dataclass(slots=True)
class Entry:
    """A row that is sound in itself.

    `facts` are the organization's public columns by name, in the order of `SPOKEN_NAMES`;
    `authority` and `folded_name` go with them.
    """

    row: int
    cells: list[str]
    facts: dict[str, Any]
    authority: str
    folded_name: str

    @property
    def living_name(self) -> str | None:
        """The name it takes away from others: none where the organization lives no more."""
        return bare(self.folded_name) if self.facts["status"] in LIVING else None


@dataclass(slots=True)
class Refusal:
    """A row that stays out, and every reason."""

    row: int
    cells: list[str]
    problems: list[Problem]


@dataclass(slots=True)
class Findings:
    """What is wrong with one row, as it is found."""

    found: list[tuple[Field, Reason, tuple[int, ...], str]] = field(default_factory=list)

    def add(
        self, name: Field, reason: Reason, others: tuple[int, ...] = (), holder: str = ""
    ) -> None:
        self.found.append((name, reason, others, holder))

    def concern(self, name: Field) -> bool:
        """Return whether something is wrong with this field."""
        return any(it[0] is name for it in self.found)

    def refusal(self, row: int, cells: list[str], columns: Columns) -> Refusal:
        """Return the row as refused, with each problem at its column."""
        problems = []
        for name, reason, others, holder in self.found:
            place = columns.places.get(name)
            column = columns.header[place].strip() if place is not None else ""
            value = cells[place] if place is not None else ""
            problems.append(Problem(row, name, column, value, reason, others, holder))
        return Refusal(row, cells, problems)
