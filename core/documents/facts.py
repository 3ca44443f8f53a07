"""What instruments state: the names of the facts, and how Chinese papers write them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core import clock
from core.errors import Words
from core.i18n import _l, day, money

#: Facts that may become public, by their name in the glossary, in the order pages show them.
LABELS: dict[str, Words] = {
    "unified_code": _l("Unified social credit code"),
    "filing_number": _l("Filing number"),
    "name": _l("Name"),
    "organization_type": _l("Type"),
    "category": _l("Category"),
    "legal_representative": _l("Legal representative"),
    "person_in_charge": _l("Person in charge"),
    "domicile": _l("Domicile"),
    "registered_funds": _l("Registered funds"),
    "purpose": _l("Purpose"),
    "scope": _l("Scope of activities"),
    "activity_area": _l("Area of activity"),
    "sponsor_unit": _l("Sponsor unit"),
    "street": _l("Street"),
    "community": _l("Community"),
    "issuing_authority": _l("Issuing authority"),
    "authority": _l("Issuing authority"),
    "grade": _l("Grade"),
}


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as JSON keeps them: days as 2026-03-01, sums as text."""
    return {key: _plain(value) for key, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def shown(facts: Mapping[str, Any], public: Collection[str]) -> list[tuple[Words, str]]:
    """Return the facts that are `public` with their labels, in the reader's language, in order.

    Older papers may certify more than is public today; that stays signed and is not shown.
    """
    return [
        (words, spoken(key, facts[key]))
        for key, words in LABELS.items()
        if key in public and facts.get(key)
    ]


def spoken(key: str, value: Any) -> str:
    """Return one public fact as a page shows it."""
    if key == "registered_funds":
        try:
            return money(Decimal(str(value)))
        except InvalidOperation:
            return str(value)
    if key.endswith("_on"):
        return day(date.fromisoformat(value))
    return "、".join(value) if isinstance(value, list) else str(value)


def on_day(value: date | datetime | str | None) -> str:
    """Return a day as papers write it: 2026年3月1日. Text stays as it is."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    local = clock.local(value).date() if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日"


def at_moment(value: datetime | date | str | None) -> str:
    """Return a moment as papers write it: 2026年3月1日9时30分, on the office's clock."""
    if not isinstance(value, datetime):
        return on_day(value)
    there = clock.local(value)
    minute = f"{there.minute}分" if there.minute else ""
    return f"{on_day(there.date())}{there.hour}时{minute}"


def yuan(value: Decimal | int | str | None) -> str:
    """Return a sum as the register writes it: 3万元, 3.5万元, 30,250.50元. Text stays."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    exact = Decimal(value)
    if exact and exact % 100 == 0 and exact >= 10_000:
        return f"{(exact / 10_000).normalize():f}万元"
    return f"{exact:,.2f}元"


def listed(values: str | Iterable[str] | None) -> str:
    """Return several words as one enumeration: 甲、乙、丙. A single text stays as it is."""
    if values is None or isinstance(values, str):
        return values or ""
    return "、".join(values)


def things(value: str | Iterable[Any] | None) -> list[Any]:
    """Return what is to be enumerated: the items of a list, or the lines of a text."""
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return list(value or ())


def sentence(text: str) -> str:
    """Return the words with a full stop at their end."""
    stripped = text.strip()
    return stripped if stripped[-1:] in set("。！？；：.!?)）") else f"{stripped}。"


FILTERS = {
    "on_day": on_day,
    "at_moment": at_moment,
    "yuan": yuan,
    "listed": listed,
    "things": things,
    "sentence": sentence,
}
