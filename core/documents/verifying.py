"""What the verification page says of a paper: on a day, of its line, of a file held beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from flask import url_for

from core import clock
from core.db import db
from core.documents import queries
from core.documents.models import Instrument, Verification
from core.documents.rules import Means, Standing

#: The address that a paper prints, or the one that its QR code holds.
_ADDRESS = re.compile(r"/verify/(s/)?([^?#\s]+)")


class Match(StrEnum):
    """What an uploaded file is beside the paper in question."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Compared:
    """A file that was held beside a paper; `found` is the paper it really is, if any."""

    digest: str
    match: Match
    found: Instrument | None


def way_in(text: str) -> str | None:
    """Return the page of a paper whose printed or scanned address was typed; None for a number.

    Only what follows /verify/ counts: an address elsewhere proves no more than the number in it.
    """
    found = _ADDRESS.search(text)
    if found is None:
        return None
    signed, rest = found.groups()
    if signed:
        return url_for("documents.verify_signed", text=unquote(rest))
    return url_for("documents.verify_number", number=unquote(rest))


def compare(instrument: Instrument, digest: str) -> Compared:
    """Return what the file with this SHA-256 is beside `instrument`."""
    found = queries.find_by_digest(digest)
    if found is None:
        return Compared(digest, Match.UNKNOWN, None)
    if found.id == instrument.id:
        return Compared(digest, Match.SAME, found)
    line = [each.id for each in queries.line_of(instrument)]
    if found.id not in line:
        return Compared(digest, Match.OTHER, found)
    earlier = line.index(found.id) < line.index(instrument.id)
    return Compared(digest, Match.OLDER if earlier else Match.NEWER, found)


def line_rows(instrument: Instrument, day: date) -> list[dict[str, Any]]:
    """Return the line of a paper for its page, the oldest first; see `rows_of`."""
    return rows_of(queries.line_of(instrument), day, here=instrument.id)


def rows_of(
    papers: Sequence[Instrument], day: date, *, here: int | None = None
) -> list[dict[str, Any]]:
    """Return papers as components/papers.html shows them: number, standing, cause, cases.

    `here` is the id of the paper whose page it is.
    """
    cases = queries.case_numbers(*papers)
    return [
        {
            "number": each.number,
            "url": url_for("documents.verify_number", number=each.number),
            "here": each.id == here,
            "title": each.called,
            "issued_on": each.issued_on,
            "standing": each.standing_on(day),
            "case": cases.get(each.case_id or 0),
            "ended_on": each.ended_on,
            "ground": each.end_ground.label if each.end_ground else "",
            "ended_case": cases.get(each.ended_case_id or 0),
        }
        for each in papers
    ]


def keep(instrument: Instrument | None, means: Means, told: Standing | str) -> None:
    """Note that somebody asked and what they were told, in the running transaction."""
    db.session.add(
        Verification(
            at=clock.now(),
            means=means,
            instrument_id=instrument.id if instrument is not None else None,
            told=str(getattr(told, "value", told)),
        )
    )
