"""A year's plan as a CSV file: `day,kind,name`, one line a day that differs from its weekday.

A fourth column, `weekday`, may repeat the day of the week; it must then agree with the day.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date

from core.calendar import holidays
from core.calendar.models import DayKind
from core.errors import RuleBroken
from core.i18n import _

COLUMNS = ["day", "kind", "name"]
WITH_WEEKDAY = [*COLUMNS, "weekday"]
#: How a plan may write the days of the week, Monday first.
WEEKDAYS = tuple(
    frozenset({f"周{sign}", f"星期{sign}", f"礼拜{sign}", str(n + 1), english, english[:3]})
    for n, (sign, english) in enumerate(
        zip(
            "一二三四五六日",
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            strict=True,
        )
    )
)

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


@dataclass(frozen=True)
class Line:
    """A day as a file writes it, with the number of its line."""

    number: int
    planned: PlannedDay


def read_plan(text: str, year: int | None = None) -> list[PlannedDay]:
    """Return the days of a plan, sorted. Raises RuleBroken with every mistake, line by line.

    With a `year`, every day must lie in it. A year that no announced plan is known for must be
    whole: each of the law's days off is in it, and every further weekday off has its make-up day.
    """
    problems: list[str] = []
    lines: dict[date, Line] = {}
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if head not in (COLUMNS, WITH_WEEKDAY):
        raise RuleBroken(_("Line 1 must read: day,kind,name"), field="file")
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            planned = _read_line([cell.strip() for cell in cells], len(head), year)
            if planned.day in lines:
                raise ValueError(_("%(day)s stands in the file twice.", day=planned.day))
        except ValueError as refused:
            problems.append(_("Line %(n)d: %(why)s", n=number, why=str(refused)))
            continue
        lines[planned.day] = Line(number, planned)
    if not lines and not problems:
        problems.append(_("The file holds no day."))
    for each in sorted({day.year for day in lines} - set(holidays.ANNOUNCED)):
        of_year = {day: line for day, line in lines.items() if day.year == each}
        problems += _holes(each, of_year)
        if not problems:
            problems += _unbalanced(each, of_year)
    if problems:
        raise RuleBroken("\n".join(problems), field="file")
    return [lines[day].planned for day in sorted(lines)]


def _read_line(cells: list[str], width: int, year: int | None) -> PlannedDay:
    if len(cells) != width:
        words = _("a line has %(m)d fields, this one has %(n)d.", m=width, n=len(cells))
        raise ValueError(words)
    written, kind, name = cells[:3]
    try:
        day = date.fromisoformat(written)
    except ValueError:
        words = _("“%(day)s” is not a day; write it as 2027-02-06.", day=written)
        raise ValueError(words) from None
    if year is not None and day.year != year:
        words = _("%(day)s does not lie in %(year)s.", day=written, year=str(year))
        raise ValueError(words)
    if kind.lower() not in SPELLINGS:
        raise ValueError(_("“%(kind)s” is not a kind; write holiday or working.", kind=kind))
    if not 0 < len(name) <= 60:
        raise ValueError(_("the festival's name is missing or longer than 60 characters."))
    _check_weekday(day, SPELLINGS[kind.lower()], cells[3] if width == len(WITH_WEEKDAY) else "")
    return PlannedDay(day, SPELLINGS[kind.lower()], name)


def _check_weekday(day: date, kind: DayKind, written: str) -> None:
    weekday = day.weekday()
    if written and written.lower() not in WEEKDAYS[weekday]:
        words = _(
            "%(day)s is a %(weekday)s, not “%(written)s”.",
            day=day.isoformat(),
            weekday=weekday_name(day),
            written=written,
        )
        raise ValueError(words)
    if kind is DayKind.WORKING and weekday < 5 and day.year not in holidays.ANNOUNCED:
        words = _(
            "%(day)s is a %(weekday)s, which is worked anyway; a make-up day is a Saturday or Sunday.",
            day=day.isoformat(),
            weekday=weekday_name(day),
        )
        raise ValueError(words)


def weekday_name(day: date) -> str:
    """Return the day of the week in the reader's language: 星期六, Saturday."""
    return str(format_date(day, "EEEE"))


def _holes(year: int, lines: dict[date, Line]) -> Iterator[str]:
    for day, name in holidays.statutory_days(year).items():
        line = lines.get(day)
        if line is None or line.planned.kind is not DayKind.HOLIDAY:
            yield _(
                "%(day)s (%(name)s) is a day off by law and is missing from the file.",
                day=day.isoformat(),
                name=name,
            )


def _unbalanced(year: int, lines: dict[date, Line]) -> Iterator[str]:
    """Say which festivals take off more or fewer weekdays than the law and make-up days give.

    A day off by law that falls on a weekend is made up for by a weekday; every further weekday
    off is worked on a weekend before or after. Festivals may be written together, so they are
    looked at one by one only where the year as a whole does not come out.
    """
    statutory = holidays.statutory_days(year)
    festivals: dict[str, list[Line]] = {}
    for line in lines.values():
        festivals.setdefault(line.planned.name, []).append(line)
    counted = [(name, own, *_balance(own, statutory)) for name, own in festivals.items()]
    if sum(off - due for _name, _own, off, due in counted) == 0:
        return
    for name, own, off, due in counted:
        number = max(line.number for line in own)
        if off > due:
            yield _(
                "Line %(n)d: %(name)s takes off %(off)d weekdays, but the law and the make-up days "
                "give %(due)d. Make-up days missing: %(missing)d.",
                n=number, name=name, off=off, due=due, missing=off - due,
            )  # fmt: skip
        elif off < due:
            yield _(
                "Line %(n)d: %(name)s takes off %(off)d weekdays, but the law and the make-up days "
                "give %(due)d. Days off missing: %(missing)d.",
                n=number, name=name, off=off, due=due, missing=due - off,
            )  # fmt: skip


def _balance(own: list[Line], statutory: dict[date, str]) -> tuple[int, int]:
    """Return how many weekdays a festival takes off, and how many it is given."""
    free = [line.planned.day for line in own if line.planned.kind is DayKind.HOLIDAY]
    off = sum(day.weekday() < 5 for day in free)
    by_law = sum(day in statutory for day in free)
    return off, by_law + len(own) - len(free)


def written(days: Iterable[PlannedDay]) -> str:
    """Return days as the file `read_plan` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((it.day.isoformat(), it.kind.value, it.name) for it in days)
    return out.getvalue()
