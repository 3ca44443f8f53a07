"""Who runs this site and how to reach them: the foot of every page."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import Select
from sqlalchemy.exc import OperationalError

from core.db import db
from core.divisions.models import Division
from core.divisions.queries import district_and_city, keep_name
from core.errors import Words
from core.i18n import _l
from core.memory import knows
from core.policy import Policy, chapter, register, value
from core.policy.models import PolicyValue
from core.policy.queries import STORED, keep_read

SITES_OF_GOVERNMENT = _l("Guidelines for government websites (State Council Office [2017] No. 47)")


def _line(name: str, label: Words, source: Words, help: Words = "") -> Policy[str]:
    return Policy(f"office.{name}", "", source=source, label=label, help=help, may_be_empty=True)


ORGANIZER = _line("organizer", _l("Run by"), SITES_OF_GOVERNMENT)
ADDRESS = _line("address", _l("Address"), SITES_OF_GOVERNMENT)
TELEPHONE = _line("telephone", _l("Telephone"), SITES_OF_GOVERNMENT)
HOURS = _line("hours", _l("Office hours"), _l("Set by the office"))
SITE_CODE = _line("site_code", _l("Website identification code"), SITES_OF_GOVERNMENT)
ICP = _line(
    "icp", _l("ICP filing"), _l("Measures for Internet Information Services, art. 12"),
    _l("The number the communications authority gave this site, as it is to be shown."),
)  # fmt: skip
PUBLIC_SECURITY = _line(
    "public_security",
    _l("Public security filing"),
    _l("Measures for the Security of Computer Networks Connected to the Internet, art. 12"),
    _l("The number the public security authority gave this site, as it is to be shown."),
)

REACHED = (ORGANIZER, ADDRESS, TELEPHONE, HOURS)
NUMBERED = (SITE_CODE, ICP, PUBLIC_SECURITY)
#: Where the authority that gave a number has it looked up; the site must lead there.
REGISTERS = {ICP: "https://beian.miit.gov.cn/", PUBLIC_SECURITY: "https://beian.mps.gov.cn/"}

chapter("office", _l("The office and its site"))
register(*REACHED, *NUMBERED)


@dataclass(frozen=True)
class Line:
    """One thing the foot says; `url` where it is looked up or called."""

    label: Words
    text: str
    url: str = ""


def colophon() -> list[list[Line]]:
    """Return what is set of how to reach the office, then of the numbers of its site."""
    try:
        rows = [
            [Line(it.label, text, _url(it, text)) for it in row if (text := value(it).strip())]
            for row in (REACHED, NUMBERED)
        ]
    except OperationalError:  # the page that says so must still have a foot
        return []
    return [row for row in rows if row]


def _url(policy: Policy[str], text: str) -> str:
    if policy is TELEPHONE:
        number = "".join(it for it in text if it.isascii() and (it.isdigit() or it == "+"))
        # Two numbers, or one with an extension, are read and dialled by hand.
        return f"tel:{number}" if 7 <= len(number) <= 13 else ""
    return REGISTERS.get(policy, "")


def read_at_once() -> None:
    """Read the district's name and what the office has set in one statement: each page has both."""
    if knows(Division, "name") or knows(PolicyValue, "timelines"):
        return
    try:
        rows = db.session.execute(_name_and_settings()).all()
    except OperationalError:
        return
    if rows:  # none before a district is loaded
        keep_name(rows[0][0], rows[0][1])
        keep_read(row[2:] for row in rows if row[2] is not None)


@cache
def _name_and_settings() -> Select[Any]:
    named = district_and_city().subquery()
    wanted: Select[Any] = (
        db.select(named.c.name, named.c.city, *STORED)
        .select_from(named)
        .outerjoin(PolicyValue, PolicyValue.confirmed_by_id.is_not(None))
        .order_by(PolicyValue.effective_from)
    )
    return wanted


def _on_every_page() -> dict[str, Any]:
    read_at_once()
    return {"office_lines": colophon}


def init_app(app: Flask) -> None:
    """Mounted before `core.ui`, which asks for the name that is read here."""
    app.context_processor(_on_every_page)
