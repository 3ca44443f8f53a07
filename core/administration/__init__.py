"""The home of settings: everything that can be set, what it does, and who set it on what basis."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core.accounts import Actor
    from core.administration.job_routes import bp as jobs
    from core.administration.routes import READERS, bp
    from core.i18n import _l
    from core.offered_settings import count_waiting
    from core.ui import NavEntry, nav_entry

    def may_read(actor: Actor) -> bool:
        return actor.holds(*READERS)

    def waiting(actor: Actor) -> int | None:
        return count_waiting() or None

    app.register_blueprint(bp)
    app.register_blueprint(jobs)
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
    nav_entry(
        app,
        NavEntry("officer", _l("Scheduled work"), "jobs.job_list", order=845, visible=may_read),
    )
