"""Reads of guides: which are offered today, and what stands in each."""

from core import editions
from core.accounts import Actor
from core.db import db
from core.editions import Edition, marked
from core.editions.declaration import SETTERS
from core.errors import NotFound
from core.guides.texts import GUIDE, PARTS, words_of
from core.i18n import _
from core.memory import remembered
from core.offered_settings import SettingRow
from core.workflow import declared


def list_guides(*, offered: bool = True) -> list[Edition]:
    """Return the guides in force as their matters are declared: how one begins, then what follows.

    Those without an online form come last, those not offered only when asked.
    """
    found = editions.all_in_force(GUIDE).values()
    kept = [it for it in found if it.content["offered"] or not offered]
    order = {
        workflow.kind: (any(guide.for_organizations for guide in workflow.guides), n)
        for n, workflow in enumerate(declared())
    }
    last = (True, len(order))
    return sorted(kept, key=lambda it: (order.get(it.content["online"], last), it.key))


def guides_for(matter: str) -> list[tuple[str, str]]:
    """Return (key, name) of the guides that lead to the online form of a matter."""
    offered = remembered(Edition, ("guides",), list_guides)
    return [
        (it.key, words_of(it.content)[0]["title"])
        for it in offered
        if it.content["online"] == matter
    ]


def access_guide(key: str, actor: Actor) -> Edition:
    """Return the guide in force; NotFound where there is none, or it is not shown to the public."""
    edition = editions.in_force(GUIDE, key)
    may_see = edition is not None and (edition.content["offered"] or actor.holds(*SETTERS))
    if edition is None or not may_see:
        raise NotFound(_("There is no such service guide."))
    return edition


def public_versions(key: str) -> list[Edition]:
    """Return the confirmed versions of a guide, the latest first."""
    return [it for it in editions.history(GUIDE, key) if it.is_confirmed]


def short_names() -> set[str]:
    """Return the short names of all guides, those only proposed included."""
    query = db.select(Edition.key).where(Edition.kind == GUIDE.name).distinct()
    return set(db.session.scalars(query))


def file_rows() -> list[dict[str, str]]:
    """Return the offered guides for a file, references as values."""
    rows = []
    for it in list_guides():
        words, _locale = words_of(it.content)
        said = {part: marked.plain(words[part]) for part in PARTS}
        rows.append({"key": it.key, **said, "since": it.effective_from.isoformat()})
    return rows


def setting_rows() -> list[SettingRow]:
    """Return the guides for the page of all settings."""
    return [SettingRow.of_edition(it, value=it.key) for it in list_guides(offered=False)]
