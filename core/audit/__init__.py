"""The append-only record of who did what, chained so that no change goes unseen."""

from flask import Flask

from core.audit.actions import keep_refusal, record, refusals, refused
from core.audit.deeds import deeds
from core.audit.wording import NamedCase, name_actions, name_cases, name_subjects

__all__ = [
    "NamedCase",
    "deeds",
    "init_app",
    "keep_refusal",
    "name_actions",
    "name_cases",
    "name_subjects",
    "record",
    "refusals",
    "refused",
]


def init_app(app: Flask) -> None:
    import core.audit.jobs  # noqa: F401 - declares its job
    from core.audit.cli import group
    from core.audit.routes import READERS, bp
    from core.i18n import _l
    from core.ui import NavEntry, nav_entry

    app.cli.add_command(group)
    app.register_blueprint(bp)
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Record of actions"),
            "audit.entries",
            order=810,
            visible=lambda actor: actor.holds(*READERS),
        ),
    )
