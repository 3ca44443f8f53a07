"""Days as people write them, and the field that takes them."""

import re
from datetime import date
from typing import Any
from unicodedata import normalize

from wtforms import DateField, StringField
from wtforms.widgets import DateInput

from core.figures import Written
from core.i18n import _

_WRITTEN = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_IN_A_ROW = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_day(written: str) -> date:
    """Return the day that was written: 2026-03-01, 2026/3/1, 2026年3月1日, ２０２６．３．１, 20260301.

    Raises ValueError for anything else, and for days that no calendar has.
    """
    text = normalize("NFKC", written).strip()
    found = _WRITTEN.fullmatch(text) or _IN_A_ROW.fullmatch(text)
    if found is None:
        raise ValueError(written)
    year, month, day = map(int, found.groups())
    return date(year, month, day)


def control_for(written: str) -> str:
    """Return the control that shows what was written: "date" for nothing and for a day, else "text".

    A browser's calendar shows only days, and only as 2026-03-01.
    """
    try:
        return (
            "date" if not written or date.fromisoformat(written).isoformat() == written else "text"
        )
    except ValueError:
        return "text"


class DayInput(DateInput):
    """The browser's calendar; a plain box where what was written is no day, to show it again."""

    def __call__(self, field: Any, **attributes: Any) -> Any:
        return super().__call__(field, **{"type": control_for(field._value()), **attributes})


class WrittenDayField(StringField):
    """A day that the page reads itself, since a month or a year does as well."""

    widget = DayInput()


class DayField(Written, DateField):
    """A day; what is none is shown again as it was written."""

    widget = DayInput()

    def taken(self, written: str) -> date:
        return read_day(written)

    def refusal(self) -> str:
        return _("Please write the day as 2026-03-01.")

    def _value(self) -> str:
        if self.data is not None:
            return str(self.data.isoformat())
        return str(self.raw_data[0]) if self.raw_data else ""
