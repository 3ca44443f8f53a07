"""Working days of China, by an editable table."""

from flask import Flask

from core.calendar.queries import (
    add_calendar_days,
    add_months,
    add_working_days,
    is_provisional,
    is_working_day,
    roll_forward,
    working_days_between,
    years_to_import,
)

__all__ = [
    "add_calendar_days",
    "add_months",
    "add_working_days",
    "is_provisional",
    "is_working_day",
    "roll_forward",
    "working_days_between",
    "years_to_import",
]


def init_app(app: Flask) -> None:
    from core.calendar.cli import group

    app.cli.add_command(group)
