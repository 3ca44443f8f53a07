"""The words of messages as the office edits them: in versions, checked, with a preview."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core import ui
    from core.editions.queries import count_proposals
    from core.i18n import _l
    from core.messages import wording
    from core.offered_settings import SettingGroup, offer
    from core.wordings import queries
    from core.wordings.routes import bp
    from core.wordings.texts import WORDS

    if queries.own_words not in wording.own_words:
        wording.own_words.append(queries.own_words)
    app.register_blueprint(bp, url_prefix="/wordings")
    offer(
        app,
        SettingGroup(
            30,
            _l("Words of messages"),
            queries.setting_rows,
            "wordings.wording_list",
            lambda: count_proposals(WORDS),
            _l("What people read in their inbox and by mail when the thing named happens."),
        ),
    )
    ui.nav_entry(
        app,
        ui.NavEntry(
            "officer",
            _l("Words of messages"),
            "wordings.wording_list",
            order=840,
            visible=lambda actor: actor.is_staff,
        ),
    )
