"""What the record of actions calls the facts that a filed group tells."""

from core import audit
from core.i18n import _l
from registry.registrations.types import TYPES


def field(name: str) -> audit.Field | None:
    """Return what a fact is called that a group told of itself: as its application asks it."""
    if name == "number":
        return audit.Field(_l("Number"))
    asks = (ask for it in TYPES for ask in it.section.asks)
    ask = next((ask for ask in asks if ask.name == name), None)
    if ask is None:
        return None
    return audit.Field(ask.label, audit.money) if ask.kind == "money" else audit.Field(ask.label)
