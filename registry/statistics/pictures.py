"""The pictures of the register, and of the time that decisions took."""

from collections.abc import Sequence
from datetime import date

from core import i18n
from core.i18n import _
from registry.chronicle.spans import Happening
from registry.statistics import findings, spread, times
from registry.statistics.picture import (
    Counted,
    F,
    Frame,
    Picture,
    R,
    happened,
    short,
    standing,
    tracks,
)
from registry.statistics.queries import Register, last_day, month_ends

#: A year's flow is shown for so many years.
YEARS_OF_FLOW = 12


def of_register(register: Register, shown: Frame) -> list[Picture]:
    """Return the pictures of the register, in the order of the page."""
    return [
        months(register, shown),
        years(register, shown),
        flow(register, shown),
        flow_by_year(register, shown),
        spread.streets(register, shown),
        spread.types(register, shown),
        spread.categories(register, shown),
        spread.density(register, shown),
        spread.density_by_street(register, shown),
    ]


# --- stock and flow


def _stock(register: Register, day: date) -> list[Counted]:
    return [standing(register.stock(it, day), day, track=it.value) for it in (R, F)]


def months(register: Register, shown: Frame) -> Picture:
    """Return the stock of both tracks at the ends of the months of a year."""
    ends = [shown.before, *month_ends(shown.year, shown.day)]
    table = [_stock(register, day) for day in ends]
    both = [[row[place] for row in table] for place in (0, 1)]
    moved = max(both, key=lambda values: abs(values[-1] - values[0]))
    what = [_("registered organizations"), _("filed groups")][both.index(moved)]
    return Picture(
        "months",
        findings.grew(what, moved, i18n.month(ends[0]), i18n.month(ends[-1])),
        [_("End of"), *tracks()],
        [[i18n.month(day), *row] for day, row in zip(ends, table, strict=True)],
        "lines",
        values=list(zip(tracks(), both, strict=True)),
        points=[short(day) for day in ends],
        note=_("Organizations on the register on the last day of each month."),
    )


def years(register: Register, shown: Frame) -> Picture:
    """Return the stock of both tracks at the ends of all years."""
    first = register.first_year
    ends = [min(last_day(year), shown.day) for year in range(first, shown.year + 1)]
    table = [_stock(register, day) for day in ends]
    last = table[-1] if table else [0, 0]
    return Picture(
        "years",
        findings.tracks(last[0], last[1]),
        [_("End of"), *tracks()],
        [[str(day.year), *row] for day, row in zip(ends, table, strict=True)],
        "lines",
        values=[(name, [row[place] for row in table]) for place, name in enumerate(tracks())],
        points=[str(day.year) for day in ends],
        empty=not table,
    )


FLOWS = (
    (Happening.FOUNDED, R),
    (Happening.FOUNDED, F),
    (Happening.UPGRADED, R),
    (Happening.ENDED, R),
    (Happening.ENDED, F),
)


def _flow_columns() -> list[str]:
    return [
        _("founded, registered"),
        _("founded, filed"),
        _("upgraded to registered"),
        _("ended, registered"),
        _("ended, filed"),
    ]


def _flow_row(register: Register, first: date, last: date) -> list[Counted]:
    return [
        happened(register.happened(kind, track, first, last), kind, track, first, last)
        for kind, track in FLOWS
    ]


def flow(register: Register, shown: Frame) -> Picture:
    """Return what came and went in each month of a year."""
    ends = list(month_ends(shown.year, shown.day))
    table = [_flow_row(register, day.replace(day=1), day) for day in ends]
    founded, ended = (sum(sum(row[a:b]) for row in table) for a, b in ((0, 2), (3, 5)))
    return Picture(
        "flow",
        findings.flow(shown.year, founded, ended),
        [_("Month"), *_flow_columns()],
        [[i18n.month(day), *row] for day, row in zip(ends, table, strict=True)],
        "stack",
        parts=_flow_columns()[:2],
        values=[(i18n.month(day), row[:2]) for day, row in zip(ends, table, strict=True)],
        note=_(
            "The picture shows new organizations; the table also counts upgrades and organizations that ended."
        ),
        empty=not founded,
    )


def flow_by_year(register: Register, shown: Frame) -> Picture:
    """Return what came and went in each of the last years."""
    first = max(register.first_year, shown.year - YEARS_OF_FLOW + 1)
    known = register.recorded.year
    spans = [
        (date(year, 1, 1), min(last_day(year), shown.day)) for year in range(first, shown.year + 1)
    ]
    table = [_flow_row(register, *span) for span in spans]
    founded = [(str(a.year), sum(row[:2])) for (a, _b), row in zip(spans, table, strict=True)]
    return Picture(
        "flow-by-year",
        findings.peak(founded, known),
        [_("Year"), *_flow_columns()],
        [[str(a.year), *row] for (a, _b), row in zip(spans, table, strict=True)],
        "stack",
        parts=_flow_columns()[:2],
        values=[(str(a.year), row[:2]) for (a, _b), row in zip(spans, table, strict=True)],
        note=_("Organizations founded, by year.") if first >= known else _since(register),
        empty=not any(n for _name, n in founded),
    )


def _since(register: Register) -> str:
    return _(
        "Organizations founded, by year. The platform has kept the register since %(month)s; years "
        "before show only the founding days of what stood on the register then.",
        month=i18n.month(register.recorded),
    )


# --- time to decide


def of_times(found: Sequence[times.Times], *, offices: bool = False) -> Picture:
    """Return how long decisions took, by kind of case, or by kind and office."""
    shown = [it for it in found if it.decided or it.open_late]
    named = [(_name(it, offices), it) for it in shown]
    bars = [(_said(name, it), it.within(90), it.promised) for name, it in named if it.decided]
    total = sum(it.decided for it in shown)
    finding = findings.times(total, sum(it.in_promise for it in shown))
    title = (
        _("By office: %(finding)s", finding=finding)
        if offices
        else _("By kind of case: %(finding)s", finding=finding)
    )
    return Picture(
        "times-by-office" if offices else "times",
        title if total else finding,
        [
            _("Kind and office") if offices else _("Kind of case"),
            _("Decided"),
            _("Half within (working days)"),
            _("Nine of ten within (working days)"),
            _("Promised (working days)"),
            _("Within the promise, percent"),
            _("Within the law, percent"),
            _("Open beyond the promise"),
        ],
        [
            [
                name,
                it.decided,
                it.within(50),
                it.within(90),
                it.promised,
                it.share_of(it.in_promise),
                it.share_of(it.in_law),
                it.open_late,
            ]
            for name, it in named
        ],
        "bars",
        values=bars,
        unit=_(" working days"),
        note=_(
            "Drawn are the working days within which nine of ten were decided; the mark is what is "
            "promised. Days on which the clock stood still do not count."
        ),
        empty=not bars,
    )


def _said(name: str, it: times.Times) -> str:
    """Return what a bar is called: with both numbers, since either one could be read as the mark."""
    words = {"name": name, "took": it.within(90)}
    if it.promised is None:
        return _("%(name)s: nine of ten within %(took)d working days", **words)
    return _(
        "%(name)s: nine of ten within %(took)d working days, promised %(n)d", n=it.promised, **words
    )


def _name(it: times.Times, offices: bool) -> str:
    title = str(it.kind.title)
    if not offices:
        return title
    return _("%(kind)s: %(office)s", kind=title, office=it.office or _("no office"))
