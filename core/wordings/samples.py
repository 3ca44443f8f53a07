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
        "answer": _l("The facts were looked into again and are as the notice says."),
        "at": now,
        "body": _l("Jinxiu Neighbourhood Association"),
        "by": _l("Wang Fang"),
        "changes": _l("Jinxiu Neighbourhood Association: domicile"),
        "code": "382915",
        "count": 3,
        "day": clock.today(),
        "days": 10,
        "district": divisions.district_name(),
        "digest": "9f2c 41d7 0b6e 83aa",
        "due": later,
        "entries": 128,
        "finding": _l("Not upheld"),
        "hours": 24,
        "kind": _l("Registration of an association"),
        "last": later,
        "leave": f"{settings().public_url}/example",
        "left": _l("2 working days left"),
        "link": f"{settings().public_url}/example",
        "minutes": 30,
        "moment": now,
        "name": _l("Li Hua"),
        "number": "DJ-2026-0001",
        "office": _l("Jinxiu Neighbourhood Center"),
        "open": _l("the charter"),
        "outcome": _l("It was accepted."),
        "question": _l("Please say whether the scope of activities falls to you."),
        "reason": _l("The application was withdrawn."),
        "role": _l("Examiner"),
        "since": clock.today() - timedelta(days=700),
        "stance": _l("Agrees"),
        "state": _l("Under examination"),
        "subjects": _l("Registration of an association: accepted"),
        "then": _l("After it the case is shown as overdue."),
        "title": _l("Registration of an association"),
        "type": _l("Association"),
        "until": now + timedelta(days=3),
        "url": f"{settings().public_url}/example",
        "what": _l("Domicile changed"),
        "words": _l("The domicile has changed."),
        "year": clock.today().year - 1,
    }


def sample_of(template: MessageTemplate) -> Mapping[str, Any]:
    """Return a value for every parameter of a message; its own name where nothing is known."""
    names = PLACEHOLDER.findall(f"{template.subject}\n{template.body}")
    given = template.sample() if template.sample else {}
    examples = _examples()
    return {name: given.get(name, examples.get(name, name)) for name in names}
