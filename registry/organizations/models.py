"""Tables of the register: organizations, their people and their versions."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
    literal,
)
from sqlalchemy.orm import (
    Mapped,
    column_property,
    declared_attr,
    mapped_column,
    query_expression,
    relationship,
)

from core import clock
from core.accounts import Body, BodyKind
from core.db import Encrypted, JsonDict, Model, enum_column
from registry.organizations.details import Details, details_of
from registry.organizations.kinds import (
    FilingCategory,
    ManagementMode,
    OrganizationStatus,
    OrganizationType,
    Track,
)

#: What stands for the end of an entry where none is known.
NO_END = date(9999, 12, 31)


class OrganizationFacts:
    """What is recorded of an organization, and asked of one that is to be recorded.

    The register and the applications share these columns, so that a decision copies them as
    they stand. All may be empty in a draft. `details` are the facts that only organizations of
    one type have, in the shape that registry.organizations.details knows.
    """

    type: Mapped[OrganizationType | None] = mapped_column(
        enum_column(OrganizationType, "organization_type")
    )
    category: Mapped[FilingCategory | None] = mapped_column(
        enum_column(FilingCategory, "filing_category")
    )
    management_mode: Mapped[ManagementMode | None] = mapped_column(
        enum_column(ManagementMode, "management_mode")
    )
    domicile: Mapped[str | None] = mapped_column(String(300))
    purpose: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[str | None] = mapped_column(Text)
    activity_area: Mapped[str | None] = mapped_column(String(200))
    registered_funds: Mapped[Decimal | None]
    legal_representative: Mapped[str | None] = mapped_column(String(100))
    person_in_charge: Mapped[str | None] = mapped_column(String(100))
    sponsor_name: Mapped[str | None] = mapped_column(String(200))
    industry_department: Mapped[str | None] = mapped_column(String(200))
    party_lead_unit: Mapped[str | None] = mapped_column(String(200))
    details: Mapped[JsonDict | None]
    individual_members: Mapped[int | None]
    unit_members: Mapped[int | None]
    staff_count: Mapped[int | None]

    @property
    def own(self) -> Details:
        """What only its type has, typed."""
        return details_of(self.type, self.details)

    @declared_attr
    def sponsor_unit_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("body.id"))


#: The columns of `OrganizationFacts` by name: what a version keeps and a decision copies.
FACT_NAMES = (
    "type",
    "category",
    "management_mode",
    "domicile",
    "purpose",
    "scope",
    "activity_area",
    "registered_funds",
    "legal_representative",
    "person_in_charge",
    "sponsor_name",
    "sponsor_unit_id",
    "individual_members",
    "unit_members",
    "staff_count",
)


#: What a decision copies beside: facts that no file of a bureau has, so that no import writes them.
DECIDED_NAMES = ("industry_department", "party_lead_unit", "details")

#: What an import writes of an organization and its version keeps: every other public column.
SPOKEN_NAMES = (
    "name",
    "track",
    "status",
    "unified_code",
    "filing_number",
    "founded_on",
    "ended_on",
    "valid_until",
    "division_id",
    "street_id",
    *FACT_NAMES,
)


class Organization(OrganizationFacts, Body):
    """One social organization, on one of the two tracks.

    `division_id` (of the body) is the smallest known division it sits in; `street_id` the street
    above it. `living_name` is the folded name while the organization lives, so that the database
    refuses a second living one of the same name under the same `authority`. `folded_name`,
    `name_initials` and `name_syllables` are what the search indexes know; only `index.reindex`,
    the import and the job that reads all names anew write them.
    """

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)
    track: Mapped[Track] = mapped_column(enum_column(Track, "organization_track"))
    status: Mapped[OrganizationStatus] = mapped_column(
        enum_column(OrganizationStatus, "organization_status"), default=OrganizationStatus.ACTIVE
    )
    unified_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    filing_number: Mapped[str | None] = mapped_column(String(60), unique=True)
    authority: Mapped[str] = mapped_column(String(40))
    living_name: Mapped[str | None] = mapped_column(String(300))
    street_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    founded_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column()
    folded_name: Mapped[str] = mapped_column(Text, default="")
    name_pinyin: Mapped[str] = mapped_column(String(600), default="")
    name_initials: Mapped[str] = mapped_column(String(100), default="")
    name_syllables: Mapped[str] = mapped_column(Text, default="", server_default="")
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    #: What lists are sorted by: entries whose end is not known come last.
    ends_key: Mapped[date] = column_property(
        func.coalesce(valid_until, literal(NO_END, Date())), deferred=True
    )

    #: How pressing it is, where a list asks (`with_expression`): 0 is the most.
    pressing: Mapped[int | None] = query_expression()

    people: Mapped[list["OrganizationPerson"]] = relationship(back_populates="organization")
    versions: Mapped[list["OrganizationVersion"]] = relationship(
        back_populates="organization", order_by="OrganizationVersion.number"
    )

    __mapper_args__ = {  # noqa: RUF012 - read by SQLAlchemy at class creation
        "polymorphic_identity": BodyKind.ORGANIZATION,
        "version_id_col": version,
        "inherit_condition": id == Body.id,
    }
    __table_args__ = (
        UniqueConstraint("authority", "living_name"),
        CheckConstraint(
            "(track = 'registered') = (unified_code IS NOT NULL)", name="code_by_track"
        ),
        CheckConstraint("track <> 'filed' OR filing_number IS NOT NULL", name="number_by_track"),
        Index(None, "street_id", "id"),
        Index(None, "type", "status", "id"),
        Index(None, "founded_on", "id"),
        Index(None, "name_pinyin", "id"),
    )

    @property
    def number(self) -> str:
        """The unified code or the filing number: what the organization's address is made of."""
        return self.unified_code or self.filing_number or ""


class OrganizationPerson(Model):
    """A person in an organization: representative, officer, promoter. Identity is encrypted."""

    __tablename__ = "organization_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    position: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(100))
    identity_number: Mapped[str | None] = mapped_column(Encrypted, info={"index": "identity_index"})
    identity_index: Mapped[str | None] = mapped_column(String(64), index=True)
    phone: Mapped[str | None] = mapped_column(Encrypted)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    organization: Mapped[Organization] = relationship(back_populates="people")


class OrganizationVersion(Model):
    """What the register said of an organization from one day to the next change.

    `facts` holds every public column as plain JSON values, by code name; `source` says what made
    it: a case, an import or a sanction.
    """

    __tablename__ = "organization_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    number: Mapped[int]
    valid_from: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    source: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    facts: Mapped[JsonDict]
    organization: Mapped[Organization] = relationship(back_populates="versions")

    __table_args__ = (UniqueConstraint("organization_id", "number"),)


class OrganizationReminder(Model):
    """An organization's people were told something on an occasion: each occasion once.

    `told` is how many they were; an organization that nobody here acts for has none.
    """

    __tablename__ = "organization_reminder"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    occasion: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    told: Mapped[int] = mapped_column(default=0)


class RegisterTally(Model):
    """How many organizations there are of one track, type, status and street.

    The stored counts of a register too large to be counted for every visitor.
    """

    __tablename__ = "register_tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    track: Mapped[Track] = mapped_column(enum_column(Track, "tally_track"))
    type: Mapped[OrganizationType | None] = mapped_column(
        enum_column(OrganizationType, "tally_type")
    )
    status: Mapped[OrganizationStatus] = mapped_column(
        enum_column(OrganizationStatus, "tally_status")
    )
    street_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    hits: Mapped[int]
