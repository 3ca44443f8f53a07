"""How a community group is filed: ten minutes for the group, one visit for the street."""

from core.i18n import _l
from core.workflow import CaseClock, Party, Seat, Section, Workflow, declare
from registry.filings import policy, rules
from registry.filings.guide import GUIDE
from registry.filings.states import STATES
from registry.filings.steps import TRANSITIONS

FILING = declare(
    Workflow(
        kind="filing",
        title=_l("Filing of a community group"),
        states=STATES,
        transitions=TRANSITIONS,
        series="BA",
        clock=CaseClock(
            starts={"submit", "submit_to_street"},
            ends={"approve", "refuse", "withdraw", "lapse"},
            statutory=policy.STREET_DAYS.key,
            promised=policy.STREET_DAYS.key,
        ),
        freezes=policy.FROZEN,
        sections=(
            Section("group", _l("The group"), missing=rules.missing_group),
            Section(
                "people",
                _l("The people"),
                _l("Used for this filing only, and never published."),
                missing=rules.missing_people,
            ),
            Section(
                "rules",
                _l("Simple rules"),
                _l("A few sentences are enough: who decides, when you meet, how money is kept."),
                missing=rules.missing_rules,
            ),
        ),
        guides=(GUIDE,),
        conditions=rules.CONDITIONS,
        checked_by=Party.STREET_OFFICER,
        seats=(Seat.OFFICE, Seat.COMMUNITY, Seat.OVERSIGHT),
    )
)
