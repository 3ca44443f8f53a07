"""Setting a policy takes two people: one proposes, another confirms."""

from datetime import date
from typing import Any

from core import audit, clock
from core.accounts import Actor, Role
from core.db import db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _
from core.policy import queries
from core.policy.declaration import Policy
from core.policy.models import PolicyValue

SETTERS = (Role.BUREAU_HEAD, Role.ADMINISTRATOR)


def propose_value(
    policy: Policy[Any],
    *,
    value: Any,
    effective_from: date,
    source: str,
    reason: str,
    by: Actor,
) -> PolicyValue:
    """Propose a value from a day on. Nothing changes until somebody else confirms it.

    Raises RuleBroken for a value the policy may not take, a day gone by, or no reason.
    """
    user_id = _setter(by)
    try:
        checked = policy.check(value)
    except RuleBroken as broken:
        why = str(broken).rstrip("。.")
        words = _("%(why)s. Basis of the limits: %(source)s", why=why, source=policy.source)
        told = RuleBroken(words, field="value")
        raise audit.refused(told, "policy:refuse", by=by) from None
    _check_day(effective_from)
    if not reason.strip() or not source.strip():
        field = "source" if reason.strip() else "reason"
        raise RuleBroken(_("Say why, and on what basis."), field=field)
    proposal = PolicyValue(
        key=policy.key,
        value=policy.to_json(checked),
        effective_from=effective_from,
        source=source.strip(),
        reason=reason.strip(),
        proposed_by_id=user_id,
    )
    db.session.add(proposal)
    db.session.flush()
    audit.record("policy:propose", proposal, by=by, changes=_difference(proposal), note=reason)
    return proposal


def confirm_value(proposal: PolicyValue, *, by: Actor) -> None:
    """Confirm what somebody else proposed: it holds from its day on."""
    user_id = _setter(by)
    _still_open(proposal)
    if proposal.proposed_by_id == user_id:
        broken = RuleBroken(_("A second person has to confirm what you proposed."))
        raise audit.refused(broken, "policy:refuse", by=by)
    _check_day(proposal.effective_from)
    before = _difference(proposal)
    proposal.confirmed_by_id, proposal.confirmed_at = user_id, clock.now()
    db.session.flush()
    audit.record("policy:confirm", proposal, by=by, changes=before, note=proposal.reason)


def withdraw_value(proposal: PolicyValue, *, by: Actor) -> None:
    """Take a proposal back, one's own or another's; the audit record keeps that it was made."""
    _setter(by)
    _still_open(proposal)
    changes = {proposal.key: [proposal.value, None]}
    audit.record("policy:withdraw", proposal, by=by, changes=changes, note=proposal.reason)
    db.session.delete(proposal)


def _setter(by: Actor) -> int:
    if not by.holds(*SETTERS) or by.user_id is None:
        raise NotAllowed(_("Only the bureau head and system administrators set these values."))
    return by.user_id


def _still_open(proposal: PolicyValue) -> None:
    db.session.refresh(proposal, with_for_update=True)
    if proposal.is_confirmed:
        raise WrongState(_("Somebody else was faster: this value is confirmed already."))


def _check_day(day: date) -> None:
    if day < clock.today():
        words = _("The day lies in the past: a value can hold from today on at the earliest.")
        raise RuleBroken(words, field="effective_from")


def _difference(proposal: PolicyValue) -> dict[str, Any]:
    policy = queries.access_policy(proposal.key)
    held = queries.value(policy, proposal.effective_from)
    return {
        proposal.key: [policy.to_json(held), proposal.value],
        "effective_from": [None, proposal.effective_from.isoformat()],
    }
