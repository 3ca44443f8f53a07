"""Import of a year's plan."""

from sqlalchemy import delete

from core import audit
from core.accounts import Actor, Role
from core.calendar.models import CalendarDay
from core.calendar.plan import PlannedDay, decode, read_plan
from core.db import db
from core.errors import NotAllowed
from core.i18n import _

IMPORTERS = (Role.ADMINISTRATOR, Role.BUREAU_HEAD)


def import_file(*, raw: bytes, source: str, by: Actor) -> list[int]:
    """Read a plan and put it in place of what was imported for its years; return these.

    Raises RuleBroken("file") with every mistake of the file, one a line.
    """
    return import_plan(read_plan(decode(raw)), source, by=by)


def years_in(raw: bytes) -> list[int]:
    """Return the years that a good file is about, sorted."""
    return sorted({planned.day.year for planned in read_plan(decode(raw))})


def import_plan(days: list[PlannedDay], source: str, *, by: Actor) -> list[int]:
    """Put `days` in place of what was imported for their years; return these years, sorted.

    `source` says where the plan comes from: the announcement's number, or the file's name.
    """
    if not by.machine and not by.holds(*IMPORTERS):
        raise NotAllowed(_("Only the bureau head and system administrators import a plan."))
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
