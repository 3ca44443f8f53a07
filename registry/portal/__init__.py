"""What the public sees: home, register, organization pages."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core.i18n import _l
    from core.ui import NavEntry, nav_entry
    from registry.portal import jobs, routes  # noqa: F401 - declare the job

    app.register_blueprint(routes.bp)
    app.add_url_rule("/", "home", routes.home)
    nav_entry(app, NavEntry("public", _l("Register"), "portal.register", order=10))
    nav_entry(app, NavEntry("officer", _l("Register"), "portal.register", 900, _l("Public pages")))
