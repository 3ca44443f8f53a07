"""Instruments: numbered papers, made once, stored as issued, verifiable."""

from flask import Flask

from core.documents.actions import issue, replace, void
from core.documents.kinds import InstrumentKind, declare
from core.documents.models import Instrument
from core.documents.numbers import next_number
from core.documents.queries import access_instrument, access_public, of_body, of_case
from core.documents.rules import InstrumentStatus

__all__ = [
    "Instrument",
    "InstrumentKind",
    "InstrumentStatus",
    "access_instrument",
    "access_public",
    "declare",
    "issue",
    "next_number",
    "of_body",
    "of_case",
    "replace",
    "void",
]


def init_app(app: Flask) -> None:
    from core import ui
    from core.documents.filling import environment_of
    from core.documents.routes import bp
    from core.i18n import _l

    app.extensions["papers"] = environment_of(app)
    app.register_blueprint(bp)
    ui.nav_entry(app, ui.NavEntry("public", _l("Verify a document"), "documents.verify", order=40))
