"""Following: people are told of changes to an organization or a search; feeds for programs."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core.demo import Part, part
    from core.i18n import _l
    from core.privacy import offer_own
    from core.ui import NavEntry, fill_panel, nav_entry
    from registry.following import demo, jobs, notices, own, panels, policy  # noqa: F401 - declare themselves
    from registry.following.routes import bp

    app.register_blueprint(bp)
    offer_own(own.OWN)
    part(app, Part(50, "somebody who follows", demo.make_follows, demo.has_follows))
    nav_entry(app, NavEntry("account", _l("What I follow"), "following.follow_list", order=20))
    fill_panel(app, "organization", panels.of_organization)
    fill_panel(app, "register", panels.of_search)
    fill_panel(app, "changes", panels.of_changes)
