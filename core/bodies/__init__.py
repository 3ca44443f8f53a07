"""Bodies and people as the administrator looks after them: who belongs where, as what, how long."""

from flask import Flask, url_for


def init_app(app: Flask) -> None:
    from core import audit
    from core.accounts import Actor, Body, User
    from core.accounts.stops import count_asked
    from core.bodies import jobs, queries
    from core.bodies.person_routes import bp as people
    from core.bodies.routes import READERS, bp
    from core.i18n import _l
    from core.offered_settings import SettingGroup, offer
    from core.ui import NavEntry, nav_entry

    def may_read(actor: Actor) -> bool:
        return actor.holds(*READERS)

    assert jobs  # declares its own
    app.register_blueprint(bp)
    app.register_blueprint(people)
    audit.name_actions(
        {
            "body:rename": _l("Changed the name of a body"),
            "membership:refuse": _l("Was refused the end of a membership"),
        }
    )
    audit.name_fields("body", {"from_on": audit.Field(_l("From"), audit.day)})
    audit.name_records(
        "User",
        audit.rows(
            User,
            lambda it: it.display_name,
            lambda it, actor: (
                url_for("people.person_detail", person_id=it.id) if may_read(actor) else ""
            ),
        ),
    )
    audit.name_records(
        "Body",
        audit.rows(
            Body,
            lambda it: it.name,
            lambda it, actor: (
                url_for("bodies.body_detail", body_id=it.id) if may_read(actor) else ""
            ),
        ),
    )
    offer(
        app,
        SettingGroup(
            60,
            _l("Bodies"),
            queries.setting_rows,
            "bodies.body_list",
            does=_l("Who can be a party to a case, who belongs to it, and what it decides."),
        ),
    )
    nav_entry(
        app, NavEntry("officer", _l("Bodies"), "bodies.body_list", order=830, visible=may_read)
    )
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("People with accounts"),
            "people.person_list",
            order=831,
            visible=may_read,
            count=count_asked,
        ),
    )
