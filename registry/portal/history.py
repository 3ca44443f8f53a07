"""The life of an organization as its versions tell it, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import Words
from core.i18n import _, _l
from registry.organizations.models import OrganizationVersion
from registry.portal import facts

SOURCES: dict[str, Words] = {
    "case": _l("by decision of the registration authority"),
    "filing": _l("by decision of the street's guidance center"),
    "report": _l("by the group's yearly report"),
    "import": _l("taken over from the authority's earlier register"),
    "sanction": _l("by a sanction"),
    "correction": _l("by correction of an error"),
}

#: How a life on the register begins, by what the first version is due to.
BEGINNINGS: dict[str, Words] = {
    "case": _l("Founded: entered into the register"),
    "filing": _l("Filed: entered into the register"),
}

#: More names of changed facts than this are counted, not listed.
MOST_NAMES = 4


@dataclass(frozen=True)
class Entry:
    """One change: since when, what, why, and the facts before and after."""

    version_id: int
    on: date
    title: str
    source: str
    changes: list[tuple[Words, str, str]]


def entries(versions: Sequence[OrganizationVersion]) -> list[Entry]:
    """Return what happened, newest first, of versions given oldest first.

    A version that changed nothing public is left out.
    """
    told: list[Entry] = []
    for place, version in enumerate(versions):
        source = str(SOURCES.get(version.source, ""))
        if place == 0:
            began = str(BEGINNINGS.get(version.source, _("Entered into the register")))
            told.append(Entry(version.id, version.valid_from, began, source, []))
            continue
        changes = facts.changes_between(versions[place - 1].facts, version.facts)
        if changes:
            title = title_of(changes, versions[place - 1].facts, version.facts)
            told.append(Entry(version.id, version.valid_from, title, source, changes))
    return told[::-1]


def title_of(
    changes: list[tuple[Words, str, str]], before: Mapping[str, Any], after: Mapping[str, Any]
) -> str:
    """Return in a few words what happened between two versions, given by their facts."""
    if before.get("track") != after.get("track"):
        return _("Upgraded from filed to registered")
    if before.get("status") != after.get("status"):
        return _("Status: %(status)s", status=facts.spoken("status", after.get("status")))
    names = [str(label) for label, _old, _new in changes]
    if len(names) > MOST_NAMES:
        return _("%(n)d facts changed", n=len(names))
    return _("Changed: %(what)s", what=_(", ").join(names))
