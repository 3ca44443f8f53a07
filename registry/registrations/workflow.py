"""How an organization is registered: one workflow, filled by the declarations of the types."""

from dataclasses import replace
from typing import Any

from core.i18n import _l
from core.workflow import CaseClock, Party, Seat, Section, Workflow, declare
from registry.registrations import completeness, policy
from registry.registrations.states import STATES, RegistrationState
from registry.registrations.steps import TRANSITIONS
from registry.registrations.types import TYPES, RegisteredType

S, P = RegistrationState, Party


def of_type(it: RegisteredType, also: Any = None) -> Any:
    """Return whether a case is of this type, and meets what its declaration says beside."""
    return lambda case: case.type is it.type and (also is None or also(case))


REGISTRATION = declare(
    Workflow(
        kind="registration",
        title=_l("Registration of an organization"),
        states=STATES,
        transitions=TRANSITIONS,
        series="DJ",
        clock=CaseClock(
            starts={"accept", "deem_accepted"},
            ends={"approve", "refuse", "withdraw", "lapse"},
            statutory=policy.STATUTORY_DAYS.key,
            promised=policy.PROMISED_DAYS.key,
        ),
        freezes=(
            policy.CERTIFICATE_DAYS.key,
            *(value.key for it in TYPES for value in it.policies),
        ),
        sections=(
            Section(
                "management",
                _l("How the organization is managed"),
                _l("Most have a sponsor unit. Four classes may register directly."),
                missing=completeness.missing_management,
            ),
            Section("identity", _l("Name and domicile"), missing=completeness.missing_identity),
            Section("purpose", _l("Purpose and scope"), missing=completeness.missing_purpose),
            *(
                replace(it.section, missing=completeness.missing_own, applies=of_type(it))
                for it in TYPES
            ),
            Section(
                "people",
                _l("Promoters and legal representative"),
                _l(
                    "Identity numbers and phones are stored encrypted, used for this application "
                    "only, and never published."
                ),
                missing=completeness.missing_people,
            ),
            Section(
                "documents",
                _l("Papers"),
                documents=tuple(
                    replace(paper, needed=of_type(it, paper.needed))
                    for it in TYPES
                    for paper in it.papers
                ),
            ),
        ),
        guides=tuple(it.guide for it in TYPES),
        conditions=tuple(
            replace(condition, applies=of_type(it, condition.applies))
            for it in TYPES
            for condition in it.conditions
        ),
        checked_in={S.EXAMINING, S.EXPERT_REVIEW},
        checked_by=P.EXAMINER,
        seats=(Seat.OFFICE, Seat.SPONSOR, Seat.OVERSIGHT),
    )
)
