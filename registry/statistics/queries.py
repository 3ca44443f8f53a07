"""Figures of the register: a handful of counts by SQL, the same number for any register."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from core import clock
from core.db import db
from core.errors import NotFound, RuleBroken
from core.i18n import _
from registry.chronicle import spans
from registry.organizations.kinds import FilingCategory, OrganizationType, Track
from registry.organizations.models import OrganizationVersion
from registry.statistics.models import StatisticsReport, StoredFigures

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Register:
    """What the register counts up to and including `until`, by the month or year of the event.

    `by_month`: month, track, net. `by_street` and `by_kind`: year, then street and track, or type
    and category, net. `flow`: month, kind of happening, track, number. Net is what came less what
    went, of organizations that live. `since` is the first day on which anything was put on record.
    """

    until: date
    by_month: Rows
    by_street: Rows
    by_kind: Rows
    flow: Rows
    since: str = ""

    def stock(self, track: Track, last: date) -> int:
        """Return how many lived on a day, the last of its month."""
        month = f"{last:%Y-%m}"
        return sum(n for m, kind, n in self.by_month if kind == track and m <= month)

    def streets(self, last: date) -> Counter[tuple[int | None, str]]:
        """Return how many lived by street and track on a day, the last of its year."""
        found: Counter[tuple[int | None, str]] = Counter()
        for year, street, track, n in self.by_street:
            if int(year) <= last.year:
                found[street, track] += n
        return found

    def types(self, last: date) -> Counter[OrganizationType]:
        """Return how many lived by type on a day, the last of its year."""
        return Counter({it: n for it in OrganizationType if (n := self._kinds(last, 1)[it.value])})

    def categories(self, last: date) -> Counter[FilingCategory]:
        """Return how many filed groups lived by category on a day, the last of its year."""
        return Counter({it: n for it in FilingCategory if (n := self._kinds(last, 2)[it.value])})

    def happened(self, kind: spans.Happening, track: Track | None, first: date, last: date) -> int:
        """Return how often something happened between two days, each the end of its month."""
        months = f"{first:%Y-%m}", f"{last:%Y-%m}"
        return sum(
            n
            for month, told, its_track, n in self.flow
            if told == kind and months[0] <= month <= months[1] and track in (None, its_track)
        )

    @property
    def recorded(self) -> date:
        """The day since which the platform has recorded what happens."""
        return date.fromisoformat(self.since) if self.since else self.until

    @property
    def first_year(self) -> int:
        """The first year of which there is anything to tell."""
        years = [int(row[0][:4]) for row in self.by_month]
        return min(years, default=self.until.year)

    def _kinds(self, last: date, place: int) -> Counter[str]:
        found: Counter[str] = Counter()
        for row in self.by_kind:
            if int(row[0]) <= last.year and row[place]:
                found[row[place]] += row[3]
        return found


def register(until: date | None = None) -> Register:
    """Return the figures of the register until a day, today by default.

    Today's figures of a large register are those that were counted last, half an hour ago at most.
    """
    kept = stored() if until is None else None
    if kept is not None:
        return Register(kept.until, **kept.figures)
    day = until or clock.today()
    return Register(day, **count(day))


def count(until: date) -> dict[str, Any]:
    """Return the rows of `Register`, counted now: four questions to the database."""
    moved = spans.moves(until)
    month, year = func.substr(moved.c.on, 1, 7), func.substr(moved.c.on, 1, 4)
    happened = spans.happenings()
    flow_month = func.substr(happened.c.on, 1, 7)
    return {
        "by_month": _net(moved, month, moved.c.track),
        "by_street": _net(moved, year, moved.c.street_id, moved.c.track),
        "by_kind": _net(moved, year, moved.c.type, moved.c.category),
        "flow": _rows(
            select(flow_month, happened.c.kind, happened.c.track, func.count())
            .where(happened.c.on <= until.isoformat())
            .group_by(flow_month, happened.c.kind, happened.c.track)
            .order_by(flow_month)
        ),
        "since": _since(),
    }


def _since() -> str:
    first = db.session.scalar(select(func.min(OrganizationVersion.recorded_at)))
    return clock.local(first).date().isoformat() if first else ""


def _net(moved: Any, *keys: Any) -> list[list[Any]]:
    net = func.sum(moved.c.move)
    return _rows(select(*keys, net).group_by(*keys).having(net != 0).order_by(keys[0]))


def _rows(query: Any) -> list[list[Any]]:
    return [list(row) for row in db.session.execute(query)]


def stored() -> StoredFigures | None:
    """Return the figures of a large register as they were counted last; None of a small one."""
    found: StoredFigures | None = db.session.scalar(
        select(StoredFigures).order_by(StoredFigures.until.desc()).limit(1)
    )
    return found


# --- years and months


def last_day(year: int, month: int = 12) -> date:
    """Return the last day of a month."""
    after = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def month_ends(year: int, until: date) -> Iterator[date]:
    """Yield the last day of every month of `year` up to `until`, which ends the last one."""
    for month in range(1, 13):
        if date(year, month, 1) <= until:
            yield min(last_day(year, month), until)


# --- reports


def list_reports() -> Sequence[StatisticsReport]:
    """Return every monthly report, the latest month first."""
    return db.session.scalars(
        select(StatisticsReport).order_by(StatisticsReport.month.desc())
    ).all()


def access_report(month: str) -> StatisticsReport:
    """Return the report of a month, 2026-10. Open to everyone. Raises NotFound."""
    found = db.session.scalar(
        select(StatisticsReport).where(StatisticsReport.month == first_of(month))
    )
    if found is None:
        raise NotFound(_("There is no report of this month."))
    return found


def first_of(month: str) -> date:
    """Return the first day of a month written 2026-10. Raises RuleBroken("month")."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        words = _("Please write the month as year and month, such as 2026-10.")
        raise RuleBroken(words, field="month") from None
