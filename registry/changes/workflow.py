"""How an entry of the register is changed: one workflow for every type and every entry."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.eligibility import Condition
from core.i18n import _l
from core.policy import Unit
from core.workflow import Ask, CaseClock, Seat, Section, Workflow, declare
from registry.changes import policy, rules, standing
from registry.changes.entries import ABOUT_FUNDS, ENTRIES, LAWS, Entry
from registry.changes.guide import GUIDE
from registry.changes.papers import DOCUMENTS
from registry.changes.states import STATES
from registry.changes.steps import TRANSITIONS
from registry.organizations.kinds import OrganizationType
from registry.registrations.types import TYPES


def _where(type: OrganizationType, *also: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return whether a case is about an organization of this type, and meets the rest."""
    return lambda case: case.type is type and all(test(case) for test in also)


def _entry_section(entry: Entry, **own: Any) -> Section:
    usual: dict[str, Any] = {
        "missing": rules.missing_in(entry),
        "applies": rules.changes(entry),
        "stands": standing.stands,
    }
    return Section(entry.value, ENTRIES[entry].label, **{**usual, **own})


SECTIONS = (
    Section(
        "choice",
        _l("What changes"),
        _l("What you choose is asked on a page of its own, with the papers that belong to it."),
        missing=rules.missing_choice,
    ),
    _entry_section(Entry.NAME),
    _entry_section(Entry.DOMICILE),
    _entry_section(
        Entry.LEGAL_REPRESENTATIVE,
        lead=_l(
            "Identity numbers and phones are stored encrypted, used for this application only, and "
            "never published."
        ),
        missing=rules.missing_representative,
    ),
    _entry_section(
        Entry.SCOPE,
        asks=(
            Ask(
                "scope",
                _l("Scope of activities"),
                "long",
                hint=_l("As it will stand on the certificate."),
                most=500,
            ),
        ),
    ),
    *(
        _entry_section(
            Entry.REGISTERED_FUNDS,
            asks=tuple(
                ask for ask in it.section.asks if ask.name in ("registered_funds", *ABOUT_FUNDS)
            ),
            applies=_where(it.type, rules.changes(Entry.REGISTERED_FUNDS)),
        )
        for it in TYPES
    ),
    _entry_section(Entry.SPONSOR),
    Section(
        "consent",
        _l("Consent of the sponsor unit"),
        _l("Where the sponsor unit changes, the present one agrees in writing."),
        missing=rules.missing_consent,
        asks=(Ask("consented_on", _l("Day on which it agreed in writing"), "date"),),
        applies=rules.needs_written_consent,
    ),
    Section("documents", _l("Papers"), documents=DOCUMENTS),
)

CONDITIONS = tuple(
    condition
    for it in TYPES
    for law in (LAWS[it.type],)
    for condition in (
        Condition("active", _l("The organization is active"), law.source, rules.active),
        Condition(
            "resolution",
            _l("Decided by the body that decides it by the charter"),
            law.source,
            rules.resolution,
            "choice",
        ),
        *(
            replace(
                own,
                section=entry.value,
                applies=_where(it.type, rules.changes(entry), own.applies),
            )
            for entry, changeable in ENTRIES.items()
            for own in it.conditions
            if own.key in changeable.conditions
        ),
        Condition("facts", _l("The entry is complete"), law.source, rules.facts_known, "choice"),
        Condition("consent", _l("Consent of the sponsor unit"), law.source, rules.consent),
        *(
            [
                Condition(
                    "in_time",
                    _l("Applied for soon after the sponsor unit's consent"),
                    law.source,
                    rules.in_time,
                    "consent",
                )
            ]
            if law.timed
            else []
        ),
    )
    for condition in (
        condition
        if condition.section in set(Entry)
        else replace(condition, applies=_where(it.type)),
    )
)

CHANGE = declare(
    Workflow(
        kind="registration_change",
        title=_l("Change of registration"),
        states=STATES,
        transitions=TRANSITIONS,
        series="BG",
        clock=CaseClock(
            starts={"accept", "deem_accepted"},
            ends={"approve", "refuse", "withdraw", "lapse"},
            statutory=policy.STATUTORY_DAYS.key,
            promised=policy.PROMISED_DAYS.key,
        ),
        freezes=(
            policy.ISSUE_DAYS.key,
            policy.APPLY_DAYS.key,
            *(
                value.key
                for it in TYPES
                for value in it.policies
                if value.unit in (Unit.CNY, Unit.PERCENT)
            ),
        ),
        sections=SECTIONS,
        guides=(GUIDE,),
        conditions=CONDITIONS,
        seats=(Seat.OFFICE, Seat.SPONSOR, Seat.OVERSIGHT),
        sole="registration_change",
    )
)
