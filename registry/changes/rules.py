"""When a change may be registered, beside what the new entry itself must meet by the type's law."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from core import clock
from core.eligibility.rules import Answer, Outcome, failed, passed, unknown
from core.i18n import _, _l, day
from core.workflow import Finding
from registry.certificates.rules import STATED
from registry.changes.entries import ENTRIES, LAWS, ChangeLaw, Entry
from registry.changes.policy import APPLY_DAYS
from registry.organizations.kinds import FUNDS, OrganizationStatus, OrganizationType
from registry.registrations.types.declaration import Ground

if TYPE_CHECKING:
    from registry.changes.models import RegistrationChange

LICENSING = "行政许可法"

GROUNDS = (
    Ground(
        "conditions",
        _l("The new entry does not meet a condition of registration"),
        "第三十八条第二款",
    ),
    Ground("fraud", _l("False papers"), "第七十八条"),
    Ground("other", _l("Another ban of law"), "第三十八条第二款"),
)


def law_of(case: "RegistrationChange") -> ChangeLaw:
    return LAWS[case.type or OrganizationType.ASSOCIATION]


def changes(entry: Entry) -> Callable[["RegistrationChange"], bool]:
    """Return the question whether a case changes `entry`."""
    return lambda case: entry in case.chosen


def is_reviewed_here(case: "RegistrationChange") -> bool:
    """Return whether its sponsor unit, the new one where it changes, gives its opinion here."""
    return case.sponsor_unit_id is not None


def goes_to_the_office(case: "RegistrationChange") -> bool:
    return case.sponsor_unit_id is None


def lacks_consent(case: "RegistrationChange") -> bool:
    """Return whether a sponsor unit has to agree here first: it has not, to what changes now."""
    return is_reviewed_here(case) and case.sponsor_agreed_on is None


def has_no_sponsor_ahead(case: "RegistrationChange") -> bool:
    return not lacks_consent(case)


def needs_written_consent(case: "RegistrationChange") -> bool:
    """Return whether a sponsor unit that gives no opinion here must agree on paper.

    The present one where it changes; the only one where it is no body of this platform.
    """
    return Entry.SPONSOR in case.chosen or bool(case.sponsor_name and not case.sponsor_unit_id)


def active(case: "RegistrationChange") -> Answer:
    status = case.organization.status
    if status is OrganizationStatus.ACTIVE:
        return passed(status.label)
    return failed(_("Only the entry of an active organization can be changed."), status.label)


def facts_known(case: "RegistrationChange") -> Answer:
    """The certificate that follows can be printed: what it states is known, or comes with the case."""
    known = {
        ENTRIES[entry].fact: case if entry in case.chosen else case.organization for entry in Entry
    }
    labels = {**STATED, "registered_funds": FUNDS[case.type or OrganizationType.ASSOCIATION]}
    missing = [str(label) for name, label in labels.items() if not getattr(known[name], name)]
    if missing:
        return failed(
            _(
                "The register does not know what the new certificate states: %(what)s. Please give "
                "that in this application too.",
                what=_(", ").join(missing),
            )
        )
    return passed(_("The register knows everything that the certificate states."))


def resolution(case: "RegistrationChange") -> Answer:
    if case.resolved_on is None:
        return unknown(_("Please say on which day the change was decided."))
    if case.resolved_on > clock.today():
        return failed(_("The day of the decision cannot be in the future."), day(case.resolved_on))
    return passed(day(case.resolved_on))


def consent(case: "RegistrationChange") -> Answer:
    """Every sponsor unit concerned agrees: the present one, and the new one where it changes."""
    told = []
    if needs_written_consent(case):
        if case.consented_on is None:
            return unknown(_("Please say on which day the sponsor unit agreed in writing."))
        told.append(_("In writing on %(day)s", day=day(case.consented_on)))
    if is_reviewed_here(case):
        if case.sponsor_agreed_on is None:
            return unknown(_("The sponsor unit has not agreed yet."))
        told.append(_("Agreed by the sponsor unit: %(name)s", name=case.sponsor_name or ""))
    return passed(_(", ").join(told) or _("Not needed: it has no sponsor unit."))


def in_time(case: "RegistrationChange") -> Answer:
    """The application follows the sponsor unit's consent within 30 days (art. 18; art. 15)."""
    agreed = case.consented_on if needs_written_consent(case) else None
    if agreed is None:
        return passed(_("The sponsor unit's opinion comes here with the application."))
    if agreed > clock.today():
        return failed(_("The day of the consent cannot be in the future."), day(agreed))
    handed_in = clock.local(case.submitted_at).date() if case.submitted_at else clock.today()
    last = agreed + timedelta(days=int(case.frozen(APPLY_DAYS.key)))
    if handed_in <= last:
        return passed(day(agreed))
    return failed(
        _(
            "The sponsor unit agreed on %(agreed)s; the change had to be applied for by %(last)s. "
            "Please ask for its consent again.",
            agreed=day(agreed),
            last=day(last),
        ),
        day(agreed),
    )


def unmet(case: "RegistrationChange", section: str) -> Iterator[Finding]:
    """Yield the conditions of a section that what was entered does not meet, but confidential ones."""
    for condition in case.workflow.conditions_of(case):
        if condition.section == section and not condition.confidential:
            answer = condition.test(case)
            if answer.outcome is not Outcome.PASS:
                yield Finding(answer.reason, section, condition.source)


def missing_choice(case: "RegistrationChange") -> Iterator[Finding]:
    if not case.chosen:
        yield Finding(_("Please choose what changes."), "choice", field="chosen")
    yield from unmet(case, "choice")


def missing_consent(case: "RegistrationChange") -> Iterator[Finding]:
    if case.consented_on is None:
        yield Finding(
            _("Please say on which day the sponsor unit agreed in writing."),
            "consent",
            law_of(case).source,
            field="consented_on",
        )
    yield from unmet(case, "consent")


def missing_in(entry: Entry) -> Callable[["RegistrationChange"], Iterator[Finding]]:
    """Return what yields why the new value of an entry cannot be handed in."""
    fact = ENTRIES[entry].fact

    def missing(case: "RegistrationChange") -> Iterator[Finding]:
        new = getattr(case, fact)
        if not new:
            words = _("“%(entry)s” has no new value yet.", entry=entry.label)
            yield Finding(words, entry.value, field=fact)
        elif new == getattr(case.organization, fact) and not case.standing.final:
            words = _(
                "“%(entry)s” is the same as on record. Please change it, or take it out of what "
                "changes.",
                entry=entry.label,
            )
            yield Finding(words, entry.value, law_of(case).source, field=fact)
        yield from unmet(case, entry.value)

    return missing


def missing_representative(case: "RegistrationChange") -> Iterator[Finding]:
    key = Entry.LEGAL_REPRESENTATIVE.value
    yield from missing_in(Entry.LEGAL_REPRESENTATIVE)(case)
    named = list(case.people)
    if not named or not all(person.identity_number and person.phone for person in named):
        words = _("The legal representative's identity number and phone are missing.")
        yield Finding(words, key, field="identity_number")
