"""Messages where people look for what they are about."""

from typing import Any

from flask import render_template

from core.accounts.actor import current_actor
from core.i18n import get_locale
from core.messages import queries
from core.messages.models import Message
from core.messages.wording import templates


def of_case(case: Any) -> str | None:
    """Show the reader what was sent to them on a case, newest first."""
    found = queries.messages_on_case(case.id, current_actor())
    shown = [(message, said_title(message, case)) for message in found]
    return render_template("messages/message_panel.html", messages=shown) if found else None


def said_title(message: Message, case: Any) -> str:
    """Return what a message is about in the reader's language, where it was sent in another.

    Its words stay as they were sent.
    """
    template = templates.get(message.template)
    if template is None or message.locale == str(get_locale()):
        return ""
    return template.about(case, message.created_at) if template.about else str(template.label)
