"""Writes: follow, stop following, note what is new, tell those who follow."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import delete, insert, literal, select, update

from core import clock, messages, policy
from core.accounts import Actor, User
from core.config import settings
from core.db import UtcDateTime, atomic, db
from core.errors import RuleBroken
from core.i18n import LazyWords, _
from registry.chronicle import writings
from registry.chronicle.asked import Asked
from registry.chronicle.writings import Written
from registry.following import queries, wording
from registry.following.models import Follow, FollowNews, Pace
from registry.following.notices import CHANGED, DIGEST
from registry.following.policy import MOST_FOLLOWED
from registry.organizations.models import Organization

#: What is written is looked at for so long: a transaction that began early may end late.
WINDOW = timedelta(days=2)
#: More changes than this at once are told in one message.
MOST_SINGLY = 10
#: A message lists so many changes.
MOST_LISTED = 50


def question_of(kept: dict[str, str]) -> str:
    """Return a search as one text, the same for the same search."""
    return urlencode(sorted(kept.items()))


def follow_organization(organization: Organization, *, by: Actor) -> Follow:
    """Tell a person of every change of an organization from now on."""
    return _follow(by, organization_id=organization.id)


def follow_search(kept: dict[str, str], *, by: Actor) -> Follow:
    """Tell a person of every change within a search from now on."""
    question = question_of(kept)
    if len(question) > 500:
        raise RuleBroken(_("This search is too long to be followed."))
    return _follow(by, question=question, asked=kept)


def _follow(
    by: Actor,
    organization_id: int | None = None,
    question: str | None = None,
    asked: dict[str, str] | None = None,
) -> Follow:
    known = queries.follow_of(by, organization_id=organization_id, question=question)
    if known is not None:
        return known
    most = policy.value(MOST_FOLLOWED)
    if len(queries.list_follows(by)) >= most:
        raise RuleBroken(
            _("You follow %(n)d things already, which is the most. Leave one first.", n=most)
        )
    follow = Follow(
        user_id=by.user_id,
        organization_id=organization_id,
        question=question,
        asked=asked or {},
        token=secrets.token_urlsafe(24),
    )
    db.session.add(follow)
    db.session.flush()
    return follow


def choose_pace(follow: Follow, *, pace: str, by: Actor) -> Follow:
    """Note how somebody wants to be told from now on."""
    follow.pace = Pace(pace)
    return follow


def leave(follow: Follow, *, by: Actor | None = None) -> None:
    """Stop telling somebody of what they followed."""
    db.session.execute(delete(FollowNews).where(FollowNews.follow_id == follow.id))
    db.session.delete(follow)


# --- telling


def note_news() -> int:
    """Note for everybody who follows something which versions they are to be told of.

    Each once: what was noted before is left out, and the key forbids a second row.
    Returns how many were noted.
    """
    least = writings.first_written_after(clock.now() - WINDOW)
    if least is None:
        return 0
    asked = [(it.id, _asked(it)) for it in db.session.scalars(select(Follow))]
    with atomic():
        return sum(_note(follow_id, of, least) for follow_id, of in asked)


def _asked(follow: Follow) -> Asked:
    if follow.organization_id is not None:
        return Asked(among=(follow.organization_id,))
    return wording.asked_of(follow.asked)


def _note(follow_id: int, asked: Asked, least: int) -> int:
    written = writings.written_since(asked, least).subquery()
    known = select(FollowNews.version_id).where(FollowNews.follow_id == follow_id)
    since = select(Follow.since).where(Follow.id == follow_id).scalar_subquery()
    new = select(literal(follow_id), written.c.id, literal(clock.now(), UtcDateTime())).where(
        written.c.recorded_at > since, written.c.id.not_in(known)
    )
    noted = db.session.execute(
        insert(FollowNews).from_select(["follow_id", "version_id", "noted_at"], new),
        # Without the option PostgreSQL's driver is not asked how many there were.
        execution_options={"preserve_rowcount": True},
    )
    return int(noted.rowcount)  # type: ignore[attr-defined]


def tell(*paces: Pace) -> int:
    """Write to everybody who is to be told of something, each in one transaction.

    Returns how many messages were written.
    """
    return sum(_tell(user_id, paces) for user_id in queries.people_with_news(*paces))


def _tell(user_id: int, paces: Sequence[Pace]) -> int:
    with atomic():
        news = queries.news_of(user_id, *paces)
        versions = queries.versions_of([it.version_id for it, _follow in news])
        told: dict[int, tuple[Written, Follow]] = {}
        for it, follow in news:
            version = versions[it.version_id]
            if wording.title_of(version):  # what changed nothing public is not told
                told.setdefault(it.version_id, (version, follow))
        ids = [it.follow_id for it, _follow in news]
        db.session.execute(
            update(FollowNews)
            .where(FollowNews.follow_id.in_(ids), FollowNews.told_at.is_(None))
            .values(told_at=clock.now())
        )
        user = db.session.get_one(User, user_id)
        if not told:
            return 0
        singly = Pace.DAILY not in paces and len(told) <= MOST_SINGLY
        if not singly:
            by_mail = any(follow.pace is not Pace.INBOX for _it, follow in told.values())
            _tell_all(user, [it for it, _follow in told.values()], mail=by_mail)
            return 1
        for version, follow in told.values():
            _tell_one(user, version, follow)
        return len(told)


def _tell_one(user: User, version: Written, follow: Follow) -> None:
    messages.send(
        [user],
        CHANGED.key,
        {
            "name": version.facts.get("name") or version.number,
            "number": version.number,
            "what": LazyWords(wording.title_of, version),
            "words": LazyWords(wording.told, version),
            "day": version.on,
            "leave": f"{settings().public_url}/following/leave/{follow.token}",
        },
        link=f"/register/{version.number}",
        mail=follow.pace is not Pace.INBOX,
    )


def _tell_all(user: User, versions: list[Written], *, mail: bool) -> None:
    def lines() -> str:
        listed = [f"· {wording.line_of(it)}" for it in versions[:MOST_LISTED]]
        if len(versions) > MOST_LISTED:
            listed.append(_("and %(n)d more", n=len(versions) - MOST_LISTED))
        return "\n".join(listed)

    messages.send(
        [user],
        DIGEST.key,
        {
            "count": len(versions),
            "changes": LazyWords(lines),
            "leave": f"{settings().public_url}/following",
        },
        link="/following",
        mail=mail,
    )


def forget_told() -> int:
    """Forget what was told longer ago than anything is looked at again; return how many."""
    gone = delete(FollowNews).where(FollowNews.told_at < clock.now() - 2 * WINDOW)
    with atomic():
        return int(db.session.execute(gone).rowcount)  # type: ignore[attr-defined]
