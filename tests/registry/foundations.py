"""A district to which its province has given the registration of foundations."""

from datetime import timedelta
from typing import Any

from core import clock
from core.clock import today
from core.db import atomic
from core.policy import Policy, actions
from registry.registrations.types import foundation
from tests.town import Town


def set_value(town: Town, declared: Policy[Any], value: Any) -> None:
    """Let two people set a policy value from today on."""
    with atomic():
        proposal = actions.propose_value(
            declared,
            value=value,
            effective_from=today(),
            source="川民发〔2026〕9号",
            reason="省级下放登记权限",
            by=town.head,
        )
    with atomic():
        actions.confirm_value(proposal, by=town.admin)


def open_foundations(town: Town, *, on: bool = True) -> None:
    """Let this district register foundations, since long ago; or no more, from today on."""
    with clock.frozen(clock.now() - timedelta(days=200 if on else 0)):
        set_value(town, foundation.OPEN, on)
