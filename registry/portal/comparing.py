"""What changed of an organization between two days, in plain sentences with their basis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from core.db import db
from core.errors import Words
from core.workflow.models import Case
from registry.organizations.models import OrganizationVersion
from registry.portal import facts
from registry.portal.history import SOURCES


@dataclass(frozen=True)
class Sentence:
    """One fact that changed: since when, which, from what to what, and on what basis."""

    on: date
    label: Words
    old: str
    new: str
    case_number: str
    source: Words


@dataclass(frozen=True)
class Difference:
    """What changed between two days: every step, and the facts at both ends side by side."""

    first: date
    last: date
    sentences: list[Sentence]
    net: list[tuple[Words, str, str]]


def between(versions: Sequence[OrganizationVersion], first: date, last: date) -> Difference:
    """Return what changed after `first` up to and including `last`, of versions oldest first."""
    numbers = case_numbers(versions)
    sentences: list[Sentence] = []
    for before, after in pairwise(versions):
        if first < after.valid_from <= last:
            sentences += [
                Sentence(
                    after.valid_from,
                    label,
                    old,
                    new,
                    numbers.get(after.case_id, ""),
                    SOURCES.get(after.source, ""),
                )
                for label, old, new in facts.changes_between(before.facts, after.facts)
            ]
    ends = [[it for it in versions if it.valid_from <= day][-1:] for day in (first, last)]
    old_facts, new_facts = ((end or versions[:1])[0].facts for end in ends)
    return Difference(first, last, sentences, facts.changes_between(old_facts, new_facts))


def case_numbers(versions: Sequence[OrganizationVersion]) -> dict[int | None, str]:
    """Return the numbers of the cases that versions come from, by id."""
    ids = {it.case_id for it in versions if it.case_id is not None}
    if not ids:
        return {}
    rows = db.session.execute(db.select(Case.id, Case.number).where(Case.id.in_(ids)))
    return {key: number for key, number in rows if number}
