"""When a filing is cancelled at the group's own wish."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from core import clock
from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, _l, day
from core.workflow import Finding
from registry.filings.rules import SOURCE
from registry.organizations.kinds import LIVING

if TYPE_CHECKING:
    from registry.cancellations.models import FilingCancellation


class CancellationGround(StrEnum):
    """Why a group ends its filing."""

    FULFILLED = "fulfilled"
    DISSOLVED = "dissolved"
    MERGED = "merged"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(GROUNDS[self])


GROUNDS = {
    CancellationGround.FULFILLED: _l("What it was founded for is done"),
    CancellationGround.DISSOLVED: _l("The members have decided to end it"),
    CancellationGround.MERGED: _l("It has joined another group"),
    CancellationGround.OTHER: _l("Another reason"),
}


def on_register(case: "FilingCancellation") -> Answer:
    status = case.organization.status
    if status in LIVING:
        return passed(status.label)
    return failed(_("The group is no longer on the register as living."), status.label)


def resolution(case: "FilingCancellation") -> Answer:
    if case.resolved_on is None:
        return unknown(_("Please say on which day the members decided."))
    if case.resolved_on > clock.today():
        return failed(_("The day of the decision cannot be in the future."), day(case.resolved_on))
    return passed(day(case.resolved_on))


def settled(case: "FilingCancellation") -> Answer:
    if not case.settlement:
        return unknown(_("Please say what became of the group's money and things."))
    return passed(case.settlement)


CONDITIONS = (
    Condition("on_register", _l("The group is on the register"), SOURCE, on_register),
    Condition("resolution", _l("The members have decided it"), SOURCE, resolution, "request"),
    Condition("settled", _l("Money and things are settled"), SOURCE, settled, "request"),
)


def missing_request(case: "FilingCancellation") -> Iterator[Finding]:
    if not case.ground:
        yield Finding(_("Please say why the group ends its filing."), "request")
    for answer in (resolution(case), settled(case)):
        if answer.outcome != "pass":
            yield Finding(answer.reason, "request", SOURCE)
