"""Statistics of the register and of its cases: figures, pictures of them, and a monthly report."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core.i18n import _l
    from core.ui import NavEntry, nav_entry
    from registry.statistics import jobs, papers  # noqa: F401 - declare the job and the paper
    from registry.statistics.cli import group
    from registry.statistics.routes import bp

    app.register_blueprint(bp)
    app.cli.add_command(group)
    nav_entry(app, NavEntry("public", _l("Statistics"), "statistics.overview", order=50))
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Time to decide"),
            "statistics.office",
            order=600,
            visible=lambda actor: actor.is_staff,
        ),
    )
