"""What happens when a filing ends: the entry, the receipt, the notice, the announcement."""

from typing import Any

from core import notices
from core.accounts import Actor
from core.documents import EndGround
from core.workflow import Transition
from core.workflow.models import Case
from core.workflow.usual import papers
from registry.cancellations.models import FilingCancellation
from registry.cancellations.papers import CANCELLATION_NOTICE
from registry.cancellations.policy import CORRECTION_DAYS
from registry.cancellations.rules import CancellationGround
from registry.cancellations.workflow import CANCELLATION
from registry.filings import ends, receipts
from registry.filings.groups import (
    BASIS,
    group_in,
    group_of,
    open_for,
    seat_at_street,
    write_letters,
)
from registry.organizations import actions as register
from registry.organizations.kinds import OrganizationStatus

seat_at_street(CANCELLATION)
write_letters(CANCELLATION, "注销备案", CORRECTION_DAYS)

#: What the notice says of each ground.
WRITTEN = {
    CancellationGround.FULFILLED: "宗旨已经完成",
    CancellationGround.DISSOLVED: "成员决定自行解散",
    CancellationGround.MERGED: "并入其他组织",
    CancellationGround.OTHER: "因其他原因不再开展活动",
}


@CANCELLATION.starts
def open_cancellation(answers: dict[str, str], *, by: Actor) -> FilingCancellation:
    """Open a draft for the group that `by` acts for.

    Raises RuleBroken for anybody else, and where the group needs its filing for something else.
    """
    organization = group_of(by)
    ends.refuse_where_hindered(organization.id)
    return open_for(FilingCancellation(), organization, by=by)


def follow(case: Case, step: Transition, by: Actor) -> None:
    """After a submission: refuse it where something else began in the same moment."""
    if case.kind == CANCELLATION.kind and step.submits:
        ends.refuse_where_hindered(group_in(case).id)


@CANCELLATION.on("approve")
def cancel_as_asked(case: FilingCancellation, by: Actor, entered: dict[str, Any]) -> None:
    """End the filing for the ground that the group gave."""
    end_filing(case, reason=WRITTEN[CancellationGround(case.ground or "other")], by=by)


def end_filing(case: Case, *, reason: str, by: Actor, cause: str = "根据其申请，") -> None:
    """End the group's entry and receipt, issue 注销备案通知书, and announce it.

    `reason` and `cause` are Chinese, as paper and announcement say them. Raises RuleBroken where
    the group needs its filing for something else.
    """
    organization = group_in(case)
    ends.refuse_where_hindered(organization.id)
    register.change_status(organization, OrganizationStatus.CANCELLED, by=by, case_id=case.id)
    ended = [paper.number for paper in receipts.unended_receipts(organization.id)]
    receipts.void_receipts(
        organization.id, reason=reason, ground=EndGround.DEREGISTERED, by=by, case_id=case.id
    )
    stated = {
        "name": organization.name,
        "filing_number": organization.filing_number,
        "reasons": reason,
    }
    papers.issue(
        case,
        CANCELLATION_NOTICE.key,
        by=by,
        recipient=organization.name,
        subject=f"{organization.name}注销备案",
        basis=[BASIS],
        cause=cause,
        receipts="、".join(ended),
        **stated,
    )
    notices.publish(
        kind="filing",
        title=f"{organization.name}注销备案公告",
        facts={
            "名称": organization.name,
            "备案号": organization.filing_number or "",
            "注销原因": reason,
            "作废备案证编号": "、".join(ended) or "平台启用前颁发的备案证",
            "备案机关": case.office.name if case.office else "",
        },
        basis=BASIS,
        body_id=organization.id,
        case_id=case.id,
        office_id=case.office_id,
        series="备公告〔{year}〕{place}号",
        by=by,
    )
