"""Assisted filing: an officer fills in an application for somebody who stands at the counter."""

from flask import Flask

from core.i18n import _l


def init_app(app: Flask) -> None:
    from core.accounts import Actor
    from core.counter import keeping
    from core.counter.panels import of_case, of_draft
    from core.counter.policy import ASSISTANTS
    from core.counter.routes import bp
    from core.privacy import keep_for, offer_own
    from core.ui import NavEntry, fill_panel, nav_entry

    def assists(actor: Actor) -> bool:
        return actor.holds(*ASSISTANTS)

    app.register_blueprint(bp)
    keep_for(keeping.CONTACTS)
    offer_own(keeping.OWN)
    fill_panel(app, "draft", of_draft)
    fill_panel(app, "case", of_case)
    nav_entry(
        app, NavEntry("officer", _l("Counter"), "counter.counter_list", order=30, visible=assists)
    )
