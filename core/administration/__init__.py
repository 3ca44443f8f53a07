"""The home of settings: everything that can be set, what it does, and who set it on what basis."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core.accounts import Actor
    from core.administration.routes import READERS, bp
    from core.i18n import _l
    from core.offered_settings import count_waiting
    from core.ui import NavEntry, nav_entry

    def may_read(actor: Actor) -> bool:
        return actor.holds(*READERS)

    def waiting(actor: Actor) -> int | None:
        return count_waiting() or None

    app.register_blueprint(bp)
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Administration"),
            "administration.settings",
            order=790,
            visible=may_read,
            count=waiting,
        ),
    )
