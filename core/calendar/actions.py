"""Import of a year's plan."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import delete

from core import audit
from core.accounts import Actor, Role
from core.calendar.models import CalendarDay, DayKind
from core.calendar.plan import PlannedDay, decode, read_plan, written
from core.calendar.queries import FIRST_YEAR, LAST_YEAR, days_of
from core.db import db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _

IMPORTERS = (Role.ADMINISTRATOR, Role.BUREAU_HEAD)


@dataclass(frozen=True)
class Change:
    """A day that a plan names, or no longer names: what it is now and what it would be."""

    day: date
    name: str
    before: bool
    after: bool
    gone: bool


@dataclass(frozen=True)
class Preview:
    """What an import would do to a year; `seen` tells later whether the year is still the same."""

    year: int
    text: str
    changes: list[Change]
    worked_before: int
    worked_after: int
    seen: str


def preview_plan(*, year: int, raw: bytes, by: Actor) -> Preview:
    """Return what the file would change in `year`; nothing is kept.

    Raises RuleBroken("file") with every mistake of the file, one a line; that stands on record.
    """
    _may_import(by)
    planned = {it.day: it for it in _read(decode_or_refuse(raw, by), year, by)}
    present = {it.day: it for it in days_of(year)}
    changes = []
    for day, shown in present.items():
        plan = planned.get(day)
        if plan is None and not shown.imported and not (shown.name and shown.is_special):
            continue
        after = plan.kind is DayKind.WORKING if plan else day.weekday() < 5
        name = plan.name if plan else shown.name
        changes.append(Change(day, name, shown.working, after, plan is None))
    worked = sum(it.working for it in present.values())
    difference = sum(it.after - it.before for it in changes)
    text = written(planned[day] for day in sorted(planned))
    return Preview(year, text, changes, worked, worked + difference, _fingerprint(year))


def import_previewed(*, year: int, plan: str, source: str, seen: str, by: Actor) -> None:
    """Import what was previewed. Raises WrongState where the year has changed since."""
    _may_import(by)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(_("There is no calendar for this year."))
    if seen != _fingerprint(year):
        raise WrongState(_("This year's plan has changed since you looked. Please look again."))
    import_plan(_read(plan, year, by), source, by=by)


def decode_or_refuse(raw: bytes, by: Actor) -> str:
    """Return a file's text; what is no text is refused, on record."""
    try:
        return decode(raw)
    except RuleBroken as broken:
        raise audit.refused(broken, "calendar:refuse", by=by) from None


def _read(text: str, year: int, by: Actor) -> list[PlannedDay]:
    try:
        return read_plan(text, year)
    except RuleBroken as broken:
        raise audit.refused(broken, "calendar:refuse", by=by) from None


def _fingerprint(year: int) -> str:
    """Return a short digest of the days of `year` as they count now."""
    days = "".join("1" if it.working else "0" for it in days_of(year))
    return sha256(f"{year}{days}".encode()).hexdigest()[:16]


def _may_import(by: Actor) -> None:
    if not by.machine and not by.holds(*IMPORTERS):
        raise NotAllowed(_("Only the bureau head and system administrators import a plan."))


def import_file(*, raw: bytes, source: str, by: Actor) -> list[int]:
    """Read a plan and put it in place of what was imported for its years; return these.

    Raises RuleBroken("file") with every mistake of the file, one a line.
    """
    return import_plan(read_plan(decode(raw)), source, by=by)


def import_plan(days: list[PlannedDay], source: str, *, by: Actor) -> list[int]:
    """Put `days` in place of what was imported for their years; return these years, sorted.

    `source` says where the plan comes from: the announcement's number, or the file's name.
    """
    _may_import(by)
    by_year: dict[int, list[PlannedDay]] = {}
    for planned in days:
        by_year.setdefault(planned.day.year, []).append(planned)
    for year, plan in by_year.items():
        first, last = plan[0].day.replace(month=1, day=1), plan[0].day.replace(month=12, day=31)
        done = db.session.execute(
            delete(CalendarDay).where(CalendarDay.day.between(first, last)),
            execution_options={"synchronize_session": "fetch"},
        )
        before: int = done.rowcount  # type: ignore[attr-defined]
        db.session.add_all(
            CalendarDay(day=it.day, kind=it.kind, name=it.name, source=source[:200]) for it in plan
        )
        audit.record(
            "calendar:import", by=by, changes={str(year): [before, len(plan)]}, note=source
        )
    db.session.flush()
    return sorted(by_year)
