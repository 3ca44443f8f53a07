"""How a group ends its filing itself."""

from core.i18n import _l
from core.workflow import Ask, CaseClock, Party, Seat, Section, Workflow, declare
from registry.cancellations import policy, rules
from registry.cancellations.guide import GUIDE
from registry.cancellations.states import STATES
from registry.cancellations.steps import TRANSITIONS

CANCELLATION = declare(
    Workflow(
        kind="filing_cancellation",
        title=_l("Cancellation of a filing"),
        states=STATES,
        transitions=TRANSITIONS,
        series="ZX",
        clock=CaseClock(
            starts={"submit"},
            ends={"approve", "refuse", "withdraw", "lapse"},
            statutory=policy.STREET_DAYS.key,
            promised=policy.STREET_DAYS.key,
        ),
        sections=(
            Section(
                "request",
                _l("Why the filing ends"),
                missing=rules.missing_request,
                asks=(
                    Ask(
                        "ground",
                        _l("Why does the group end its filing?"),
                        "choice",
                        choices=tuple((g.value, words) for g, words in rules.GROUNDS.items()),
                    ),
                    Ask("resolved_on", _l("Day on which the members decided"), "date"),
                    Ask(
                        "settlement",
                        _l("What became of the group's money and things?"),
                        "long",
                        hint=_l(
                            "For example: nothing was left; the loudspeaker went to the community."
                        ),
                        most=1000,
                    ),
                ),
            ),
        ),
        guides=(GUIDE,),
        conditions=rules.CONDITIONS,
        checked_by=Party.STREET_OFFICER,
        seats=(Seat.OFFICE, Seat.OVERSIGHT),
        sole="filing_cancellation",
    )
)
