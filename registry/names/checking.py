"""One check of a name, the same while typing, on submission, for the public and for examiners."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from core import divisions, policy
from core.db import db
from core.divisions import Division
from core.i18n import _, day
from core.workflow.models import Case
from registry.names import keys, queries
from registry.names.listed import NameFinding
from registry.names.near import Near, near_names
from registry.names.policy import NEAR_SHOWN
from registry.names.rules import MEASURES, examine
from registry.organizations.kinds import OrganizationType


@dataclass(frozen=True)
class Proposed:
    """A name somebody wants: for what, where, and what of it is the person's own.

    `holder_id` is the account whose reservations are no obstacle, `own_id` the organization whose
    present name is none, `case_id` the application it stands in.
    """

    name: str
    type: OrganizationType
    division: Division | None = None
    people: tuple[str, ...] = ()
    holder_id: int | None = None
    own_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True)
class Report:
    """What is to be said of a name: findings, those that stop it first, and near names.

    `reserved_until` is the day until which the person asking holds it; `partial` where the
    register is still being indexed, so that a near name may be missing.
    """

    proposed: Proposed
    findings: list[NameFinding]
    near: list[Near] = field(default_factory=list)
    held: bool = False
    partial: bool = False

    @property
    def blocking(self) -> list[NameFinding]:
        return [it for it in self.findings if it.blocking]

    @property
    def advisory(self) -> list[NameFinding]:
        return [it for it in self.findings if not it.blocking]


def findings_of(proposed: Proposed) -> list[NameFinding]:
    """Return what the rules, the register and the reservations say, what stops it first."""
    proposed = _placed(proposed)
    setting = queries.setting(proposed.type, proposed.division, proposed.people)
    found = [
        *examine(proposed.name, proposed.type, queries.lexicon(), setting),
        *_taken(proposed),
    ]
    return sorted(found, key=lambda it: not it.blocking)


def report(proposed: Proposed, *, office: bool = False) -> Report:
    """Return everything about a name; `office` also compares names that others have reserved."""
    proposed = _placed(proposed)
    authority = queries.authority_of(proposed.type, proposed.division)
    near: list[Near] = []
    if authority is not None:
        near = near_names(
            proposed.name,
            proposed.type,
            authority,
            besides=proposed.own_id,
            besides_case=proposed.case_id,
            reserved=office,
            limit=policy.value(NEAR_SHOWN.key),
        )
        # Whoever has this very name is named in the finding, and is not merely near.
        living = queries.living_holder(proposed.name, authority, proposed.own_id)
        near = [it for it in near if living is None or it.organization is not living.organization]
    held = queries.held_reservation(proposed.name)
    return Report(
        proposed,
        findings_of(proposed),
        near,
        held=held is not None and _is_own(held.holder_id, held.case_id, proposed),
        partial=not keys.is_complete(),
    )


def _placed(proposed: Proposed) -> Proposed:
    """Return the proposal with the street its name begins with, where none was chosen."""
    if proposed.division is not None or proposed.type is not queries.GROUP:
        return proposed
    return replace(proposed, division=queries.street_named(proposed.name))


def _taken(proposed: Proposed) -> Iterator[NameFinding]:
    """Yield whether somebody has the name, had it lately, or holds it."""
    authority = queries.authority_of(proposed.type, proposed.division)
    if authority is not None:
        living = queries.living_holder(proposed.name, authority, proposed.own_id)
        if living is not None:
            words = _(
                "%(name)s, %(number)s, has this name.",
                name=living.organization.name,
                number=living.organization.number,
            )
            yield NameFinding("duplicate", words, MEASURES)
        elif former := queries.cooling_holder(proposed.name, authority, proposed.own_id):
            assert former.free_on is not None
            words = _(
                "%(name)s, %(number)s, had this name until lately; it is free again from %(day)s.",
                name=former.organization.name,
                number=former.organization.number,
                day=day(former.free_on),
            )
            yield NameFinding("cooling", words, MEASURES)
    held = queries.held_reservation(proposed.name)
    if held is not None and not _is_own(held.holder_id, held.case_id, proposed):
        if held.expires_on is not None:
            words = _(
                "Somebody else has reserved this name until %(day)s.", day=day(held.expires_on)
            )
        else:
            words = _("An application for this name is under way already.")
        yield NameFinding("reserved", words, _("Reservation of names in this district"))


def _is_own(holder_id: int, case_id: int | None, proposed: Proposed) -> bool:
    """Return whether a reservation is the asking person's, and not for another case of theirs."""
    if case_id is not None:
        return case_id == proposed.case_id
    return holder_id == proposed.holder_id


# --- applications


def name_in(case: Case) -> str:
    """Return the name that a case asks for: its title, unless its kind says it in `proposed_name`."""
    return str(getattr(case, "proposed_name", case.title))


def proposed_in(case: Case, name: str | None = None) -> Proposed:
    """Return the name that a case proposes, or `name` in its place."""
    facts: Any = case
    division = db.session.get(Division, case.division_id) if case.division_id else None
    people = [it.name for it in getattr(facts, "people", ())]
    people += [it for it in (getattr(facts, "person_in_charge", None),) if it]
    return Proposed(
        name=name_in(case) if name is None else name,
        type=facts.type,
        division=division,
        people=tuple(people),
        holder_id=case.applicant_id,
        own_id=case.subject_body_id,
        case_id=case.id,
    )


def in_division(proposed: Proposed, division: Division) -> Proposed:
    """Return the same proposal for another place, as it is being chosen."""
    return replace(proposed, division=division)


def has_name(case: Case) -> bool:
    """Return whether a case is about the name of an organization."""
    return bool(getattr(case, "type", None)) and hasattr(case, "activity_area")


def findings_in(case: Case) -> list[NameFinding]:
    """Return what is to be said of the name that a case proposes."""
    return findings_of(proposed_in(case)) if divisions.the_district() else []
