"""Texts the office edits itself, in versions: each with its day, its grounds and a second person.

A feature declares its kind of text once and edits it with a form of its own:

    NOTES = EditionKind("note", label=_l("Note"), check=…, title=…, rows=…, shown=…)

    form.perform(editions.propose, NOTES, key, by=actor)   # waits for a second person
    editions.in_force(NOTES, key)                          # what holds today
"""

from flask import Flask, url_for

from core import audit
from core.editions.actions import confirm, propose, withdraw
from core.editions.declaration import EditionKind, edition_kind
from core.editions.models import Edition
from core.editions.queries import all_in_force, history, in_force, proposals
from core.i18n import _l

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
    from core.editions.routes import bp

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
    audit.name_fields("edition", _field)
    audit.name_records(
        "Edition",
        audit.rows(
            Edition,
            lambda it: it.title,
            lambda it, actor: (
                url_for("editions.edition_detail", edition_id=it.id) if actor.is_staff else ""
            ),
        ),
    )


def _field(name: str) -> audit.Field | None:
    """Return what a field of a version is called: `guide:…` is the text itself."""
    if name == "effective_from":
        return audit.Field(_l("In force from"), audit.day)
    kind_name, _colon, key = name.partition(":")
    try:
        kind = edition_kind(kind_name)
    except KeyError:
        return None
    return audit.Field(kind.label, lambda told: kind.title(key) if told == key else str(told))
