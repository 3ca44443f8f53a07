"""What stands in a preview: a real record's words where the message knows one, else examples."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core import clock, divisions
from core.config import settings
from core.i18n import _l
from core.messages.wording import PLACEHOLDER, MessageTemplate


def _examples() -> dict[str, Any]:
    now = clock.now()
    later = clock.today() + timedelta(days=10)
    return {
        "at": now,
        "body": divisions.district_name(),
        "count": 3,
        "day": clock.today(),
        "days": 10,
        "district": divisions.district_name(),
        "due": later,
        "link": f"{settings().public_url}/example",
        "minutes": 30,
        "moment": now,
        "name": _l("Li Hua"),
        "number": "DJ-2026-0001",
        "role": _l("Examiner"),
        "title": _l("Registration of an association"),
        "until": now + timedelta(days=3),
        "url": f"{settings().public_url}/example",
    }


def sample_of(template: MessageTemplate) -> Mapping[str, Any]:
    """Return a value for every parameter of a message; its own name where nothing is known."""
    names = PLACEHOLDER.findall(f"{template.subject}\n{template.body}")
    given = template.sample() if template.sample else {}
    examples = _examples()
    return {name: given.get(name, examples.get(name, name)) for name in names}
