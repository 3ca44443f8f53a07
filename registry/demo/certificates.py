"""Certificates of the demo: one lost and replaced, others on their way to replacement or renewal."""

from datetime import date
from decimal import Decimal
from typing import Any

from core import clock, divisions, documents
from core.accounts import SYSTEM, Body
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import actions
from registry.certificates import actions as certificates
from registry.certificates.models import CertificateReplacement
from registry.certificates.rules import Copies, ReplacementGround
from registry.certificates.states import ReplacementState
from registry.demo.cast import REGISTRY_OFFICE, person_called
from registry.demo.driver import drive, hand_in_papers, office_hours
from registry.organizations import actions as register
from registry.organizations import codes
from registry.organizations.kinds import OrganizationType, Track
from registry.organizations.models import DECIDED_NAMES, FACT_NAMES, Organization

S, G = ReplacementState, ReplacementGround

#: Why another certificate is asked for, which, the state it stands in, working days ago.
REPLACEMENTS = (
    (G.LOST, Copies.ORIGINAL, S.ISSUED, 3),
    (G.DAMAGED, Copies.DUPLICATE, S.SUBMITTED, 1),
    (G.DAMAGED, Copies.ORIGINAL, S.DECIDING, 1),
    (G.EXPIRING, Copies.BOTH, S.DRAFT, 0),
)


def has_replacements() -> bool:
    """Return whether anybody has asked for another certificate."""
    return db.session.scalar(db.select(CertificateReplacement.id).limit(1)) is not None


def make_replacements() -> None:
    """Let the first association that holds certificates ask for others."""
    organization = db.session.scalars(
        db.select(Organization)
        .join(documents.Instrument, documents.Instrument.body_id == Organization.id)
        .where(documents.Instrument.kind == "certificate_original")
        .order_by(Organization.id)
        .limit(1)
    ).one()
    for ground, copies, state, days in REPLACEMENTS:
        case_id = open_replacement(organization.id, ground, copies, days + 6)
        drive(case_id, state.value, days_ago=days)


def open_replacement(
    organization_id: int, ground: ReplacementGround, copies: Copies, days_ago: int
) -> int:
    """Fill in an application for another certificate for the organization's owner; return its id."""
    with office_hours(days_ago):
        with atomic():
            by = acting_for(person_called("applicant"), organization_id)
            case = certificates.open_replacement({"ground": ground.value}, by=by)
            lost = ground is G.LOST
            today = clock.today()
            actions.save_section(
                case,
                "request",
                by=by,
                ground=ground,
                copies=copies,
                circumstances="办公室搬迁时遗失，已在新旧住所多次查找，未能找到。"
                if lost
                else None,
                lost_on=today if lost else None,
                published_in="成都日报" if lost else None,
                published_on=today if lost else None,
            )
            case_id: int = case.id
        hand_in_papers(case_id, "applicant")
    return case_id


class CertificateFacts:
    """Facts of an organization without an application behind them; what is not given is unknown."""

    def __init__(self, **given: Any) -> None:
        for name in (*FACT_NAMES, *DECIDED_NAMES):
            setattr(self, name, given.get(name))


def found_association(
    name: str,
    serial: int,
    *,
    valid_until: date | None = None,
    on: date | None = None,
    **more: Any,
) -> int:
    """Enter an association with original and duplicate, owned by the applicant; return its id.

    Without a case behind it: for tests, and for trying things out. `more` are further facts, or
    others than usual.
    """
    with atomic():
        day = on or clock.today()
        stated: dict[str, Any] = {
            "domicile": "成都市锦江区总府路8号",
            "legal_representative": "张敏",
            "registered_funds": Decimal(30000),
            "scope": "书画交流、展览、培训和公益服务",
            "activity_area": "成都市锦江区",
            **more,
        }
        organization = register.found(
            CertificateFacts(type=OrganizationType.ASSOCIATION, **stated),  # type: ignore[arg-type]
            name=name,
            track=Track.REGISTERED,
            number=codes.make_code("51", "510104", serial),
            authority="510104",
            division=divisions.communities()[0],
            founded_on=day,
            valid_until=valid_until,
            by=SYSTEM,
            owner_id=person_called("applicant").id,
        )
        office = db.session.scalars(db.select(Body).where(Body.name == REGISTRY_OFFICE)).one()
        for kind in Copies.BOTH.kinds:
            documents.issue(
                kind,
                facts={
                    **stated,
                    "name": organization.name,
                    "unified_code": organization.unified_code,
                    "issuing_authority": office.name,
                    "valid_from": day,
                    "valid_until": valid_until,
                },
                on=day,
                body_id=organization.id,
                by=SYSTEM,
            )
        organization_id: int = organization.id
    return organization_id
