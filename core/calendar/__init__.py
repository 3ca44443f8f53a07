"""Working days of China, by an editable table."""

from flask import Flask

from core import audit
from core.accounts import Actor
from core.calendar.queries import (
    add_calendar_days,
    add_months,
    add_working_days,
    is_provisional,
    is_working_day,
    last_day_of_term,
    roll_forward,
    working_days_between,
    years_to_import,
)
from core.i18n import _l

__all__ = [
    "add_calendar_days",
    "add_months",
    "add_working_days",
    "is_provisional",
    "is_working_day",
    "last_day_of_term",
    "roll_forward",
    "working_days_between",
    "years_to_import",
]


def init_app(app: Flask) -> None:
    from core.calendar import actions, queries
    from core.calendar.cli import group
    from core.calendar.routes import bp
    from core.offered_settings import SettingGroup, offer
    from core.ui import NavEntry, nav_entry

    def missing(actor: Actor) -> int | None:
        return len(years_to_import()) if actor.holds(*actions.IMPORTERS) else None

    app.cli.add_command(group)
    audit.name_actions({"calendar:refuse": _l("Was refused a calendar file")})
    audit.name_fields("calendar", _year)
    offer(
        app,
        SettingGroup(
            20,
            _l("Working days"),
            queries.setting_rows,
            "calendar.calendar_year",
            does=_l("Which days count as working days wherever a time limit is counted."),
        ),
    )
    app.register_blueprint(bp, url_prefix="/calendar")
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Working days"),
            "calendar.calendar_year",
            order=810,
            visible=lambda actor: actor.is_staff,
            count=missing,
        ),
    )


def _year(name: str) -> audit.Field | None:
    """Return what the record calls a year whose days were imported."""
    return audit.Field(_l("Days of %(year)s", year=name)) if name.isdigit() else None
