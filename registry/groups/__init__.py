"""Filed groups as they are looked after: what each has to do, for itself and for its street."""

from flask import Flask

from core.i18n import _l


def init_app(app: Flask) -> None:
    """Mount the list, and the duties on top of each group's page."""
    from core import ui
    from registry.groups import panels, queries, routes

    app.register_blueprint(routes.bp)
    ui.fill_panel(app, "organization_top", panels.of_organization)
    ui.fill_panel(app, "own_cases", panels.of_own_cases)
    ui.nav_entry(
        app,
        ui.NavEntry(
            "officer",
            _l("Groups on file"),
            "groups.group_list",
            order=25,
            visible=lambda actor: actor.holds(*queries.READERS),
        ),
    )
