"""What the register says of the entries that change: beside each new value, and on the decision."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.documents.facts import yuan
from core.i18n import money
from registry.changes.entries import ENTRIES, Changeable, Entry
from registry.organizations.kinds import OrganizationType
from registry.registrations.types import typed

if TYPE_CHECKING:
    from registry.changes.models import RegistrationChange

FUNDS = ENTRIES[Entry.REGISTERED_FUNDS].fact
#: Under which fact the register says what a form asks for.
FACTS = {it.fact: it.fact for it in ENTRIES.values()} | {
    "sponsor_unit_id": ENTRIES[Entry.SPONSOR].fact
}


def plain(value: Any) -> Any:
    """Return a fact as plain JSON."""
    return str(value) if isinstance(value, Decimal) else value


def recorded(case: "RegistrationChange", fact: str) -> Any:
    """Return what the register said of a fact when the case was handed in; says now, before that."""
    return case.before[fact] if fact in case.before else getattr(case.organization, fact)


def stands(case: "RegistrationChange", name: str) -> str | None:
    """Return in words what the register says of an answer, "" for nothing; None of anything else."""
    fact = FACTS.get(name)
    if fact is None:
        return None
    value = recorded(case, fact)
    if value is None or fact != FUNDS:
        return str(value or "")
    return money(Decimal(value))


def chosen(case: "RegistrationChange") -> list[Changeable]:
    """Return what a case changes, in the order of the register."""
    return [it for entry, it in ENTRIES.items() if entry in case.chosen]


def called(case: "RegistrationChange", it: Changeable) -> str:
    """Return what papers call an entry: as the certificate of the type does."""
    own = typed(case.type or OrganizationType.ASSOCIATION).certified(case.organization)
    by_type = {FUNDS: "funds_label", "legal_representative": "representative_label"}
    return str(own.get(by_type.get(it.fact, "")) or it.printed)


def printed(it: Changeable, value: Any) -> str:
    """Return a fact as papers write it."""
    if it.fact == FUNDS and value is not None:
        return yuan(Decimal(value))
    return str(value or "（未记载）")
