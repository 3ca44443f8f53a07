"""The register as a file of the shape that the import reads: import(export(x)) = x."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import ColumnElement, Table, select

from core.accounts import Body
from core.db import db
from core.divisions import Division, Level
from core.errors import RuleBroken
from core.exports.columns import FORMULA_STARTS
from core.exports.whole import written_whole
from core.i18n import _
from registry.organizations.importing.columns import HEADERS, Field
from registry.organizations.importing.values import CATEGORIES, MODES, STATUSES, TYPES
from registry.organizations.models import Organization

#: The columns of the file in their order, by the column of the register behind each.
COLUMNS: dict[Field, str] = {
    Field.NAME: "name",
    Field.CODE: "unified_code",
    Field.NUMBER: "filing_number",
    Field.TYPE: "type",
    Field.CATEGORY: "category",
    Field.STATUS: "status",
    Field.MODE: "management_mode",
    Field.REPRESENTATIVE: "legal_representative",
    Field.IN_CHARGE: "person_in_charge",
    Field.DOMICILE: "domicile",
    Field.STREET: "street_id",
    Field.COMMUNITY: "division_id",
    Field.AREA: "activity_area",
    Field.PURPOSE: "purpose",
    Field.SCOPE: "scope",
    Field.FUNDS: "registered_funds",
    Field.SPONSOR: "sponsor_name",
    Field.INDIVIDUALS: "individual_members",
    Field.UNITS: "unit_members",
    Field.STAFF: "staff_count",
    Field.FOUNDED: "founded_on",
    Field.ENDED: "ended_on",
    Field.VALID: "valid_until",
}
FUNDS_HEADER = "注册资金(元)"
FORMATS = (".csv", ".xlsx")
#: Rows fetched from the database at a time.
FETCHED = 5000
SHEET_ROWS = 1_048_575
_RISKY = frozenset(("'", *FORMULA_STARTS))

_ORGANIZATION = cast(Table, Organization.__table__)
_BODY = cast(Table, Body.__table__)


def header() -> list[str]:
    """Return the file's header: for each field the name offices use most."""
    return [FUNDS_HEADER if f is Field.FUNDS else HEADERS[f][0] for f in COLUMNS]


def export_rows(where: Sequence[ColumnElement[bool]] = ()) -> Iterator[Sequence[str]]:
    """Yield the organizations that satisfy `where` (conditions on the organization's table) as
    cells, in the order of entry; memory stays the same however many there are.
    """
    columns = [
        (_BODY if name in ("name", "division_id") else _ORGANIZATION).c[name]
        for name in COLUMNS.values()
    ]
    query = (
        select(*columns)
        .join_from(_ORGANIZATION, _BODY, _ORGANIZATION.c.id == _BODY.c.id)
        .where(*where)
        .order_by(_ORGANIZATION.c.id)
        .execution_options(yield_per=FETCHED)
    )
    write = _Writer()
    for rows in db.session.connection().execute(query).partitions():
        yield from write(rows)


def export(path: Path, where: Sequence[ColumnElement[bool]] = ()) -> int:
    """Write the register to a CSV or XLSX file, by its ending; return the number of rows.

    Raises RuleBroken for another ending.
    """
    if path.suffix.lower() not in FORMATS:
        raise RuleBroken(_("The file must end in .csv or .xlsx."), field="file")
    rows = export_rows(where)
    with written_whole(path) as part:
        if path.suffix.lower() == ".csv":
            with part.open("w", encoding="utf-8-sig", newline="") as file:
                return _write_csv(file, rows)
        return _write_workbook(part, rows)


def _write_csv(file: IO[str], rows: Iterable[Sequence[str]]) -> int:
    writer = csv.writer(file)
    writer.writerow(header())
    number = 0
    for row in rows:
        writer.writerow(row)
        number += 1
    return number


def _write_workbook(path: Path, rows: Iterable[Sequence[str]]) -> int:
    import xlsxwriter  # 10 MB for the process that writes a workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    number = 0
    with xlsxwriter.Workbook(path, options) as book:
        sheet = None
        for number, row in enumerate(rows, 1):
            line = (number - 1) % SHEET_ROWS + 1
            if line == 1 or sheet is None:
                sheet = book.add_worksheet()
                sheet.write_row(0, 0, header())
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(line, place, text)
        if sheet is None:
            book.add_worksheet().write_row(0, 0, header())
    return number


class _Writer:
    """Turns rows of the database into cells, column by column: each kind of value only once."""

    def __init__(self) -> None:
        places = {row.id: row for row in db.session.execute(select(*_place_columns()))}
        streets = {None: ""} | {key: it.name for key, it in places.items()}
        communities = {key: it.name for key, it in places.items() if it.level is Level.COMMUNITY}
        self._words: dict[str, dict[Any, str]] = {
            "type": {None: ""} | {kind: words[0] for kind, words in TYPES.items()},
            "category": {None: ""} | {kind: words[0] for kind, words in CATEGORIES.items()},
            "status": {kind: words[0] for kind, words in STATUSES.items()},
            "management_mode": {None: ""} | {kind: words[0] for kind, words in MODES.items()},
            "street_id": streets,
        }
        self._communities = communities

    def __call__(self, rows: Sequence[Any]) -> Iterator[Sequence[str]]:
        columns = zip(*rows, strict=True)
        written = [
            self._column(name, values)
            for name, values in zip(COLUMNS.values(), columns, strict=True)
        ]
        return zip(*written, strict=True)

    def _column(self, name: str, values: Sequence[Any]) -> Sequence[str]:
        words = self._words.get(name)
        if words is not None:
            return [*map(words.__getitem__, values)]
        if name == "division_id":
            return [self._communities.get(value, "") for value in values]
        first = next((value for value in values if value is not None), None)
        if isinstance(first, str):  # most cells: one look at the first character settles them
            return [
                _quoted(value) if value and value[0] in _RISKY else value or "" for value in values
            ]
        if isinstance(first, Decimal):
            return [f"{value:.2f}" if value is not None else "" for value in values]
        return [str(value) if value is not None else "" for value in values]


def _quoted(text: str) -> str:
    """Return a cell whose text a spreadsheet would calculate with an apostrophe in front."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def _place_columns() -> list[Any]:
    table = cast(Table, Division.__table__)
    return [table.c.id, table.c.name, table.c.level]
