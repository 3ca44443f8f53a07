"""The two kinds of file, written row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

from core import clock
from core.exports.columns import Column, Kind, as_text
from core.i18n import _

#: Rows written before a piece is handed to the network.
PIECE = 500
#: Rows a sheet can hold, without its heading.
SHEET_ROWS = 1_048_575
CHUNK_BYTES = 64 * 1024
WIDTHS = {Kind.TEXT: 24, Kind.NUMBER: 12, Kind.MONEY: 16, Kind.DAY: 12, Kind.MOMENT: 20}


def as_csv(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    """Yield the file piece by piece: UTF-8 with BOM, CRLF, as spreadsheets expect."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow([as_text(str(column.heading), Kind.TEXT) for column in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([as_text(column.of(row), column.kind) for column in columns])
        if number % PIECE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def as_xlsx(
    columns: Sequence[Column], rows: Iterable[Any], *, title: str, filters: str
) -> Iterator[bytes]:
    """Yield a workbook: a sheet that says what this is, then the list on as many as it needs."""
    with TemporaryFile(suffix=".xlsx") as file:
        _write_workbook(file, columns, rows, title=title, filters=filters)
        file.seek(0)
        while piece := file.read(CHUNK_BYTES):
            yield piece


def _write_workbook(
    file: IO[bytes], columns: Sequence[Column], rows: Iterable[Any], *, title: str, filters: str
) -> None:
    import xlsxwriter  # 10 MB for the process that writes a workbook

    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    formats = {
        Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
        Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    bold = book.add_format({"bold": True})
    about = book.add_worksheet(_("About this file"))
    about.set_column(0, 0, 16)
    about.set_column(1, 1, 80)
    facts = (
        (_("List"), title),
        (_("Filter"), filters or _("None: the whole list")),
        (_("As of"), as_text(clock.now(), Kind.MOMENT)),
    )
    for line, (name, value) in enumerate(facts):
        about.write_string(line, 0, name, bold)
        about.write_string(line, 1, value)
    sheet, line = None, 0
    for row in rows:
        if sheet is None or line == SHEET_ROWS:
            sheet, line = _new_sheet(book, columns, title, bold), 0
        line += 1
        for place, column in enumerate(columns):
            _write(sheet, line, place, column.of(row), column.kind, formats)
    if sheet is None:
        _new_sheet(book, columns, title, bold)
    book.close()


def _new_sheet(book: Any, columns: Sequence[Column], title: str, bold: Any) -> Any:
    number = len(book.worksheets())
    # A sheet's name has at most 31 characters and none of these.
    plain = "".join(c for c in title if c not in "[]:*?/\\'")[:26] or "1"
    sheet = book.add_worksheet(plain if number == 1 else f"{plain} {number}")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or WIDTHS.get(column.kind, 24))
        sheet.write_string(0, place, str(column.heading), bold)
    sheet.freeze_panes(1, 0)
    sheet.activate()
    return sheet


def _write(
    sheet: Any, line: int, place: int, value: Any, kind: Kind, formats: dict[Kind, Any]
) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        there = clock.local(value).replace(tzinfo=None)
        sheet.write_datetime(line, place, there, formats[Kind.MOMENT])
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, formats[Kind.DAY])
    elif kind in (Kind.NUMBER, Kind.MONEY):
        sheet.write_number(line, place, float(value), formats.get(kind))
    else:
        sheet.write_string(line, place, str(value)[:32_767])
