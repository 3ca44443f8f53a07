"""What a policy value is counted in, and how it is said."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from core import i18n
from core.i18n import _, _l, ngettext


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"
    CNY = "cny"
    PEOPLE = "people"
    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"
    ATTEMPTS = "attempts"
    CHARACTERS = "characters"
    MEGABYTES = "megabytes"
    FILES = "files"
    NONE = "none"

    @property
    def label(self) -> str:
        """The unit as it stands behind an input; empty where there is none."""
        return str(_LABELS[self]) if self in _LABELS else ""

    def spoken(self, value: int | Decimal) -> str:
        """Return `value` with its unit in the reader's language: 20个工作日, 20 working days."""
        if self is Unit.CNY:
            return i18n.money(Decimal(value))
        if self in _COUNTED and value == int(value):
            return _COUNTED[self](int(value))
        return f"{value:,}{'' if self is Unit.PERCENT or not self.label else ' '}{self.label}"


_LABELS = {
    Unit.WORKING_DAYS: _l("working days"),
    Unit.CALENDAR_DAYS: _l("calendar days"),
    Unit.MONTHS: _l("months"),
    Unit.YEARS: _l("years"),
    Unit.HOURS: _l("hours"),
    Unit.MINUTES: _l("minutes"),
    Unit.SECONDS: _l("seconds"),
    Unit.CNY: _l("yuan"),
    Unit.PEOPLE: _l("people"),
    Unit.PERCENT: "%",
    Unit.POINTS: _l("points"),
    Unit.ATTEMPTS: _l("attempts"),
    Unit.CHARACTERS: _l("characters"),
    Unit.MEGABYTES: "MB",
    Unit.FILES: _l("files"),
}

#: Units whose word changes with the number.
_COUNTED: dict[Unit, Callable[[int], str]] = {
    Unit.WORKING_DAYS: lambda n: ngettext("%(num)d working day", "%(num)d working days", n),
    Unit.CALENDAR_DAYS: lambda n: ngettext("%(num)d calendar day", "%(num)d calendar days", n),
    Unit.MONTHS: lambda n: ngettext("%(num)d month", "%(num)d months", n),
    Unit.YEARS: lambda n: ngettext("%(num)d year", "%(num)d years", n),
    Unit.HOURS: lambda n: ngettext("%(num)d hour", "%(num)d hours", n),
    Unit.MINUTES: lambda n: ngettext("%(num)d minute", "%(num)d minutes", n),
    Unit.SECONDS: lambda n: ngettext("%(num)d second", "%(num)d seconds", n),
    Unit.PEOPLE: lambda n: ngettext("%(num)d person", "%(num)d people", n),
    Unit.POINTS: lambda n: ngettext("%(num)d point", "%(num)d points", n),
    Unit.ATTEMPTS: lambda n: ngettext("%(num)d attempt", "%(num)d attempts", n),
    Unit.CHARACTERS: lambda n: ngettext("%(num)d character", "%(num)d characters", n),
    Unit.FILES: lambda n: ngettext("%(num)d file", "%(num)d files", n),
}


def yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")
