"""What may be set: features declare their policies, each once, with its default and source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from core.errors import RuleBroken, Words
from core.i18n import _, _l
from core.policy.units import Unit, yes_or_no

T = TypeVar("T")

_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class Kind(StrEnum):
    """What sort of value a policy has. It follows from the default."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, eq=False)
class Policy(Generic[T]):
    """A number, choice or switch that the district may set.

    `key` is the feature and the name, joined by dots. `default` holds until something else is
    confirmed; it is an int, Decimal, bool or str, and so is every later value. `source` names the
    article or practice the default comes from; `unsure` marks one that could not be checked
    against its text, for the office to confirm. `choices` maps the allowed texts to their words.
    `may_be_empty` lets a text be nothing: what it says is then left out.
    """

    key: str
    default: T
    unit: Unit | str = Unit.NONE
    source: Words = ""
    label: Words = ""
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    help: Words = ""
    choices: Mapping[str, Words] = field(default_factory=dict)
    unsure: bool = False
    may_be_empty: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        if not _KEY.fullmatch(self.key) or len(self.key) > 100:
            raise ValueError(f"{self.key!r} is no policy key: feature.name")
        if not self.source or not self.label:
            raise ValueError(f"{self.key} needs a source and a label")
        if type(self.default) not in (int, Decimal, bool, str) or not self._fits(self.default):
            raise ValueError(f"{self.key}: its default is outside its own limits")

    @property
    def kind(self) -> Kind:
        if isinstance(self.default, bool):
            return Kind.YES_NO
        if isinstance(self.default, int):
            return Kind.INTEGER
        if isinstance(self.default, Decimal):
            return Kind.DECIMAL
        return Kind.CHOICE if self.choices else Kind.TEXT

    def spoken(self, value: T) -> str:
        """Return `value` as it is said, with its unit: 20个工作日."""
        if isinstance(value, bool):
            return yes_or_no(value)
        if isinstance(value, int | Decimal):
            return Unit(self.unit).spoken(value)
        return str(self.choices.get(str(value), value)) or _("Not set")

    @property
    def limits(self) -> str:
        """Between what a number may lie, in words; empty where nothing is said."""
        low, high = (
            None if it is None else Unit(self.unit).spoken(it)
            for it in (self.minimum, self.maximum)
        )
        if low and high:
            return _("Between %(low)s and %(high)s", low=low, high=high)
        if low:
            return _("At least %(low)s", low=low)
        return _("At most %(high)s", high=high) if high else ""

    def check(self, value: object) -> T:
        """Return `value` if this policy may take it. Raises RuleBroken("value") with the reason."""
        if self.kind is Kind.DECIMAL and type(value) is int:
            value = Decimal(value)
        if type(value) is not type(self.default):
            raise RuleBroken(_l("This is not the kind of value that is set here."), field="value")
        if self.kind is Kind.CHOICE and value not in self.choices:
            raise RuleBroken(_l("Choose one of the values offered."), field="value")
        if not self._fits(value):
            otherwise = _("1 to 500 characters") if self.kind is Kind.TEXT else _("a number")
            words = _("Not possible here. Allowed: %(limits)s", limits=self.limits or otherwise)
            raise RuleBroken(words, field="value")
        return value

    def _fits(self, value: object) -> bool:
        if isinstance(value, str):
            if self.choices:
                return value in self.choices
            return len(value.strip()) <= 500 and (self.may_be_empty or bool(value.strip()))
        assert isinstance(value, int | Decimal)
        if isinstance(value, Decimal) and not value.is_finite():
            return False
        above = self.minimum is None or value >= self.minimum
        return above and (self.maximum is None or value <= self.maximum)

    def to_json(self, value: T) -> Any:
        """Return `value` as plain JSON: a decimal as its text, so that nothing is rounded."""
        return str(value) if isinstance(value, Decimal) else value

    def from_json(self, stored: Any) -> T:
        """Return what `to_json` stored."""
        if self.kind is Kind.DECIMAL:
            try:
                return cast(T, Decimal(str(stored)))
            except InvalidOperation:
                raise ValueError(f"{self.key} has {stored!r} stored") from None
        return cast(T, stored)


_declared: dict[str, Policy[Any]] = {}
_chapters: dict[str, Words] = {}


def register(*policies: Policy[Any]) -> None:
    """Declare `policies`. Raises ValueError where another policy has the key already."""
    for policy in policies:
        if _declared.setdefault(policy.key, policy) is not policy:
            raise ValueError(f"two policies are called {policy.key}")


def chapter(prefix: str, label: Words) -> None:
    """Name the chapter of the policies page in which the keys that begin with `prefix` stand."""
    _chapters[prefix] = label


def chapter_of(key: str) -> tuple[str, Words]:
    """Return the prefix and label of the chapter of `key`: the one with the longest prefix."""
    parts = key.split(".")
    for length in range(len(parts) - 1, 0, -1):
        prefix = ".".join(parts[:length])
        if prefix in _chapters:
            return prefix, _chapters[prefix]
    return parts[0], parts[0]


def declared() -> list[Policy[Any]]:
    """Return every policy, in the order of declaration: core's first, then room by room."""
    return list(_declared.values())


def declaration(key: str) -> Policy[Any]:
    """Return the policy `key`. Raises KeyError for one that nobody declared."""
    return _declared[key]
