"""How a filing is renewed: one page by the group, one look by the street."""

from core.i18n import _l
from core.workflow import CaseClock, Party, Seat, Section, Workflow, declare
from registry.filings import policy as filing
from registry.renewals import policy, rules
from registry.renewals.guide import GUIDE
from registry.renewals.states import STATES
from registry.renewals.steps import TRANSITIONS

RENEWAL = declare(
    Workflow(
        kind="filing_renewal",
        title=_l("Renewal of a filing"),
        states=STATES,
        transitions=TRANSITIONS,
        series="YX",
        clock=CaseClock(
            starts={"submit"},
            ends={"approve", "refuse", "withdraw", "lapse"},
            statutory=policy.STREET_DAYS.key,
            promised=policy.STREET_DAYS.key,
        ),
        freezes=(filing.FOUNDERS.key, filing.RECEIPT_YEARS.key),
        sections=(
            Section(
                "group",
                _l("The group today"),
                _l(
                    "Filled in with what the register knows. Please change what is different now. "
                    "The phone is stored encrypted and never published."
                ),
                missing=rules.missing_group,
            ),
        ),
        guides=(GUIDE,),
        conditions=rules.CONDITIONS,
        checked_by=Party.STREET_OFFICER,
        seats=(Seat.OFFICE, Seat.OVERSIGHT),
        sole="filing_renewal",
    )
)
