"""Writes of upgrades: facts told, outlooks kept, the application opened, the two numbers linked."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from core import audit, clock, divisions, documents, messages
from core.accounts import Actor
from core.db import db
from core.divisions import Division
from core.documents import EndGround, InstrumentStatus
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _
from core.workflow import Transition
from core.workflow import actions as applications
from core.workflow.models import Case
from registry.filings import ends
from registry.organizations.kinds import OrganizationType, Track
from registry.organizations.models import Organization
from registry.organizations.reporting import when_reported
from registry.people.models import Position
from registry.registrations.actions import open_registration
from registry.registrations.models import Registration
from registry.registrations.types import typed
from registry.upgrades import endings, queries, rules
from registry.upgrades.models import UNDER_WAY, Upgrade, UpgradeFacts, UpgradeOutlook
from registry.upgrades.notices import READY
from registry.upgrades.rules import Recorded


def tell_facts(
    organization: Organization, type: OrganizationType, *, by: Actor, **facts: Any
) -> UpgradeFacts:
    """Keep what the group tells of itself for a type of registration; nothing else is lost.

    Raises NotAllowed for anybody who does not act for it, WrongState once it is registered.
    """
    _refuse(organization, by)
    known = {ask.name for ask in typed(type).section.asks}
    plain = {
        name: str(it) if isinstance(it, Decimal) else it
        for name, it in facts.items()
        if name in known
    }
    kept = db.session.get(UpgradeFacts, organization.id)
    if kept is None:
        kept = UpgradeFacts(organization_id=organization.id, facts={})
        db.session.add(kept)
    changes = {n: [kept.facts.get(n), it] for n, it in plain.items() if kept.facts.get(n) != it}
    kept.facts = {**kept.facts, **plain}
    kept.told_at, kept.told_by_id = clock.now(), by.user_id
    db.session.flush()
    audit.record("upgrade:tell", organization, by=by, changes=changes)
    look_at([organization])
    return kept


@when_reported
def give_way(organization: Organization, names: Collection[str], at: datetime, by: Actor) -> None:
    """Drop what a group told before it reported the same to the register, and look at it anew."""
    if organization.track is not Track.FILED:
        return
    kept = db.session.get(UpgradeFacts, organization.id)
    older = [it for it in names if kept is not None and it in kept.facts]
    if kept is not None and older and kept.told_at <= at:
        changes = {n: [kept.facts[n], getattr(organization, n)] for n in older}
        kept.facts = {n: it for n, it in kept.facts.items() if n not in older}
        audit.record("upgrade:report", organization, by=by, changes=changes)
    db.session.flush()
    look_at([organization])


def look_at(organizations: Sequence[Organization]) -> int:
    """Keep how far these groups are; return for how many that changed."""
    recorded = queries.recorded_of(organizations)
    kept = queries.outlooks_of(recorded)
    changed = 0
    for key, it in recorded.items():
        type, lacking = rules.nearest(it)
        outlook = kept.get(key)
        if outlook is None:
            outlook = UpgradeOutlook(organization_id=key, missing=-1)
            db.session.add(outlook)
        if (outlook.type, outlook.lacking, outlook.missing) == (type, lacking, len(lacking)):
            continue
        outlook.type, outlook.lacking, outlook.missing = type, lacking, len(lacking)
        outlook.ready_on = None if lacking else outlook.ready_on or clock.today()
        changed += 1
    db.session.flush()
    return changed


def tell_ready(organizations: Sequence[Organization]) -> int:
    """Tell those who meet the conditions, and their streets, once; return how many were told."""
    told = 0
    for organization in organizations:
        # Whoever writes the day is the one who tells; another job that was as fast changes nothing.
        first = db.session.execute(
            update(UpgradeOutlook)
            .where(
                UpgradeOutlook.organization_id == organization.id,
                UpgradeOutlook.missing == 0,
                UpgradeOutlook.told_on.is_(None),
            )
            .values(told_on=clock.today()),
            execution_options={"preserve_rowcount": True, "synchronize_session": False},
        )
        if first.rowcount != 1:  # type: ignore[attr-defined]
            continue
        outlook = db.session.get_one(UpgradeOutlook, organization.id)
        conditions = {it.key: it.label for it in typed(outlook.type).conditions}
        still = [str(conditions[key]) for key in rules.IN_THE_APPLICATION if key in conditions]
        facts = {
            "name": organization.name,
            "number": organization.number,
            "type": outlook.type.label,
            "open": _(", ").join(still),
        }
        for body_id, people in queries.told_of(organization).items():
            link = f"/upgrades/{organization.number}"
            messages.send(people, READY.key, facts, link=link, body_id=body_id)
        told += 1
    return told


# --- the application


def open_upgrade(organization: Organization, type: OrganizationType, *, by: Actor) -> Registration:
    """Open the application to register a group, filled in from what is recorded of it.

    Raises NotAllowed, WrongState, or RuleBroken where the type is not registered here.
    """
    _refuse(organization, by)
    _refuse_ending(organization)
    case: Registration = open_registration({"type": type.value}, by=by, of=organization)
    recorded = queries.recorded_of([organization])[organization.id]
    model = rules.application_of(recorded, type)
    kind = typed(type)
    told: dict[str, dict[str, Any]] = {
        "identity": {
            "title": recorded.name,
            "division_id": _today(recorded.division_id),
            "domicile": recorded.domicile,
        },
        "purpose": {"purpose": recorded.purpose, "scope": recorded.scope},
        kind.section.key: {ask.name: model.told(ask.name) for ask in kind.section.asks},
        "people": {"people": _people(organization, recorded)},
    }
    for key, values in told.items():
        applications.save_section(case, key, by=by, **values)
    return case


def _today(division_id: int | None) -> int | None:
    """Return what stands on the map of today for where a group was filed."""
    filed = db.session.get(Division, division_id or 0)
    place = divisions.on_map(filed) if filed else None
    return place.id if place else None


def _people(organization: Organization, recorded: Recorded) -> list[dict[str, Any]]:
    """Return the people of the filing as an application names them: who leads, who founded."""
    known = next(
        (it for it in organization.people if it.position == "person_in_charge" and not it.to_on),
        None,
    )
    leading = [
        {
            "name": recorded.person_in_charge,
            "position": Position.LEGAL_REPRESENTATIVE.value,
            "identity_number": known.identity_number if known else None,
            "phone": known.phone if known else None,
        }
    ]
    founders = [{"name": it, "position": Position.PROMOTER.value} for it in recorded.founders]
    return [*(leading if recorded.person_in_charge else []), *founders]


def _refuse(organization: Organization, by: Actor) -> None:
    """Raise why `by` cannot do anything for the upgrade of a group now."""
    if not queries.acts_for(organization, by):
        raise NotAllowed(_("Please choose first for which group you are acting."))
    if organization.track is not Track.FILED:
        raise WrongState(_("This group is registered already."))
    if organization.status not in rules.MAY_RISE:
        raise WrongState(_("The filing of this group does not hold at present."))


def _refuse_ending(organization: Organization) -> None:
    """Raise RuleBroken where the group has asked to cancel its filing, or it ended."""
    ends.hold(organization.id)
    number = endings.cancellation_under_way(organization.id)
    if number is not None:
        words = _(
            "The group has applied to cancel its filing (%(number)s). It can be registered once "
            "that application is withdrawn or refused.",
            number=number,
        )
        raise RuleBroken(words)
    db.session.refresh(organization, ["status"])
    if organization.status not in rules.MAY_RISE:
        raise RuleBroken(_("The filing of this group does not hold at present."))


# --- what follows the steps of the application


def follow(case: Case, step: Transition, by: Actor) -> None:
    """After a step: claim the group with the submission, link the numbers, or let it go."""
    if not (isinstance(case, Registration) and case.is_upgrade):
        return
    organization = db.session.get_one(Organization, case.subject_body_id)
    claim = db.session.get(Upgrade, organization.id, populate_existing=True)
    if step.submits:
        _refuse_ending(organization)
    if step.submits and claim is None:
        claim = _claim(organization, case)
    mine = claim is not None and claim.case_id == case.id
    if step.submits and not mine:
        raise RuleBroken(UNDER_WAY)
    if not mine or claim is None or claim.upgraded_on is not None:
        return
    if organization.unified_code is not None:
        _link(claim, organization, case, by)
    elif case.standing.final:
        db.session.delete(claim)
        db.session.flush()


def _claim(organization: Organization, case: Case) -> Upgrade:
    """Make this application the one of the group; the database refuses a second."""
    claim = Upgrade(
        organization_id=organization.id,
        case_id=case.id,
        filing_number=organization.filing_number,
    )
    db.session.add(claim)
    db.session.flush()
    return claim


def _link(claim: Upgrade, organization: Organization, case: Registration, by: Actor) -> None:
    """Keep both numbers side by side; the certificate comes in the place of the filing receipt."""
    claim.unified_code, claim.upgraded_on = organization.unified_code, case.decided_on
    db.session.flush()
    certificate = next(it for it in documents.of_case(case.id) if it.kind == "certificate_original")
    for receipt in documents.of_body(organization.id, "filing_receipt"):
        if receipt.status is InstrumentStatus.VALID:
            documents.replace(
                receipt, certificate, by=by, ground=EndGround.CHANGED, case_id=case.id
            )
            break
    numbers = {"number": [claim.filing_number, claim.unified_code]}
    audit.record("upgrade:link", organization, by=by, changes=numbers, case_id=case.id)
