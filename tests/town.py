"""A district with its offices and people, for tests that need somebody to act.

Made once an engine and process through the demo's own actions, then copied like the empty one.
"""

from datetime import date
from typing import Any

import pytest
from flask import Flask

import wsgi
from core import policy
from core.accounts import Actor, Role
from core.accounts.actor import acting_for, choices_for
from core.config import Settings
from core.db import atomic, db
from core.policy import actions
from core.policy.models import PolicyValue
from registry.demo import cast


class Town:
    """The people of the district, each as they act: `town.intake`, `town.examiner` …"""

    def __getattr__(self, login: str) -> Actor:
        if login.startswith("_"):
            raise AttributeError(login)
        user = cast.person_called(login)
        choices = choices_for(user)
        return choices[1] if len(choices) > 1 else choices[0]

    def as_themselves(self, login: str) -> Actor:
        """Return a person acting for nobody but themselves."""
        return acting_for(cast.person_called(login), 0)

    def holder(self, role: Role) -> Actor:
        """Return whoever of the cast holds `role`."""
        person = next(p for p in cast.CAST if role in p.roles)
        found: Actor = getattr(self, person.login)
        return found


def _build(world: Any) -> None:
    world.databases.copy("template", "town")
    settings = Settings(**{**world.settings, "DATABASE_URL": world.databases.url("town")})
    app = wsgi.create_app(settings)
    with app.app_context():
        cast.make_district()
        db.session.remove()
        db.engine.dispose()


def numeral(n: int) -> str:
    """Return a number as a name may carry it: in Chinese, digit by digit."""
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(n))


def changed(town: Town, key: str, value: int, day: date) -> None:
    """Set a policy from a day on, as two people do."""
    with atomic():
        proposal = actions.propose_value(
            policy.declaration(key), value=value, effective_from=day, source="锦府发1号",
            reason="提速", by=town.head,
        )  # fmt: skip
    with atomic():
        actions.confirm_value(db.session.get_one(PolicyValue, proposal.id), by=town.admin)


@pytest.fixture
def town(world: Any, app: Flask) -> Town:
    """The demo's district with its people; the register is empty and no case is open."""
    if not getattr(world, "furnished", False):
        _build(world)
        world.furnished = True
    db.session.remove()
    db.engine.dispose()
    world.databases.copy("town", "live")
    return Town()
