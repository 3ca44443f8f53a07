"""Texts the office edits itself, in versions: each with its day, its grounds and a second person.

A feature declares its kind of text once and edits it with a form of its own:

    NOTES = EditionKind("note", label=_l("Note"), check=…, title=…, rows=…, shown=…)

    form.perform(editions.propose, NOTES, key, by=actor)   # waits for a second person
    editions.in_force(NOTES, key)                          # what holds today
"""

from flask import Flask

from core.editions.actions import confirm, propose, withdraw
from core.editions.declaration import EditionKind, edition_kind
from core.editions.models import Edition
from core.editions.queries import all_in_force, history, in_force, proposals

__all__ = [
    "Edition",
    "EditionKind",
    "all_in_force",
    "confirm",
    "edition_kind",
    "history",
    "in_force",
    "init_app",
    "proposals",
    "propose",
    "withdraw",
]


def init_app(app: Flask) -> None:
    from core import audit
    from core.editions.routes import bp
    from core.i18n import _l

    app.register_blueprint(bp, url_prefix="/editions")
    audit.name_actions(
        {
            "edition:propose": _l("Proposed a version of a text"),
            "edition:confirm": _l("Confirmed a version of a text"),
            "edition:withdraw": _l("Withdrew a proposed version of a text"),
            "edition:refuse": _l("Was refused a version of a text"),
        }
    )
    audit.name_subjects({"Edition": _l("Version of a text")})
