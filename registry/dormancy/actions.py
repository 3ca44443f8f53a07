"""What silence leads to: reminders, dormancy, and the street's proceeding to cancel the filing."""

from datetime import timedelta
from typing import Any

from core import clock, messages, notices, policy
from core.accounts import SYSTEM, Actor, Role
from core.documents.facts import on_day
from core.errors import RuleBroken
from core.i18n import _
from core.workflow import Transition, engine
from core.workflow import queries as cases
from core.workflow.clocks import last_day
from core.workflow.models import Case
from core.workflow.usual import papers
from registry.dormancy import queries
from registry.dormancy.models import DormantCancellation
from registry.dormancy.notices import DORMANT, SILENT
from registry.dormancy.papers import CANCELLATION_WARNING
from registry.dormancy.policy import LAST_REMINDER_DAYS, NOTICE_DAYS
from registry.dormancy.workflow import DORMANT_CANCELLATION
from registry.filings.ends import end_filing
from registry.filings.groups import BASIS, group_in, office_of, place_of, seat_at_street
from registry.organizations import actions as register
from registry.organizations.kinds import OrganizationStatus, Track
from registry.organizations.models import Organization
from registry.organizations.reminders import holders, remind, reminded_at

seat_at_street(DORMANT_CANCELLATION)


def watch(organization: Organization, *, by: Actor) -> str:
    """Do what the silence of a group leads to today: "told", "dormant", or "" for nothing new.

    Nobody becomes dormant who was not reminded long enough before; each reminder goes out once.
    """
    if organization.status is not OrganizationStatus.ACTIVE:
        return ""
    today, silence = clock.today(), queries.silence_of(organization)
    grace = timedelta(days=int(policy.value(LAST_REMINDER_DAYS)))
    last = reminded_at(organization.id, f"dormancy:{silence.since}:last")
    if last is not None and today > max(silence.falls_on, clock.local(last).date() + grace):
        fall_dormant(organization, by=by)
        return "dormant"
    if today < silence.warned_on:
        return ""
    stage = "last" if today >= silence.last_on else "first"
    day = max(silence.falls_on, today + grace) if stage == "last" else silence.falls_on
    facts = {"since": silence.since, "day": day}
    told = remind(organization, f"dormancy:{silence.since}:{stage}", SILENT, facts)
    return "told" if told else ""


def fall_dormant(organization: Organization, *, by: Actor) -> None:
    """Make a silent group dormant; tell it and its street."""
    since = queries.silence_of(organization).since
    register.change_status(organization, OrganizationStatus.DORMANT, by=by)
    facts, link = {"name": organization.name, "since": since}, f"/register/{organization.number}"
    people, group = holders(organization.id), organization.id
    messages.send(people, DORMANT.key, facts, link=link, body_id=group)
    office = office_of(place_of(organization))
    officers = holders(office.id, Role.STREET_OFFICER)
    messages.send(officers, DORMANT.key, facts, link=link, body_id=office.id, mail=False)


def open_dormant_cancellation(organization: Organization, *, by: Actor) -> Case:
    """Open the proceeding of a street about a dormant group, or return the one that is open.

    Raises RuleBroken for a group that is not dormant, NotAllowed for another office.
    """
    since = queries.dormant_since(organization.id, clock.today())
    if organization.status is not OrganizationStatus.DORMANT or since is None:
        raise RuleBroken(_("The group is not dormant."))
    begun = cases.sole_case(DORMANT_CANCELLATION, organization.id)
    if begun is not None:
        return begun
    case = DormantCancellation(
        title=organization.name,
        applicant_body_id=organization.id,
        subject_body_id=organization.id,
        silent_since=queries.last_signs([organization])[organization.id]
        or queries.silence_of(organization).since,
        dormant_since=since,
    )
    return engine.open_of_office(case, place_of(organization), by=by)


@DORMANT_CANCELLATION.on("announce")
def announce(case: DormantCancellation, by: Actor, entered: dict[str, Any]) -> None:
    """Publish the notice with its period, and issue 拟注销备案告知书 to the group."""
    organization = group_in(case)
    days = int(case.frozen(NOTICE_DAYS.key))
    case.objections_until = last_day(clock.today(), NOTICE_DAYS.key, days)
    papers.issue(
        case,
        CANCELLATION_WARNING.key,
        by=by,
        recipient=organization.name,
        subject=f"{organization.name}拟注销备案",
        filing_number=organization.filing_number,
        silent_since=case.silent_since,
        dormant_since=case.dormant_since,
        deadline=case.objections_until,
        basis=[BASIS],
    )
    notices.publish(
        kind="filing",
        title=f"{organization.name}拟注销备案公示",
        text="该组织长期未报送年度活动情况，也未延续备案，拟注销其备案。如有异议，请在公示期内提出。",
        facts={
            "名称": organization.name,
            "备案号": organization.filing_number or "",
            "最近动态日期": on_day(case.silent_since),
            "休眠起始日": on_day(case.dormant_since),
            "备案机关": case.office.name if case.office else "",
        },
        basis=BASIS,
        body_id=organization.id,
        case_id=case.id,
        office_id=case.office_id,
        objections_until=case.objections_until,
        series="备公示〔{year}〕{place}号",
        by=by,
    )


@DORMANT_CANCELLATION.on("strike_off")
def strike_off(case: DormantCancellation, by: Actor, entered: dict[str, Any]) -> None:
    """End the filing, as announced."""
    reason = "长期未报送年度活动情况且未延续备案"
    cause = f"{reason}，自{on_day(case.dormant_since)}起处于休眠状态。经公示，无异议成立。"
    end_filing(case, reason=reason, cause=cause, by=by)


@DORMANT_CANCELLATION.on("keep")
def keep(case: DormantCancellation, by: Actor, entered: dict[str, Any]) -> None:
    """Make the group active again, and take back what was announced."""
    organization = group_in(case)
    if organization.status is OrganizationStatus.DORMANT:
        register.change_status(organization, OrganizationStatus.ACTIVE, by=by, case_id=case.id)
    _take_back(case, by, "经核实，该组织正常开展活动，终止注销程序。")


@DORMANT_CANCELLATION.on("drop")
def drop(case: DormantCancellation, by: Actor, entered: dict[str, Any]) -> None:
    """Take back what was announced."""
    _take_back(case, by, "该组织已延续备案、转为登记或自行申请注销，终止注销程序。")


def _take_back(case: Case, by: Actor, reason: str) -> None:
    for notice in notices.notices_of_case(case.id):
        if notice.withdrawn_at is None:
            notices.withdraw(notice, reason=reason, by=by)


def follow(case: Case, step: Transition, by: Actor) -> None:
    """After a group renewed or ended its filing itself, or rose: the street's proceeding is over."""
    own = case.kind in ("filing_renewal", "filing_cancellation") and step.name == "approve"
    if case.subject_body_id is None or not (own or case.kind == "registration"):
        return
    begun = cases.sole_case(DORMANT_CANCELLATION, case.subject_body_id)
    if begun is not None and (own or group_in(begun).track is not Track.FILED):
        engine.move(begun, "drop", by=SYSTEM)
