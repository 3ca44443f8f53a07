"""Dated values that the district sets, each with its unit and source."""

from flask import Flask

from core.accounts import Actor
from core.i18n import _l
from core.policy.declaration import Kind, Policy, chapter, declaration, declared, register
from core.policy.effects import when_asked
from core.policy.models import PolicyValue
from core.policy.queries import history, since, snapshot, spoken, thaw, value
from core.policy.units import Unit
from core.policy.wording import said

__all__ = [
    "Kind",
    "Policy",
    "Unit",
    "chapter",
    "declaration",
    "declared",
    "history",
    "register",
    "said",
    "since",
    "snapshot",
    "spoken",
    "thaw",
    "value",
    "when_asked",
]

chapter("accounts", _l("Signing in"))
chapter("attachments", _l("Files"))
chapter("messages", _l("Messages"))
chapter("notices", _l("Public notices"))
chapter("workflow", _l("Cases"))


def init_app(app: Flask) -> None:
    from core import audit
    from core.offered_settings import SettingGroup, offer
    from core.policy import actions, overview, queries
    from core.policy.routes import bp
    from core.ui import NavEntry, nav_entry

    def waiting(actor: Actor) -> int | None:
        return queries.count_proposals() if actor.holds(*actions.SETTERS) else None

    app.register_blueprint(bp, url_prefix="/policies")
    audit.name_actions({"policy:refuse": _l("Was refused a policy value")})
    audit.name_subjects({"PolicyValue": _l("Policy value")})
    audit.name_fields("policy", overview.field_on_record)
    audit.name_records(
        "PolicyValue", audit.rows(PolicyValue, overview.name_on_record, overview.page_on_record)
    )
    group = SettingGroup(
        10,
        _l("Settings of the office"),
        overview.setting_rows,
        "policy.policy_list",
        queries.count_proposals,
    )
    offer(app, group)
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Settings of the office"),
            "policy.policy_list",
            order=800,
            visible=lambda actor: actor.is_staff,
            count=waiting,
        ),
    )
