"""A year's plan as a CSV file: `day,kind,name`, one line a day that differs from its weekday."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.calendar import holidays
from core.calendar.models import DayKind
from core.errors import RuleBroken
from core.i18n import _

COLUMNS = ["day", "kind", "name"]

#: How a plan may write the two kinds.
SPELLINGS = {
    "holiday": DayKind.HOLIDAY,
    "off": DayKind.HOLIDAY,
    "放假": DayKind.HOLIDAY,
    "休": DayKind.HOLIDAY,
    "working": DayKind.WORKING,
    "上班": DayKind.WORKING,
    "班": DayKind.WORKING,
}


@dataclass(frozen=True)
class PlannedDay:
    day: date
    kind: DayKind
    name: str


def decode(raw: bytes) -> str:
    """Return the text of a file in UTF-8 or in the offices' GB 18030. Raises RuleBroken."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken(_("The file is neither UTF-8 nor GB 18030 text."), field="file")


def read_plan(text: str) -> list[PlannedDay]:
    """Return the days of a plan, sorted. Raises RuleBroken with every mistake, line by line.

    A year that no announced plan is known for must be whole: each of the law's days off is in it.
    """
    problems: list[str] = []
    days: dict[date, PlannedDay] = {}
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    if not rows or [cell.strip().lower() for cell in rows[0]] != COLUMNS:
        raise RuleBroken(_("Line 1 must read: day,kind,name"), field="file")
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            planned = _read_line([cell.strip() for cell in cells])
        except ValueError as refused:
            problems.append(_("Line %(n)d: %(why)s", n=number, why=str(refused)))
            continue
        if planned.day in days:
            why = _("%(day)s stands in the file twice.", day=planned.day.isoformat())
            problems.append(_("Line %(n)d: %(why)s", n=number, why=why))
        days[planned.day] = planned
    if not days and not problems:
        problems.append(_("The file holds no day."))
    problems += _holes(days)
    if problems:
        raise RuleBroken("\n".join(problems), field="file")
    return sorted(days.values(), key=lambda planned: planned.day)


def _read_line(cells: list[str]) -> PlannedDay:
    if len(cells) != len(COLUMNS):
        raise ValueError(_("a line has three fields, this one has %(n)d.", n=len(cells)))
    written, kind, name = cells
    try:
        day = date.fromisoformat(written)
    except ValueError:
        words = _("“%(day)s” is not a day; write it as 2027-02-06.", day=written)
        raise ValueError(words) from None
    if kind.lower() not in SPELLINGS:
        raise ValueError(_("“%(kind)s” is not a kind; write holiday or working.", kind=kind))
    if not 0 < len(name) <= 60:
        raise ValueError(_("the festival's name is missing or longer than 60 characters."))
    return PlannedDay(day, SPELLINGS[kind.lower()], name)


def _holes(days: dict[date, PlannedDay]) -> Iterator[str]:
    for year in sorted({day.year for day in days} - set(holidays.ANNOUNCED)):
        for day, name in holidays.statutory_days(year).items():
            planned = days.get(day)
            if planned is None or planned.kind is not DayKind.HOLIDAY:
                yield _(
                    "%(day)s (%(name)s) is a day off by law and is missing from the file.",
                    day=day.isoformat(),
                    name=name,
                )
