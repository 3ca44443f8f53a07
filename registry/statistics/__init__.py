"""Statistics of the register and of its cases: figures, pictures of them, and a monthly report."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core import audit
    from core.demo import Part, part
    from core.i18n import _l
    from core.ui import NavEntry, nav_entry
    from registry.statistics import actions, jobs, papers  # noqa: F401 - declare job and paper
    from registry.statistics.cli import group
    from registry.statistics.routes import bp

    audit.name_actions({"statistics:report": _l("Issued a monthly report")})
    audit.name_fields("statistics", {"month": audit.Field(_l("Month"))})
    app.register_blueprint(bp)
    app.cli.add_command(group)
    part(app, Part(40, "report of last month", actions.make_demo, actions.has_reports))
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
