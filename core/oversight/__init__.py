"""Oversight: how offices keep their time, what time did on its own, and reminders before it ends."""

from flask import Flask

from core.i18n import _l


def init_app(app: Flask) -> None:
    from core.oversight import jobs
    from core.oversight.routes import READERS, bp
    from core.ui import NavEntry, nav_entry

    app.register_blueprint(bp)
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Overdue report"),
            "oversight.report",
            order=15,
            visible=lambda actor: actor.holds(*READERS),
        ),
    )
    assert jobs  # what it declares is known by being imported
