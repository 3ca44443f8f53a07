"""The append-only record of who did what, chained so that no change goes unseen."""

from flask import Flask

from core.audit.actions import keep_refusal, record, refusals, refused
from core.audit.deeds import deeds
from core.audit.fields import Field, body, day, money, name_fields, one_of, person, record_of
from core.audit.records import CASE, Named, name_records, rows
from core.audit.telling import name_notes
from core.audit.wording import NamedCase, name_actions, name_cases, name_subjects

__all__ = [
    "CASE",
    "Field",
    "Named",
    "NamedCase",
    "body",
    "day",
    "deeds",
    "init_app",
    "keep_refusal",
    "money",
    "name_actions",
    "name_cases",
    "name_fields",
    "name_notes",
    "name_records",
    "name_subjects",
    "one_of",
    "person",
    "record",
    "record_of",
    "refusals",
    "refused",
    "rows",
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
