"""People, the bodies they act for, the roles they hold, and how they sign in."""

from flask import Flask

from core.accounts.actor import SYSTEM, Actor, current_actor
from core.accounts.models import Body, BodyKind, Membership, User
from core.accounts.roles import STAFF_ROLES, Role
from core.i18n import _l

__all__ = [
    "STAFF_ROLES",
    "SYSTEM",
    "Actor",
    "Body",
    "BodyKind",
    "Membership",
    "Role",
    "User",
    "current_actor",
]


def init_app(app: Flask) -> None:
    from core.accounts import (  # noqa: F401 - declare jobs and pages
        body_routes,
        cli,
        code_routes,
        identity,
        identity_routes,
        jobs,
        recovery_routes,
        sessions,
        words_of_record,
    )
    from core.accounts.grant_routes import bp as roles
    from core.accounts.grants import count_open
    from core.accounts.routes import bp
    from core.ui import NavEntry, nav_entry

    words_of_record.declare()
    sessions.init_app(app)
    identity.init_app(app, app.extensions["settings"])
    app.register_blueprint(bp)
    app.register_blueprint(roles)
    app.cli.add_command(cli.accounts)
    nav_entry(app, NavEntry("account", _l("My account"), "accounts.account", order=90))
    nav_entry(
        app,
        NavEntry("account", _l("For whom you may act"), "accounts.membership_list", order=80),
    )

    def is_administrator(actor: Actor) -> bool:
        return actor.holds(Role.ADMINISTRATOR)

    nav_entry(
        app,
        NavEntry(
            "officer", _l("Roles"), "roles.role_list", 830,
            visible=is_administrator, count=count_open,
        ),
    )  # fmt: skip
