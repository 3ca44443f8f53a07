"""Personal data: how long they are kept, who looked at them, one's own copy, and a change of key."""

from flask import Flask

from core.i18n import _l
from core.privacy.own import offer_own
from core.privacy.retention import Retention, keep_for
from core.privacy.reveal import Revealable, offer_reveal

__all__ = ["Retention", "Revealable", "init_app", "keep_for", "offer_own", "offer_reveal"]


def init_app(app: Flask) -> None:
    from core import audit
    from core.privacy import (  # noqa: F401 - declare what they hold
        cli,
        jobs,
        kept,
        own_deeds,
        policy,
        retention,
        reveal,
    )
    from core.privacy.routes import bp
    from core.ui import NavEntry, nav_entry

    audit.name_notes({reveal.ACTION: reveal.said_note})
    audit.name_fields("privacy", retention.field_on_record)
    audit.name_fields(
        "keys", lambda column: audit.Field(_l("Values encrypted anew in %(column)s", column=column))
    )
    app.register_blueprint(bp)
    app.cli.add_command(cli.keys)
    app.cli.add_command(cli.privacy)
    nav_entry(
        app, NavEntry("footer", _l("How long personal data are kept"), "privacy.retention", 300)
    )
    nav_entry(app, NavEntry("account", _l("My data"), "privacy.own_copy", order=95))
