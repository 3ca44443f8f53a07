"""Reads: what a person follows, and what they have not been told of yet."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.accounts import Actor
from core.db import db
from core.errors import NotFound
from core.i18n import _
from registry.chronicle import writings
from registry.chronicle.writings import Written
from registry.following.models import Follow, FollowNews, Pace


def list_follows(actor: Actor) -> Sequence[Follow]:
    """Return everything a person follows, the latest first."""
    return db.session.scalars(
        select(Follow)
        .where(Follow.user_id == actor.user_id)
        .options(joinedload(Follow.organization))
        .order_by(Follow.id.desc())
    ).all()


def access_follow(follow_id: int, actor: Actor) -> Follow:
    """Return what the person follows. Raises NotFound for anybody else's."""
    found = db.session.get(Follow, follow_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound(_("You do not follow this."))
    return found


def access_by_token(token: str) -> Follow:
    """Return what the secret address in a mail leads to. Raises NotFound."""
    found = db.session.scalar(select(Follow).where(Follow.token == token))
    if found is None:
        raise NotFound(_("This is not followed any more; no further message will come."))
    return found


def follow_of(
    actor: Actor, *, organization_id: int | None = None, question: str | None = None
) -> Follow | None:
    """Return how the person follows an organization or a search, or None."""
    if actor.user_id is None:
        return None
    same = (
        Follow.question == question
        if organization_id is None
        else Follow.organization_id == organization_id
    )
    return db.session.scalar(select(Follow).where(Follow.user_id == actor.user_id, same))


def people_with_news(*paces: Pace) -> Sequence[int]:
    """Return the ids of those who are to be told of something, at one of `paces`."""
    return db.session.scalars(
        select(Follow.user_id)
        .join(FollowNews, FollowNews.follow_id == Follow.id)
        .where(FollowNews.told_at.is_(None), Follow.pace.in_(paces))
        .distinct()
        .order_by(Follow.user_id)
    ).all()


def news_of(user_id: int, *paces: Pace) -> list[tuple[FollowNews, Follow]]:
    """Return what a person is to be told of, oldest first."""
    rows = db.session.execute(
        select(FollowNews, Follow)
        .join(Follow, Follow.id == FollowNews.follow_id)
        .where(Follow.user_id == user_id, FollowNews.told_at.is_(None), Follow.pace.in_(paces))
        .order_by(FollowNews.version_id, Follow.id)
    )
    return [(news, follow) for news, follow in rows]


def versions_of(ids: Sequence[int]) -> dict[int, Written]:
    """Return versions by id."""
    found = writings.list_written(versions=ids, size=len(ids) + 1)
    return {it.version_id: it for it in found}
