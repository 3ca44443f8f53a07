"""Duty lists: what streets and offices have to do, on what basis, passed down since when."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core import ui
    from core.editions.queries import count_proposals
    from core.i18n import _l
    from core.offered_settings import SettingGroup, offer
    from registry.duties import queries
    from registry.duties.routes import bp
    from registry.duties.texts import DUTY_LIST

    app.register_blueprint(bp, url_prefix="/duties")
    ui.nav_entry(app, ui.NavEntry("footer", _l("Duty lists"), "duties.duty_list", order=60))
    offer(
        app,
        SettingGroup(
            50,
            _l("Duty lists"),
            queries.setting_rows,
            "duties.duty_list",
            lambda: count_proposals(DUTY_LIST),
            _l("What the public reads about who has to do what, and since when."),
        ),
    )
