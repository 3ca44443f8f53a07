"""From filed to registered: what a group still lacks, its application, and both numbers in one entry."""

from flask import Flask

from core.i18n import _l


def init_app(app: Flask) -> None:
    """Mount the pages, and follow the steps of registrations."""
    from core import audit, ui
    from core.workflow import engine
    from registry.upgrades import actions, jobs, notices, panels, queries, routes, words_of_record

    assert jobs and notices
    app.register_blueprint(routes.bp)
    engine.when_moved(actions.follow)
    audit.name_actions(
        {
            "organization:upgrade": _l("Registered a filed group"),
            "upgrade:tell": _l("Told facts of a filed group"),
            "upgrade:report": _l("Took facts of a filed group from its report"),
            "upgrade:link": _l("Linked the numbers of a group"),
        }
    )
    audit.name_fields("upgrade", words_of_record.field)
    ui.fill_panel(app, "organization", panels.of_organization)
    ui.fill_panel(app, "draft", panels.of_case)
    ui.fill_panel(app, "case", panels.of_case)
    ui.fill_panel(app, "apply", panels.of_start)
    ui.nav_entry(
        app,
        ui.NavEntry(
            "officer",
            _l("Ready to register"),
            "upgrades.upgrade_list",
            order=32,
            visible=lambda actor: actor.holds(*queries.READERS),
            count=queries.count_ready,
        ),
    )
