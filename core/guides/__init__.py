"""Service guides: what one needs to know of each matter, written by the office, in versions."""

from flask import Flask
from markupsafe import Markup

from core.guides.texts import GUIDE

__all__ = ["GUIDE", "init_app"]


def init_app(app: Flask) -> None:
    from flask import render_template

    from core import ui
    from core.guides import queries
    from core.guides.routes import bp
    from core.i18n import _l
    from core.offered_settings import SettingGroup, offer
    from core.workflow import Guide

    def beside_matter(matter: Guide) -> str | None:
        guides = queries.guides_for(matter.key)
        return render_template("guides/guide_link.html", guides=guides) if guides else None

    app.register_blueprint(bp, url_prefix="/guides")
    ui.fill_panel(app, "matter", lambda it: Markup(beside_matter(it) or ""))  # noqa: S704 - own template
    ui.nav_entry(app, ui.NavEntry("public", _l("Service guides"), "guides.guide_list", order=30))
    offer(
        app,
        SettingGroup(
            40,
            _l("Service guides"),
            queries.setting_rows,
            "guides.guide_list",
            does=_l("What the public reads about each matter, and the link to its online form."),
        ),
    )
