"""What upgrades need done without a person."""

from collections.abc import Sequence
from datetime import timedelta

from core.db import db
from core.i18n import _l
from core.jobs import job, together
from registry.upgrades import actions, queries

#: So many groups are looked at in one transaction.
BATCH = 500


@job(
    "look_for_upgrades",
    every=timedelta(hours=1),
    does=_l(
        "Look how far every filed group is, and tell those who meet the conditions of registration."
    ),
    tells=_l("%(a)s groups looked at, %(b)s told"),
)
def look_for_upgrades() -> str:
    looked = told = after = 0
    while ids := queries.next_groups(after, BATCH):
        done = together("group", ids, _look_at)
        looked, told = looked + sum(n for n, _told in done), told + sum(n for _looked, n in done)
        after = ids[-1]
        db.session.expunge_all()
    return f"{looked} groups looked at, {told} told"


def _look_at(ids: Sequence[int]) -> tuple[int, int]:
    """Look at these groups; return how many are still such, and how many of them were told."""
    groups = queries.filed_among(ids)
    actions.look_at(groups)
    return len(groups), actions.tell_ready(groups)
