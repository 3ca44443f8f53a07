"""Atom feeds (RFC 4287), paged (RFC 5005), answered 304 where nothing has changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from core.config import settings

#: What XML 1.0 cannot hold, whatever people wrote.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: When a feed that has no entry yet was last changed: a feed must say, and must say the same twice.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One entry. `path` is its page, and with it its id; `category` a term and its words."""

    path: str
    title: str
    updated: datetime
    summary: str = ""
    published: datetime | None = None
    category: tuple[str, str] | None = None
    key: str = ""


@dataclass(frozen=True)
class Feed:
    """A page of a feed. `path` is its own address, `first` that of its first page, by which it is
    known, `page` what a person reads instead, `next` the following page.
    """

    title: str
    path: str
    first: str
    page: str
    entries: Sequence[Entry] = field(default_factory=tuple)
    next: str | None = None

    @property
    def updated(self) -> datetime:
        """When the latest change of an entry on this page was."""
        return max((it.updated for it in self.entries), default=BEGINNING)


def answer(feed: Feed) -> ResponseReturnValue:
    """Return a feed with its digest and moment of change, or 304 to a reader who has it."""
    text = render_template("feeds/feed.xml", feed=feed, site=settings().public_url)
    told = Response(UNWRITABLE.sub("", text), content_type="application/atom+xml; charset=utf-8")
    told.last_modified = feed.updated
    told.vary.add("Cookie")  # the language of the words
    told.add_etag()
    return told.make_conditional(request)
