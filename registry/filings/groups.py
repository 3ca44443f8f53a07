"""What the kinds of case about a filed group share: whose group, at which street, with which letters."""

from typing import Any, TypeVar, cast

from core import divisions, documents
from core.accounts import Actor, Body
from core.db import db
from core.divisions import Division, Level
from core.errors import RuleBroken
from core.i18n import _
from core.policy import Policy
from core.workflow import Seat, Workflow, engine, queries, seating
from core.workflow.models import Case
from core.workflow.usual import papers
from registry.organizations import places
from registry.organizations.kinds import LIVING, Track
from registry.organizations.models import Organization

K = TypeVar("K", bound=Case)

#: The rules under which groups are filed, as papers name them.
BASIS = "《四川省社区社会组织管理规定》"


def group_of(by: Actor) -> Organization:
    """Return the filed group that `by` acts for. Raises RuleBroken for anybody else."""
    organization = db.session.get(Organization, by.body_id) if by.body_id else None
    if organization is None or organization.track is not Track.FILED:
        raise RuleBroken(_("Please choose first for which filed group you are acting."))
    if organization.status not in LIVING:
        raise RuleBroken(_("The group is no longer on the register as living."))
    return organization


def open_for(case: K, organization: Organization, *, by: Actor) -> K:
    """Open a draft of a group about itself, at the street it lies in, and return it.

    Where its kind allows one open case, the one that is open already is returned instead.
    """
    case.title = organization.name
    case.applicant_body_id = case.subject_body_id = organization.id
    begun = queries.sole_case(case.workflow, organization.id)
    if begun is not None:
        return cast(K, begun)
    engine.open_case(case, by=by)
    seating.settle(case, place_of(organization))
    return case


def place_of(organization: Organization) -> Division:
    """Return where a group lies on the map of today: its community or street, else the district."""
    for division_id in filter(None, (organization.division_id, organization.street_id)):
        today = divisions.on_map(db.session.get_one(Division, division_id))
        if today is not None:
            return today
    return divisions.require_district()


def communities_of(organization: Organization) -> tuple[Division | None, list[Division]]:
    """Return the street of a group whose community is not on record, and the communities to choose
    from; none where it is known, or where there are none.
    """
    place = place_of(organization)
    if place.level.rank >= Level.COMMUNITY.rank:
        return None, []
    street = places.street_of(place)
    return street, divisions.communities(street)


def office_of(division: Division) -> Body:
    """Return the office that files groups in a division: its street's, where there are streets."""
    return divisions.office_for("filing", division)


def group_in(case: Case) -> Organization:
    """Return the group that a case is about."""
    return db.session.get_one(Organization, case.subject_body_id)


def seat_at_street(workflow: Workflow) -> None:
    """Let the office that files groups there decide, and the overseeing bureau read."""

    def bureau(division: Division) -> Body:
        return divisions.office_for("oversight", division)

    workflow.seats_locally(Seat.OFFICE)(office_of)
    workflow.seats_locally(Seat.OVERSIGHT)(bureau)


def write_letters(workflow: Workflow, matter: str, corrections: Policy[int]) -> None:
    """Register the street's letters about `matter` (延续备案): for corrections and on refusal."""

    def issue(case: Case, kind: str, by: Actor, **facts: Any) -> documents.Instrument:
        subject = f"{case.title}{matter}"
        return papers.issue(
            case, kind, by=by, recipient=case.title, subject=subject, basis=[BASIS], **facts
        )

    def request_correction(case: Case, by: Actor, entered: dict[str, Any]) -> None:
        issue(case, "correction_notice", by, **papers.correction_facts(case, entered, corrections))

    def refuse(case: Case, by: Actor, entered: dict[str, Any]) -> None:
        title = f"不予{matter}通知书"
        issue(case, "filing_refusal", by, reasons=entered["note"], name=case.title, title=title)

    for work in (request_correction, refuse):
        step = workflow.step.get(work.__name__)
        if step is not None and step.effect:
            workflow.on(work.__name__)(work)
