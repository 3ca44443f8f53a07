"""Messages where people look for what they are about."""

from typing import Any

from flask import render_template

from core.accounts.actor import current_actor
from core.messages import queries


def of_case(case: Any) -> str | None:
    """Show the reader what was sent to them on a case, newest first."""
    found = queries.messages_on_case(case.id, current_actor())
    return render_template("messages/message_panel.html", messages=found) if found else None
