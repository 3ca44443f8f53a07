"""What a changed field is called, and how its values read: `state: draft → filed` in words.

Whoever records a change says once what its fields are called:

    audit.name_fields("opinion", {"stance": audit.Field(_l("Stance"), audit.one_of(Stance))})

The first word of an action (`opinion:answer`) is what fields are looked up by. Where their names
are not known beforehand, a function of the name says what the field is, or None.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core import i18n
from core.audit import records, wording
from core.errors import Words
from core.i18n import _, _l

Say = Callable[[Any], str]


def plain(value: Any) -> str:
    """Return a value as it is written: yes and no in words, lists with commas."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    return str(value)


def day(value: Any) -> str:
    """Return a day kept as text, 2026-03-01, as people write it."""
    return i18n.day(date.fromisoformat(value))


def money(value: Any) -> str:
    """Return a sum kept as text with its unit."""
    return i18n.money(Decimal(value))


def one_of(kinds: type[StrEnum]) -> Say:
    """Return how the values of an enumeration are said: by their labels."""

    def say(value: Any) -> str:
        return str(getattr(kinds(value), "label", value))

    return say


def record_of(kind: str) -> Say:
    """Return how the id of a record is said: by the record's name."""

    def say(value: Any) -> str:
        return records.name_of(kind, value)

    return say


@dataclass(frozen=True)
class Field:
    """What a field is called and how its values are said. `say` is never asked about nothing."""

    label: Words
    say: Say = plain


Find = Callable[[str], Field | None]
person, body = record_of("User"), record_of("Body")
_finders: dict[str, list[Find]] = {}


def name_fields(thing: str, fields: Mapping[str, Field] | Find) -> None:
    """Say what the fields are called that actions of `thing` change, and how their values read."""
    find = fields.get if isinstance(fields, Mapping) else fields
    _finders.setdefault(thing, []).append(find)


def field_of(action: str, name: str) -> Field | None:
    """Return what a field that `action` changed is called; None where nobody has said."""
    thing = action.partition(":")[0]
    found = (find(name) for find in (*_finders.get(thing, ()), _of_case(thing)))
    return next((field for field in found if field is not None), None)


def _of_case(kind: str) -> Find:
    """Return the fields of a kind of case: where it stands, whose it is, and its conditions."""

    def find(name: str) -> Field | None:
        case = wording.named_case(kind)
        if case is None:
            return None
        if name == "state":
            return Field(_l("State"), lambda value: str(case.states.get(value, value)))
        if name == "assignee_id":
            return Field(_l("Handled by"), person)
        if name == "remark":
            return Field(_l("Remark"))
        words = case.checks.get(name)
        return None if words is None else Field(words, case.outcome)

    return find


def said_changes(action: str, changes: Mapping[str, Any]) -> list[str]:
    """Return what an action changed, a line a field; what stayed empty is left out."""
    lines = []
    for name, pair in changes.items():
        before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
        if _empty(before) and _empty(after):
            continue
        lines.append(_line(field_of(action, name) or Field(name), before, after))
    return lines


def _empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _line(field: Field, before: Any, after: Any) -> str:
    old, new = (_said(field, value) for value in (before, after))
    words = new if _empty(before) else f"{old} → {new}"
    return f"{field.label}{_(': ')}{words}"


def _said(field: Field, value: Any) -> str:
    if _empty(value):
        return "—"
    try:
        return field.say(value)
    except (ValueError, KeyError, ArithmeticError, TypeError):  # as an earlier program wrote it
        return plain(value)


def unnamed(action: str, changes: Iterable[str]) -> list[str]:
    """Return what of an entry has no words: the action itself, fields. For the house's tests."""
    missing = [] if wording.said_action(action) != action else [action]
    return [*missing, *(f"{action} {name}" for name in changes if field_of(action, name) is None)]
