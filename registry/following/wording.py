"""What a version of the register tells, in words: for feeds and for messages."""

from typing import Any

from core import divisions, i18n
from core.i18n import _
from registry.chronicle.asked import Asked
from registry.chronicle.writings import Written
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.portal import facts, filters, history
from registry.portal.pages import described


def title_of(it: Written) -> str:
    """Return in a few words what happened; "" where nothing public did."""
    if it.before is None:
        return _("Entered into the register")
    changes = facts.changes_between(it.before, it.facts)
    return history.title_of(changes, it.before, it.facts) if changes else ""


def told(it: Written) -> str:
    """Return what changed, fact by fact, a line each."""
    if it.before is None:
        return title_of(it)
    lines = []
    for label, old, new in facts.changes_between(it.before, it.facts):
        if old and new:
            words = _("%(fact)s changed from “%(old)s” to “%(new)s”", fact=label, old=old, new=new)
        elif new:
            words = _("%(fact)s was entered as “%(new)s”", fact=label, new=new)
        else:
            words = _("%(fact)s “%(old)s” was taken out", fact=label, old=old)
        lines.append(words)
    return "\n".join(lines)


def line_of(it: Written) -> str:
    """Return one line about a version: the day, who, and what happened."""
    name = it.facts.get("name") or it.number
    return _("%(day)s: %(name)s: %(what)s", day=i18n.day(it.on), name=name, what=title_of(it))


def asked_of(kept: dict[str, Any]) -> Asked:
    """Return what a saved search asks for, from the filters that were kept."""
    return Asked(
        words=kept.get("q", ""),
        track=Track(kept["track"]) if kept.get("track") else None,
        type=OrganizationType(kept["type"]) if kept.get("type") else None,
        status=OrganizationStatus(kept["status"]) if kept.get("status") else None,
        streets=_streets(int(kept["street"])) if kept.get("street") else None,
        communities=_communities(int(kept["community"])) if kept.get("community") else None,
        founded_from=filters.day_of(kept.get("founded_from", ""), last=False),
        founded_to=filters.day_of(kept.get("founded_to", ""), last=True),
    )


def _communities(kept: int) -> list[int]:
    return divisions.stands_for(kept, level=divisions.Level.COMMUNITY)


def _streets(kept: int) -> list[int]:
    return divisions.stands_for(divisions.shown_as().get(kept, kept))


def kept_of(asked: filters.Filters) -> dict[str, str]:
    """Return the filters of a search that narrow it, as text by name, to be kept."""
    names = ("q", *filters.FILTERS)
    values = ((name, getattr(asked, name)) for name in names)
    return {name: str(value) for name, value in values if value not in (None, "")}


def search_in_words(asked: filters.Filters) -> str:
    """Return a search as people read it: 养老，备案，春熙路; 全部 where nothing narrows it."""
    return described(asked) or _("the whole register")
