"""Reads of the word lists: for the page, for files, and what waits for a second person."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.errors import NotFound
from core.i18n import _
from core.paging import Order, Page, page_of
from registry.names.kinds import WordKind
from registry.names.models import NameWord

IN_ORDER = Order((NameWord.kind, NameWord.word, NameWord.id), newest_first=False)

_proposed = and_(NameWord.confirmed_at.is_(None), NameWord.withdrawn_at.is_(None))
_ending = and_(NameWord.ended_by_id.is_not(None), NameWord.end_confirmed_by_id.is_(None))


@dataclass(frozen=True)
class Narrowing:
    """What the listed words have in common; empty leaves it open."""

    q: str = ""
    kind: str = ""
    show: str = ""

    @property
    def count(self) -> int:
        return sum(map(bool, (self.q, self.kind, self.show)))

    def conditions(self) -> list[ColumnElement[bool]]:
        today = clock.today()
        in_force = and_(
            NameWord.confirmed_at.is_not(None),
            NameWord.withdrawn_at.is_(None),
            or_(NameWord.to_on.is_(None), NameWord.to_on > today),
        )
        gone = or_(NameWord.withdrawn_at.is_not(None), NameWord.to_on <= today)
        wanted = {"waiting": or_(_proposed, _ending), "ended": gone}
        found: list[ColumnElement[bool]] = []
        if self.show != "all":
            found.append(wanted.get(self.show, in_force))
        if self.kind in {it.value for it in WordKind}:
            found.append(NameWord.kind == WordKind(self.kind))
        if self.q:
            found.append(
                or_(NameWord.word.contains(self.q, autoescape=True),
                    NameWord.source.contains(self.q, autoescape=True))
            )  # fmt: skip
        return found


def words(narrowing: Narrowing) -> Select[NameWord]:
    """Return the query of the words, list by list."""
    people = (joinedload(NameWord.proposed_by), joinedload(NameWord.ended_by))
    return select(NameWord).where(*narrowing.conditions()).options(*people)


def list_words(narrowing: Narrowing, *, size: int, after: str | None) -> Page[NameWord]:
    """Return a page of the words. Raises RuleBroken("cursor") for a cursor that is none."""
    return page_of(words(narrowing), IN_ORDER, size=size, after=after)


def count_words(narrowing: Narrowing) -> int:
    """Return how many words there are."""
    query = select(func.count()).select_from(NameWord).where(*narrowing.conditions())
    return db.session.scalar(query) or 0


def count_waiting() -> int | None:
    """Return how many proposals wait for a second person, None for none."""
    query = select(func.count()).select_from(NameWord).where(or_(_proposed, _ending))
    return db.session.scalar(query) or None


def access_word(word_id: int) -> NameWord:
    """Return a word of any list. NotFound where there is none."""
    found = db.session.get(NameWord, word_id)
    if found is None:
        raise NotFound(_("There is no such word."))
    return found
