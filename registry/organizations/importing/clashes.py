"""What a file uses twice: codes, filing numbers, names of the living."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.search import fold
from registry.organizations import codes
from registry.organizations.importing import values
from registry.organizations.importing.columns import Columns, Field
from registry.organizations.importing.reading import Row
from registry.organizations.importing.reasons import Reason
from registry.organizations.kinds import LIVING

REASONS = {
    Field.CODE: Reason.CODE_TWICE,
    Field.NUMBER: Reason.NUMBER_TWICE,
    Field.NAME: Reason.NAME_TWICE,
}


@dataclass
class Clashes:
    """By row: the field that another row has too, and those other rows. `rows` counts them all."""

    rows: int = 0
    found: dict[int, list[tuple[Field, tuple[int, ...]]]] = field(default_factory=dict)


def look_ahead(rows: Iterable[Row], columns: Columns) -> Clashes:
    """Read a file once from end to end for what no row may share with another."""
    seen: dict[tuple[Field, Any], int] = {}
    shared: dict[tuple[Field, Any], list[int]] = {}
    clashes = Clashes()
    keys_of = _Keys(columns)
    for number, cells in rows:
        clashes.rows += 1
        for key in keys_of(cells):
            first = seen.setdefault(key, number)
            if first != number:
                shared.setdefault(key, [first]).append(number)
    for (name, _key), numbers in shared.items():
        for number in numbers:
            others = tuple(other for other in numbers if other != number)
            clashes.found.setdefault(number, []).append((name, others))
    return clashes


class _Keys:
    """What of a row must be its own."""

    def __init__(self, columns: Columns) -> None:
        self._places = columns.places
        self._is_living = values.Remembering(
            lambda written: (values.status(written)[0] in {*LIVING, None}, None)
        )

    def __call__(self, cells: Sequence[str]) -> Iterator[tuple[Field, Any]]:
        code = codes.clean(self._cell(cells, Field.CODE))
        number = self._cell(cells, Field.NUMBER)
        if code:
            yield Field.CODE, code
        if number:
            yield Field.NUMBER, number
        name = fold(self._cell(cells, Field.NAME))
        if name and self._is_living[self._cell(cells, Field.STATUS)][0]:
            # A name is taken once by an authority: of the filed, by a street.
            authority = code[2:8] or self._cell(cells, Field.STREET)
            yield Field.NAME, (authority, name)

    def _cell(self, cells: Sequence[str], name: Field) -> str:
        place = self._places.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""
