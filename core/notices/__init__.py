"""Public notices 公示 and announcements 公告: a period, objections, answers, an archive.

    notices.publish(
        kind="grading", title="…评估结果公示", facts={"等级": "4A"}, body_id=…, case_id=case.id,
        objections_until=calendar.add_working_days(clock.today(), 7), by=by,
    )

A workflow's guard asks `notices.obstacles(case.id)`: why the case cannot go on yet.
"""

from flask import Flask, url_for
from sqlalchemy import Select

from core.notices.actions import publish, withdraw
from core.notices.kinds import name_kind
from core.notices.models import Objection, PublicNotice
from core.notices.queries import notices_of_case, obstacles, open_objections, upheld_objections
from core.notices.rules import NoticeStatus, is_open_for_objections

__all__ = [
    "NoticeStatus",
    "Objection",
    "PublicNotice",
    "init_app",
    "is_open_for_objections",
    "name_kind",
    "notices_of_case",
    "obstacles",
    "open_objections",
    "publish",
    "upheld_objections",
    "withdraw",
]


def init_app(app: Flask) -> None:
    from core import audit, ui
    from core.accounts.actor import Actor
    from core.accounts.roles import Role
    from core.i18n import _l
    from core.notices import panels, queries
    from core.notices.desk import bp as desk
    from core.notices.routes import bp

    def unanswered(actor: Actor) -> Select[int] | None:
        return None if actor.holds(Role.AUDITOR) else queries.count_unanswered(actor)

    audit.name_fields("notice", {"upheld": audit.Field(_l("Upheld"))})
    audit.name_records(
        "PublicNotice",
        audit.rows(
            PublicNotice,
            lambda it: it.title,
            lambda it, actor: url_for("notices.notice_detail", notice_id=it.id),
        ),
    )
    audit.name_records(
        "Objection",
        audit.rows(
            Objection,
            lambda it: it.notice.title,
            lambda it, actor: url_for("objections.objection_detail", objection_id=it.id),
            load=[Objection.notice],
        ),
    )
    app.register_blueprint(bp)
    app.register_blueprint(desk)
    ui.nav_entry(app, ui.NavEntry("public", _l("Public notices"), "notices.notice_list", order=30))
    ui.nav_entry(
        app,
        ui.NavEntry(
            "officer",
            _l("Objections"),
            "objections.objection_list",
            order=700,
            visible=lambda actor: actor.is_staff and actor.body is not None,
            count=unanswered,
        ),
    )
    ui.fill_panel(app, "organization", panels.of_organization)
    ui.fill_panel(app, "case", panels.of_case)
