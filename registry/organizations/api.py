"""The public register for programs: a list that is searched and paged, and one organization."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import or_, select

from core import divisions
from core.api import PageQuery, Query, about, endpoint
from core.db import db
from core.divisions import Level
from core.errors import NotFound, RuleBroken
from core.i18n import _, _l
from registry.organizations import codes, search
from registry.organizations.kinds import (
    FilingCategory,
    ManagementMode,
    OrganizationStatus,
    OrganizationType,
    Track,
)
from registry.organizations.models import Organization
from registry.organizations.search import Filters

CODE = "51510104MJQ0000155"


class OrganizationQuery(PageQuery):
    """What the listed organizations have in common."""

    q: str | None = Field(
        None,
        max_length=100,
        json_schema_extra=about(
            _l("Part of the name, of its pinyin or initials, or the beginning of a code or number")
        ),
        examples=["养老"],
    )
    track: Track | None = Field(None, json_schema_extra=about(_l("Registered or filed")))
    type: OrganizationType | None = Field(None, json_schema_extra=about(_l("Type of organization")))
    status: OrganizationStatus | None = Field(None, json_schema_extra=about(_l("Status")))
    street: str | None = Field(
        None,
        max_length=100,
        json_schema_extra=about(_l("Name of a street, present or former")),
        examples=["春熙路"],
    )
    founded_from: date | None = Field(
        None, json_schema_extra=about(_l("Founded on this day or later"))
    )
    founded_to: date | None = Field(
        None, json_schema_extra=about(_l("Founded on this day or earlier"))
    )


class OrganizationAnswer(BaseModel):
    """What the register says in public of one organization."""

    model_config = ConfigDict(
        json_schema_extra=about(_l("What the register says in public of one organization"))
    )

    name: str = Field(examples=["锦江区养老服务协会"], json_schema_extra=about(_l("Name")))
    track: Track = Field(json_schema_extra=about(_l("Registered or filed")))
    type: OrganizationType | None = Field(json_schema_extra=about(_l("Type of organization")))
    category: FilingCategory | None = Field(
        json_schema_extra=about(_l("What a filed group does; null for registered organizations"))
    )
    status: OrganizationStatus = Field(json_schema_extra=about(_l("Status")))
    unified_code: str | None = Field(
        examples=[CODE], json_schema_extra=about(_l("Unified social credit code"))
    )
    filing_number: str | None = Field(json_schema_extra=about(_l("Filing number")))
    management_mode: ManagementMode | None = Field(
        json_schema_extra=about(_l("Dual management or direct registration"))
    )
    legal_representative: str | None = Field(
        json_schema_extra=about(_l("Legal representative; null for filed groups"))
    )
    person_in_charge: str | None = Field(
        json_schema_extra=about(
            _l("Person in charge; null for filed groups, whose members are private persons")
        )
    )
    domicile: str | None = Field(json_schema_extra=about(_l("Domicile")))
    street: str | None = Field(examples=["春熙路街道"], json_schema_extra=about(_l("Street")))
    community: str | None = Field(json_schema_extra=about(_l("Community")))
    purpose: str | None = Field(json_schema_extra=about(_l("Purpose")))
    scope: str | None = Field(json_schema_extra=about(_l("Scope of activities")))
    activity_area: str | None = Field(json_schema_extra=about(_l("Area of activity")))
    registered_funds: str | None = Field(
        examples=["30000.00"],
        json_schema_extra=about(_l("Registered funds: yuan with two decimals, as text")),
    )
    sponsor_unit: str | None = Field(json_schema_extra=about(_l("Sponsor unit")))
    founded_on: date | None = Field(json_schema_extra=about(_l("Founded on")))
    ended_on: date | None = Field(json_schema_extra=about(_l("Ended on")))
    valid_until: date | None = Field(
        json_schema_extra=about(_l("Last day of the certificate or filing receipt"))
    )


class OrganizationsAnswer(BaseModel):
    """A page of the register."""

    model_config = ConfigDict(json_schema_extra=about(_l("A page of the register")))

    items: list[OrganizationAnswer] = Field(json_schema_extra=about(_l("The organizations")))
    next: str | None = Field(
        json_schema_extra=about(_l("Cursor of the next page; null at the end"))
    )
    total: int = Field(json_schema_extra=about(_l("How many match, counted up to 1,000")))
    total_is_capped: bool = Field(
        json_schema_extra=about(_l("Whether there are more than were counted"))
    )


@endpoint(
    "/organizations",
    query=OrganizationQuery,
    answer=OrganizationsAnswer,
    summary=_l("Search the register of social organizations"),
    tags=("register",),
)
def organizations(query: OrganizationQuery) -> OrganizationsAnswer:
    filters = Filters(
        q=query.q or "",
        track=query.track,
        type=query.type,
        status=query.status,
        street=_street_id(query.street) if query.street else None,
        founded_from=query.founded_from,
        founded_to=query.founded_to,
        size=query.limit,
    )
    found = search.find(filters, query.cursor, with_facets=False)
    chosen = select(Organization).where(Organization.id.in_(found.ids))
    organizations = {it.id: it for it in db.session.scalars(chosen)}
    return OrganizationsAnswer(
        items=[_answer(organizations[key]) for key in found.ids if key in organizations],
        next=found.page.next,
        total=found.total,
        total_is_capped=found.total_is_capped,
    )


@endpoint(
    "/organizations/<path:number>",
    answer=OrganizationAnswer,
    summary=_l("Show one organization"),
    tags=("register",),
    path={"number": _l("Unified social credit code or filing number")},
)
def organization(query: Query, number: str) -> OrganizationAnswer:
    found = db.session.scalar(
        select(Organization)
        .where(
            or_(
                Organization.unified_code == codes.clean(number),
                Organization.filing_number == number,
            )
        )
        .order_by(Organization.unified_code.is_(None))
        .limit(1)
    )
    if found is None:
        raise NotFound(_("There is no such organization on the register."))
    return _answer(found)


def _street_id(name: str) -> int:
    street = divisions.find_street(name)
    if street is None:
        raise RuleBroken(_("There is no such street."), field="street")
    return street.id


def _answer(it: Organization) -> OrganizationAnswer:
    street, community = _place(it)
    of_law = it.track is Track.REGISTERED  # the law publishes who represents a legal person
    return OrganizationAnswer(
        name=it.name,
        track=it.track,
        type=it.type,
        category=it.category,
        status=it.status,
        unified_code=it.unified_code,
        filing_number=it.filing_number,
        management_mode=it.management_mode,
        legal_representative=it.legal_representative if of_law else None,
        person_in_charge=it.person_in_charge if of_law else None,
        domicile=it.domicile,
        street=street,
        community=community,
        purpose=it.purpose,
        scope=it.scope,
        activity_area=it.activity_area,
        registered_funds=_sum(it.registered_funds),
        sponsor_unit=it.sponsor_name,
        founded_on=it.founded_on,
        ended_on=it.ended_on,
        valid_until=it.valid_until,
    )


def _sum(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _place(it: Organization) -> tuple[str | None, str | None]:
    """Return the names of the street and the community it sits in."""
    divisions.the_district()  # holds streets and communities, so that no row costs a query
    places = {
        place.level: place.name
        for key in (it.street_id, it.division_id)
        if key is not None and (place := db.session.get(divisions.Division, key)) is not None
    }
    return places.get(Level.STREET), places.get(Level.COMMUNITY)
