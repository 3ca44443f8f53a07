"""Facts that only organizations of one type have: their shape, and the words for those shown."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel

from core.errors import Words
from core.i18n import _, money
from registry.organizations.kinds import OrganizationType


class Details(BaseModel):
    """What is recorded beside the columns of all organizations; all may be open in a draft.

    Stored as plain JSON. `labels` names the facts that the register shows, in its order.
    """

    labels: ClassVar[Mapping[str, Words]] = {}


_shapes: dict[OrganizationType, type[Details]] = {}


def declare(type: OrganizationType, shape: type[Details]) -> None:
    """Say what is recorded of organizations of a type alone."""
    _shapes[type] = shape


def details_of(type: OrganizationType | None, kept: Mapping[str, Any] | None) -> Details:
    """Return what was kept, typed; nothing where the type has nothing of its own."""
    shape = _shapes.get(type, Details) if type else Details
    return shape.model_validate(kept or {})


def shown(type: OrganizationType | None, kept: Mapping[str, Any] | None) -> list[tuple[Words, str]]:
    """Return the facts that the register shows: labels and words, without what is open."""
    details = details_of(type, kept)
    told = ((label, spoken(getattr(details, name))) for name, label in details.labels.items())
    return [(label, words) for label, words in told if words]


def spoken(value: Any) -> str:
    """Return one of these facts as people read it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return money(value)
    return (
        str(value.label) if isinstance(value, StrEnum) and hasattr(value, "label") else str(value)
    )
