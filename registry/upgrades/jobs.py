"""What upgrades need done without a person."""

from datetime import timedelta

from core.db import atomic, db
from core.i18n import _l
from core.jobs import job
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
    while True:
        with atomic():
            groups = queries.next_groups(after, BATCH)
            actions.look_at(groups)
            told += actions.tell_ready(groups)
            looked += len(groups)
            after = groups[-1].id if groups else after
        db.session.expunge_all()
        if len(groups) < BATCH:
            return f"{looked} groups looked at, {told} told"
