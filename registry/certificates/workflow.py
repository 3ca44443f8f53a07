"""How another certificate is issued: states, steps, sections, papers, conditions and clock."""

from core.i18n import _l
from core.workflow import CaseClock, Section, Workflow, declare
from registry.certificates import policy, rules
from registry.certificates.guide import GUIDE
from registry.certificates.papers import DOCUMENTS
from registry.certificates.states import STATES
from registry.certificates.steps import TRANSITIONS
from registry.registrations.types import TYPES

REPLACEMENT = declare(
    Workflow(
        kind="certificate_replacement",
        title=_l("Replacement of a certificate"),
        states=STATES,
        transitions=TRANSITIONS,
        series="ZS",
        clock=CaseClock(
            starts={"accept", "deem_accepted"},
            ends={"approve", "refuse", "withdraw", "lapse"},
            statutory=policy.STATUTORY_DAYS.key,
            promised=policy.PROMISED_DAYS.key,
        ),
        freezes=(policy.ISSUE_DAYS.key, *(each.years.key for each in TYPES)),
        sections=(
            Section(
                "request",
                _l("Why another certificate"),
                _l("For a lost certificate, first declare the loss in a newspaper."),
                missing=rules.missing_request,
            ),
            Section("documents", _l("Papers"), documents=DOCUMENTS),
        ),
        guides=(GUIDE,),
        conditions=rules.CONDITIONS,
    )
)
