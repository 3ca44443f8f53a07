"""The way to telephones: a gateway that takes one text message per HTTP request."""

import json
import ssl
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from flask_babel import force_locale

from core import divisions
from core.config import settings
from core.i18n import _
from core.messages.letters import message_id
from core.messages.models import Delivery
from core.messages.post import TIMEOUT_SECONDS, Answer, Fate

#: Statuses that ask to come back later.
LATER = (408, 425, 429)


class Gateway:
    """POSTs {"to", "text", "id"} as JSON to the address of SMS_URL, its query kept.

    2xx means taken, 4xx refused for good, 5xx and "too many" refused for now. `id` is the same
    at every attempt; it is sent as `Idempotency-Key` too.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("SMS_URL must begin with http:// or https://")
        self.secure, self.host, self.port = parts.scheme == "https", parts.hostname, parts.port
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def prepared(self, delivery: Delivery) -> Callable[[], Answer]:
        """Return the sending of one text message, which needs the database no longer."""
        name = message_id(delivery)
        body = {"to": delivery.address, "text": text_of(delivery), "id": name}
        return partial(self.send, body)

    def send(self, body: dict[str, str]) -> Answer:
        """Hand over one text message. Never raises for what the network or the gateway does."""
        line = self._line()
        try:
            line.connect()
        except OSError as away:
            return Answer(Fate.LATER, type(away).__name__, server_is_away=True)
        try:
            # From here on silence means: perhaps.
            headers = {"Content-Type": "application/json", "Idempotency-Key": body["id"]}
            line.request("POST", self.path, json.dumps(body, ensure_ascii=False).encode(), headers)
            status = line.getresponse().status
        except (OSError, HTTPException) as lost:
            return Answer(Fate.UNKNOWN, type(lost).__name__)
        finally:
            line.close()
        if 200 <= status < 300:
            return Answer(Fate.TAKEN)
        for_good = status < 500 and status not in LATER
        return Answer(Fate.NEVER if for_good else Fate.LATER, f"HTTP {status}")

    def _line(self) -> HTTPConnection:
        if self.secure:
            trust = ssl.create_default_context()
            return HTTPSConnection(self.host, self.port, timeout=TIMEOUT_SECONDS, context=trust)
        return HTTPConnection(self.host, self.port, timeout=TIMEOUT_SECONDS)


def text_of(delivery: Delivery) -> str:
    """Return the words for a telephone: who writes, the subject, and where to read the rest."""
    message = delivery.message
    with force_locale(message.locale):
        words = _(
            "[%(district)s] %(subject)s",
            district=divisions.district_name(),
            subject=message.subject,
        )
    return f"{words} {settings().public_url}{message.way}" if message.link else words
