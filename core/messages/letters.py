"""A message as a mail: plain text and quiet HTML in the reader's language."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale

from core import divisions
from core.clock import local
from core.config import settings
from core.i18n import _, language_tag
from core.messages.models import Delivery, Message


@dataclass(frozen=True)
class Letter:
    """A mail ready to go: who it is for, and its bytes' source."""

    delivery_id: int
    address: str
    mail: EmailMessage


def letter_of(delivery: Delivery) -> Letter:
    """Return the mail of a delivery. Its Message-ID is the same however often it is tried."""
    message, site = delivery.message, settings().public_url
    mail = EmailMessage()
    with force_locale(message.locale):
        sender = _("%(district)s social organization service", district=divisions.district_name())
        context: dict[str, Any] = {
            "subject": message.subject,
            "text": message.text,
            "paragraphs": [part for part in message.text.split("\n") if part.strip()],
            "link": f"{site}{message.way}" if message.link else "",
            "site": site,
            "name": _greeted(message),
            "sender": sender,
            "language": language_tag(message.locale),
        }
        templates = current_app.jinja_env
        plain = templates.get_template("emails/message.txt").render(context)
        rich = templates.get_template("emails/message.html").render(context)
    mail["From"] = Address(sender, addr_spec=settings().MAIL_FROM)
    mail["To"] = delivery.address
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(local(message.created_at))
    mail["Message-ID"] = message_id(delivery)
    mail["Auto-Submitted"] = "auto-generated"
    # Base64 keeps every line short enough for any mail server, whatever people wrote.
    mail.set_content(plain, cte="base64")
    mail.add_alternative(rich, subtype="html", cte="base64")
    mail["Content-Language"] = context["language"]
    return Letter(delivery.id, delivery.address, mail)


def _greeted(message: Message) -> str:
    """Return whom the mail greets: nobody where its text begins with a greeting already."""
    name = message.recipient.display_name if message.recipient else ""
    return "" if message.text.startswith(_("Dear %(name)s,", name=name)) else name


def message_id(delivery: Delivery) -> str:
    """Return the name of the mail for all mail servers: from the delivery, never from the try."""
    host = urlsplit(settings().public_url).hostname or "localhost"
    stamp = f"{delivery.message.created_at:%Y%m%d%H%M%S%f}"
    return f"<{stamp}.{delivery.id}@{host}>"
