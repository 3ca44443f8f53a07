"""Word lists: a word comes in and goes out by two people, and is never deleted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core import audit, clock
from core.accounts import SYSTEM, Actor, Role
from core.db import db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _
from core.search import fold
from registry.names.kinds import Effect, WordKind
from registry.names.lexicon import Listed, defaults
from registry.names.models import NameWord
from registry.organizations.kinds import OrganizationType

SETTERS = (Role.BUREAU_HEAD, Role.ADMINISTRATOR)


def load_defaults() -> int:
    """Take the lists that come with the program into the empty table, and count their words.

    Does nothing where there is any word: from then on the table is the office's own.
    """
    if db.session.scalar(db.select(NameWord.id).limit(1)) is not None:
        return 0
    entries = list(defaults())
    for it in entries:
        db.session.add(
            NameWord(
                kind=it.kind,
                word=it.word,
                type=it.type,
                effect=it.effect,
                listed_as=_listed_as(it.kind, it.type, it.word),
                source=it.source,
                from_on=it.from_on or clock.today(),
                confirmed_at=clock.now(),
            )
        )
    db.session.flush()
    audit.record("name_word:load", by=SYSTEM, changes={"words": [0, len(entries)]})
    return len(entries)


def propose_word(
    *,
    kind: WordKind,
    word: str,
    source: str,
    from_on: date,
    by: Actor,
    type: OrganizationType | None = None,
    effect: Effect | None = None,
) -> NameWord:
    """Propose a word for a list. It counts once somebody else has confirmed it.

    Raises RuleBroken for a word of nothing, no source, or a list that forbids without saying what
    a hit does.
    """
    user_id = _setter(by)
    load_defaults()  # or the first word of the office's own would stand there alone
    word, source = word.strip(), source.strip()
    if not fold(word):
        raise RuleBroken(_("Please write the word."), field="word")
    if not source:
        raise RuleBroken(_("Say where the word comes from."), field="source")
    if kind.forbids and effect is None:
        raise RuleBroken(_("Say what a hit does."), field="effect")
    if kind is WordKind.FORM and type is None:
        raise RuleBroken(_("Say for which type of organization."), field="type")
    proposal = NameWord(
        kind=kind,
        word=word,
        type=type if kind is WordKind.FORM else None,
        effect=effect if kind.forbids else None,
        listed_as=_listed_as(kind, type if kind is WordKind.FORM else None, word),
        source=source,
        from_on=from_on,
        proposed_by_id=user_id,
    )
    db.session.add(proposal)
    db.session.flush()
    audit.record("name_word:propose", proposal, by=by, changes={kind.value: [None, word]})
    return proposal


def propose_words(entries: Iterable[Listed], *, by: Actor) -> int:
    """Propose the words of a file that their lists do not have yet, and count them."""
    listed = set(db.session.scalars(db.select(NameWord.listed_as)))
    count = 0
    for it in entries:
        key = _listed_as(it.kind, it.type if it.kind is WordKind.FORM else None, it.word)
        if key in listed:
            continue
        listed.add(key)
        propose_word(
            kind=it.kind,
            word=it.word,
            source=it.source,
            from_on=it.from_on or clock.today(),
            type=it.type,
            effect=it.effect,
            by=by,
        )
        count += 1
    return count


def confirm_word(word: NameWord, *, by: Actor) -> NameWord:
    """Confirm a word, or the end of one, that somebody else proposed."""
    user_id = _setter(by)
    db.session.refresh(word, with_for_update=True)
    if word.waits_for_end:
        if word.ended_by_id == user_id:
            raise RuleBroken(_("A second person has to confirm what you proposed."))
        word.end_confirmed_by_id, word.end_confirmed_at = user_id, clock.now()
        word.to_on, word.listed_as = max(clock.today(), word.from_on), None
        _record("end", word, by, [word.word, None])
    elif word.confirmed_at is None and word.withdrawn_at is None:
        if word.proposed_by_id == user_id:
            raise RuleBroken(_("A second person has to confirm what you proposed."))
        word.confirmed_by_id, word.confirmed_at = user_id, clock.now()
        _record("confirm", word, by, [None, word.word])
    else:
        raise WrongState(_("Somebody else was faster: there is nothing left to confirm."))
    db.session.flush()
    return word


def confirm_all(*, by: Actor) -> int:
    """Confirm everything that somebody else proposed, and count it."""
    user_id = _setter(by)
    query = db.select(NameWord).where(
        NameWord.confirmed_at.is_(None),
        NameWord.withdrawn_at.is_(None),
        NameWord.proposed_by_id != user_id,
    )
    waiting = db.session.scalars(query).all()
    for word in waiting:
        confirm_word(word, by=by)
    return len(waiting)


def withdraw_word(word: NameWord, *, by: Actor) -> NameWord:
    """Take back a proposal, of a word or of an end; a word in force stays."""
    _setter(by)
    db.session.refresh(word, with_for_update=True)
    if word.waits_for_end:
        word.ended_by_id, word.end_source = None, ""
    elif word.confirmed_at is None and word.withdrawn_at is None:
        word.withdrawn_at, word.listed_as = clock.now(), None
    else:
        raise WrongState(_("Somebody else was faster: there is nothing left to withdraw."))
    db.session.flush()
    _record("withdraw", word, by, [word.word, None])
    return word


def propose_end(word: NameWord, *, end_source: str, by: Actor) -> NameWord:
    """Propose that a word counts no more. It goes on counting until somebody else confirms."""
    user_id = _setter(by)
    db.session.refresh(word, with_for_update=True)
    if not word.is_confirmed or word.to_on is not None or word.waits_for_end:
        raise WrongState(_("This word is not in force, or its end is proposed already."))
    if not end_source.strip():
        raise RuleBroken(_("Say on what basis the word is ended."), field="end_source")
    word.ended_by_id, word.end_source = user_id, end_source.strip()
    db.session.flush()
    _record("propose_end", word, by, [word.word, None])
    return word


def _setter(by: Actor) -> int:
    if not by.holds(*SETTERS) or by.user_id is None:
        raise NotAllowed(_("Only the bureau head and system administrators change word lists."))
    return by.user_id


def _listed_as(kind: WordKind, type: OrganizationType | None, word: str) -> str:
    return f"{kind.value}:{type.value if type else ''}:{fold(word)}"


def _record(action: str, word: NameWord, by: Actor, change: list[Any]) -> None:
    audit.record(
        f"name_word:{action}", word, by=by, changes={word.kind.value: change}, note=word.end_source
    )
