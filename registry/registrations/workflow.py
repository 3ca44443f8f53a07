"""How an association is registered: states, steps, sections, papers, conditions and clock."""

from core.i18n import _l
from core.workflow import CaseClock, Party, Seat, Section, Workflow, declare
from registry.registrations import policy, rules
from registry.registrations.guide import GUIDE
from registry.registrations.papers import DOCUMENTS
from registry.registrations.states import STATES, RegistrationState
from registry.registrations.steps import TRANSITIONS

S, P = RegistrationState, Party

REGISTRATION = declare(
    Workflow(
        kind="registration",
        title=_l("Registration of an association"),
        states=STATES,
        transitions=TRANSITIONS,
        series="DJ",
        clock=CaseClock(
            starts={"accept", "deem_accepted"},
            ends={"approve", "refuse", "withdraw", "lapse"},
            statutory=policy.STATUTORY_DAYS.key,
            promised=policy.PROMISED_DAYS.key,
        ),
        freezes=policy.FROZEN,
        sections=(
            Section(
                "management",
                _l("How the association is managed"),
                _l("Most associations have a sponsor unit. Four classes may register directly."),
                missing=rules.missing_management,
            ),
            Section("identity", _l("Name and domicile"), missing=rules.missing_identity),
            Section("purpose", _l("Purpose and scope"), missing=rules.missing_purpose),
            Section("members", _l("Members, staff and funds"), missing=rules.missing_members),
            Section(
                "people",
                _l("Promoters and legal representative"),
                _l(
                    "Identity numbers and phones are stored encrypted, used for this application "
                    "only, and never published."
                ),
                missing=rules.missing_people,
            ),
            Section("documents", _l("Papers"), documents=DOCUMENTS),
        ),
        guide=GUIDE,
        conditions=rules.CONDITIONS,
        checked_in={S.EXAMINING, S.EXPERT_REVIEW},
        checked_by=P.EXAMINER,
        seats=(Seat.OFFICE, Seat.SPONSOR),
    )
)
