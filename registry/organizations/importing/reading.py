"""Reading a register file as offices keep it: CSV in any usual encoding, or a spreadsheet."""

import codecs
import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import DomainError
from core.i18n import _
from registry.organizations.importing.columns import Columns, looks_like_header, read_header

#: A title or two may stand above the header.
HEADER_WITHIN = 10
DELIMITERS = ",;\t，；"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20

#: A row and its number in the file, the header and empty rows counted.
Row = tuple[int, list[str]]


class RowNumber(int):
    """The number of a row in a file of several sheets: they follow each other, and it knows its own."""

    sheet: str
    line: int

    @classmethod
    def on(cls, sheet: str, line: int, before: int) -> "RowNumber":
        """Return the number of a row of `sheet` that stands behind `before` rows of others."""
        number = cls(before + line)
        number.sheet, number.line = sheet, line
        return number

    def __str__(self) -> str:
        return f"{self.sheet}!{self.line}"


@dataclass(frozen=True)
class Sheet:
    """A list of organizations in a file: what its columns mean, and its rows as often as asked for.

    A text file is one sheet.
    """

    columns: Columns
    below: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header that are not empty, cells as text."""
        return ((number, cells) for number, cells in self.below() if any(map(str.strip, cells)))


class FileRefused(DomainError):
    """The file as a whole cannot be read; the words say why and what to do."""


class Source:
    """A file that was found to be a register, sheet by sheet.

    `passed_over` names the sheets of a workbook that hold something, but no header.
    """

    def __init__(self, path: Path) -> None:
        """Look at the file. Raises FileRefused."""
        self.path = path
        try:
            with path.open("rb") as file:
                start = file.read(8)
                self.sha256 = hashlib.file_digest(_rewound(file), "sha256").hexdigest()
        except OSError as refused:
            words = _("%(file)s cannot be read: %(why)s.", file=path.name, why=refused.strerror)
            raise FileRefused(words) from None
        if not start:
            raise FileRefused(_("%(file)s is empty.", file=path.name))
        self._encoding = self._delimiter = ""
        self.passed_over: list[str] = []
        if start.startswith((_ZIP, _OLE)):
            self.sheets = self._of_workbook()
        else:
            self._encoding = _encoding_of(path)
            self._delimiter = self._find_delimiter()
            self.sheets = _headed(self._text_rows)
        if not self.sheets:
            words = _(
                "%(file)s has no header row: one column must be named 社会组织名称 or 单位名称.",
                file=self.path.name,
            )
            raise FileRefused(words)

    def _text_rows(self) -> Iterator[Row]:
        number = 0
        try:
            with self.path.open(encoding=self._encoding, newline="") as file:
                for number, cells in enumerate(csv.reader(file, delimiter=self._delimiter), 1):
                    yield number, cells
        except csv.Error:
            words = _("Row %(row)d cannot be read: look for a stray quotation mark.")
            raise FileRefused(words % {"row": number + 1}) from None

    def _find_delimiter(self) -> str:
        with self.path.open(encoding=self._encoding, newline="") as file:
            start = [line for line, _n in zip(file, range(HEADER_WITHIN), strict=False)]
        for line in start:
            for delimiter in sorted(DELIMITERS, key=line.count, reverse=True):
                cells = next(csv.reader([line], delimiter=delimiter), [])
                if looks_like_header(cells):
                    return delimiter
        return ","

    def _of_workbook(self) -> list[Sheet]:
        """Return every sheet with a header; where they are several, row numbers name theirs."""
        registers: list[tuple[str, list[list[str]]]] = []
        for name, rows in self._read_workbook():
            if any(map(looks_like_header, rows[:HEADER_WITHIN])):
                registers.append((name, rows))
            elif any(cell.strip() for row in rows for cell in row):
                self.passed_over.append(name)
        if len(registers) == 1:
            return _headed(lambda: enumerate(registers[0][1], 1))
        sheets: list[Sheet] = []
        before = 0
        for name, rows in registers:
            sheets += _headed(partial(_numbered, name, rows, before))
            before += len(rows)
        return sheets

    def _read_workbook(self) -> list[tuple[str, list[list[str]]]]:
        import python_calamine  # only for a spreadsheet

        try:
            book = python_calamine.CalamineWorkbook.from_path(self.path)
            return [
                (name, [[_written(cell) for cell in row] for row in rows])
                for name in book.sheet_names
                for rows in [book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            ]
        except (python_calamine.CalamineError, OSError, ValueError) as refused:
            words = _("%(file)s is not a spreadsheet that can be opened.", file=self.path.name)
            raise FileRefused(words) from refused


def _numbered(name: str, rows: list[list[str]], before: int) -> Iterator[Row]:
    return ((RowNumber.on(name, line, before), cells) for line, cells in enumerate(rows, 1))


def _headed(rows: Callable[[], Iterator[Row]]) -> list[Sheet]:
    """Return the list below the header that is among the first of these rows; none is []."""
    for place, (number, cells) in enumerate(rows(), 1):
        if looks_like_header(cells):
            below = partial(_below, rows, number)
            return [Sheet(read_header(cells), below)]
        if place >= HEADER_WITHIN:
            break
    return []


def _below(rows: Callable[[], Iterator[Row]], header: int) -> Iterator[Row]:
    return (row for row in rows() if row[0] > header)


def _rewound(file: Any) -> Any:
    file.seek(0)
    return file


def _written(cell: Any) -> str:
    """Return a spreadsheet's cell as a person would have typed it."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _encoding_of(path: Path) -> str:
    """Return the encoding of a text file. Raises FileRefused for what is no text."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return _checked(path, (encoding,))
    # Without a mark, UTF-16 shows by its zero bytes: commas and digits have one each.
    if b"\0" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        return _checked(path, ("utf-16-be",) if even > odd else ("utf-16-le",))
    return _checked(path, ("utf-8", "gb18030"))


def _checked(path: Path, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    if "\0" in decoder.decode(chunk):
                        raise UnicodeError
                decoder.decode(b"", final=True)
        except UnicodeError:
            continue
        return encoding
    words = _(
        "%(file)s is neither GB18030, UTF-8 nor UTF-16 text, nor a spreadsheet.", file=path.name
    )
    raise FileRefused(words)
