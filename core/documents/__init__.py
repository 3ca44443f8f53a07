"""Instruments: numbered papers, made once, stored as issued, verifiable."""

from flask import Flask, url_for

from core.documents.actions import issue, replace, void
from core.documents.elsewhere import Known, recognizes
from core.documents.kinds import InstrumentKind, declare, is_internal
from core.documents.models import Instrument
from core.documents.numbers import next_number
from core.documents.queries import access_instrument, access_public, of_body, of_case
from core.documents.rules import EndGround, InstrumentStatus, Standing, spellings

__all__ = [
    "EndGround",
    "Instrument",
    "InstrumentKind",
    "InstrumentStatus",
    "Known",
    "Standing",
    "access_instrument",
    "access_public",
    "declare",
    "issue",
    "next_number",
    "of_body",
    "of_case",
    "recognizes",
    "replace",
    "spellings",
    "void",
]


def init_app(app: Flask) -> None:
    from core import audit, ui
    from core.documents import cli, jobs
    from core.documents.filling import environment_of
    from core.documents.offline import bp as offline
    from core.documents.payload import Flaw
    from core.documents.routes import bp
    from core.i18n import _l

    assert jobs  # what it declares is known by being imported
    app.extensions["papers"] = environment_of(app)
    app.register_blueprint(bp)
    app.register_blueprint(offline)
    app.cli.add_command(cli.keys)
    audit.name_actions(
        {
            "instrument:refuse_code": _l("Refused the QR code of a document"),
            "instrument:replaced": _l("Replaced an instrument"),
            "instrument:void": _l("Declared an instrument void"),
            "signing_key:new": _l("Made a key that signs documents"),
            "signing_key:withdraw": _l("Withdrew a key that signed documents"),
        }
    )
    number = audit.Field(_l("Number"))
    digest = audit.Field(_l("SHA-256"))
    audit.name_fields(
        "instrument",
        {
            "number": number,
            "sha256": digest,
            "status": audit.Field(_l("Status"), audit.one_of(Standing)),
            "end_ground": audit.Field(_l("Ground"), audit.one_of(EndGround)),
            "flaw": audit.Field(_l("What is wrong with it"), audit.one_of(Flaw)),
            "code_sha256": digest,
        },
    )
    audit.name_fields(
        "signing_key",
        {
            "key": audit.Field(_l("Signing key")),
            "withdrawn_on": audit.Field(_l("Withdrawn on"), audit.day),
        },
    )
    audit.name_records("Instrument", audit.rows(Instrument, _named, _address))
    ui.nav_entry(app, ui.NavEntry("public", _l("Verify a document"), "documents.verify", order=40))
    ui.nav_entry(
        app,
        ui.NavEntry(
            "officer", _l("Verify a document"), "documents.verify", 910, _l("Public pages")
        ),
    )


def _named(it: Instrument) -> str:
    return f"{it.called} {it.number}"


def _address(it: Instrument, _actor: object) -> str:
    return "" if is_internal(it.kind) else url_for("documents.verify_number", number=it.number)
