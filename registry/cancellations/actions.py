"""What happens when a group ends its filing itself."""

from typing import Any

from core.accounts import Actor
from core.workflow import Transition
from core.workflow.models import Case
from registry.cancellations.models import FilingCancellation
from registry.cancellations.policy import CORRECTION_DAYS
from registry.cancellations.rules import CancellationGround
from registry.cancellations.workflow import CANCELLATION
from registry.filings import ends
from registry.filings.groups import (
    group_in,
    group_of,
    open_for,
    seat_at_street,
    write_letters,
)

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
    reason = WRITTEN[CancellationGround(case.ground or "other")]
    cause = f"提出注销备案申请，事由：{reason}。经审查，符合注销备案的条件。"
    ends.end_filing(case, reason=reason, cause=cause, by=by)
