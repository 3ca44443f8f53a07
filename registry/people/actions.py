"""Writes of the people of an application."""

from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from core.crypto import blind_index
from core.db import db
from core.errors import RuleBroken
from registry.people import rules
from registry.people.models import ApplicationPerson, Position
from registry.people.queries import list_people


def replace_people(case_id: int, rows: Iterable[dict[str, Any]]) -> list[ApplicationPerson]:
    """Make `rows` the people of the application; rows without a name are left out.

    A row whose identity number or phone comes back masked keeps the one that was stored. Raises
    RuleBroken where two different people have one identity number.
    """
    before = {p.id: p for p in list_people(case_id)}
    kept = []
    for row in rows:
        if not (row.get("name") or "").strip():
            continue
        person = before.pop(int(row["id"]), None) if (row.get("id") or "").isdigit() else None
        if person is None:
            person = ApplicationPerson(case_id=case_id)
            db.session.add(person)
        person.name = row["name"].strip()
        person.position = Position(row["position"])
        _keep_secret(person, "identity_number", row.get("identity_number"))
        _keep_secret(person, "phone", row.get("phone"))
        number = person.identity_number
        person.identity_index = blind_index(number) if number else None
        kept.append(person)
    for words in rules.shared_number((p.name, p.identity_number) for p in kept).values():
        raise RuleBroken(words, field="people")
    for gone in before.values():
        db.session.delete(gone)
    db.session.flush()
    return kept


def _keep_secret(person: ApplicationPerson, name: str, entered: str | None) -> None:
    text = written(entered)
    if "*" not in text:
        setattr(person, name, text or None)


def written(entered: str | None) -> str:
    """Return a number as it is kept: half-width, in capitals."""
    return normalize("NFKC", entered or "").strip().upper()
