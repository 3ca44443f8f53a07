"""What only service institutions tell: how they are liable, their field, their premises."""

from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from core.errors import Words
from core.i18n import _l
from registry.organizations.details import Details


class InstitutionKind(StrEnum):
    """How it is liable (登记暂行办法 art. 2): the certificate says it."""

    LEGAL_PERSON = "legal_person"
    PARTNERSHIP = "partnership"
    INDIVIDUAL = "individual"

    @property
    def label(self) -> str:
        return str(KIND_LABELS[self])


KIND_LABELS = {
    InstitutionKind.LEGAL_PERSON: _l("Legal person"),
    InstitutionKind.PARTNERSHIP: _l("Partnership"),
    InstitutionKind.INDIVIDUAL: _l("Individual"),
}
#: As the certificate writes it.
ON_PAPER = {
    InstitutionKind.LEGAL_PERSON: "法人",
    InstitutionKind.PARTNERSHIP: "合伙",
    InstitutionKind.INDIVIDUAL: "个体",
}


class Sector(StrEnum):
    """The field of work, by which the least opening funds go."""

    EDUCATION = "education"
    HEALTH = "health"
    ELDERLY_CARE = "elderly_care"
    CULTURE = "culture"
    SPORT = "sport"
    SCIENCE = "science"
    TRAINING = "training"
    SOCIAL_WORK = "social_work"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(SECTOR_LABELS[self])


SECTOR_LABELS: dict[Sector, Words] = {
    Sector.EDUCATION: _l("Education"),
    Sector.HEALTH: _l("Health"),
    Sector.ELDERLY_CARE: _l("Care of the elderly"),
    Sector.CULTURE: _l("Culture"),
    Sector.SPORT: _l("Sport"),
    Sector.SCIENCE: _l("Science and technology"),
    Sector.TRAINING: _l("Vocational training"),
    Sector.SOCIAL_WORK: _l("Social work and community services"),
    Sector.OTHER: _l("Other fields"),
}


class Premises(StrEnum):
    """By what right the premises are used."""

    OWNED = "owned"
    LEASED = "leased"
    LENT = "lent"

    @property
    def label(self) -> str:
        return str(PREMISES_LABELS[self])


PREMISES_LABELS = {
    Premises.OWNED: _l("Owned"),
    Premises.LEASED: _l("Leased"),
    Premises.LENT: _l("Lent free of charge"),
}


class InstitutionDetails(Details):
    """What only service institutions tell; kind and field stand in the register."""

    institution_kind: InstitutionKind | None = None
    sector: Sector | None = None
    nonstate_funds: Decimal | None = None
    premises: Premises | None = None
    premises_months: int | None = None
    no_branches: bool | None = None

    labels: ClassVar = {"institution_kind": _l("Form of liability"), "sector": _l("Field of work")}
