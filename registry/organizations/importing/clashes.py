"""What a file uses twice: codes, filing numbers, names of the living."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.search import bare
from registry.organizations import codes
from registry.organizations.importing import values
from registry.organizations.importing.columns import Columns, Field
from registry.organizations.importing.reading import Sheet
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


def look_ahead(sheets: Iterable[Sheet]) -> Clashes:
    """Read a file once from end to end for what no row may share with another."""
    seen: dict[tuple[Field, Any], int] = {}
    shared: dict[tuple[Field, Any], list[int]] = {}
    total = 0
    for sheet in sheets:
        keys_of = _keys(sheet.columns)
        for number, cells in sheet.rows():
            total += 1
            for key in keys_of(cells):
                first = seen.setdefault(key, number)
                if first != number:
                    shared.setdefault(key, [first]).append(number)
    clashes = Clashes(total)
    for (name, _key), numbers in shared.items():
        for number in numbers:
            others = tuple(other for other in numbers if other != number)
            clashes.found.setdefault(number, []).append((name, others))
    return clashes


def joined(number: str) -> str:
    """Return a filing number as it is stored: without spaces."""
    return "".join(number.split())


def _keys(columns: Columns) -> Callable[[Sequence[str]], list[tuple[Field, Any]]]:
    """Return the function that tells what of a row must be its own."""
    places = (
        columns.places.get(it)
        for it in (Field.NAME, Field.CODE, Field.NUMBER, Field.STATUS, Field.STREET)
    )
    name_at, code_at, number_at, status_at, street_at = places
    is_living = values.Remembering(lambda text: (values.status(text)[0] in {*LIVING, None}, None))
    # A row may be shorter than the header.
    width = len(columns.header)

    def keys_of(row: Sequence[str]) -> list[tuple[Field, Any]]:
        cells = row if len(row) >= width else [*row, *[""] * (width - len(row))]
        keys: list[tuple[Field, Any]] = []
        code = number = ""
        if code_at is not None and (code := codes.clean(cells[code_at])):
            keys.append((Field.CODE, code))
        if number_at is not None and (number := joined(cells[number_at])):
            keys.append((Field.NUMBER, number))
        name = bare(cells[name_at]) if name_at is not None else ""
        if name and (status_at is None or is_living[cells[status_at].strip()][0]):
            # A name is taken once by an authority: of the filed, by a street.
            authority = code[2:8] or (cells[street_at].strip() if street_at is not None else "")
            keys.append((Field.NAME, (authority, name)))
        return keys

    return keys_of
