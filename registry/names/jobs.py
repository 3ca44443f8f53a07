"""What names need done without a person."""

from datetime import timedelta

from core.db import atomic
from core.i18n import _l
from core.jobs import job
from registry.names import actions, keys, rehoming, word_actions


@job(
    "refresh_name_index",
    every=timedelta(minutes=5),
    does=_l("Key the names that an import brought, and all of them when folding or lists changed."),
    tells=_l("%(a)s names, %(b)s clashes, %(c)s words loaded"),
)
def refresh_name_index() -> str:
    with atomic():
        loaded = word_actions.load_defaults()
        rehoming.rehome()
    done, clashes = keys.refresh()
    return f"{done} names, {clashes} clashes, {loaded} words loaded"


@job(
    "end_name_reservations",
    cron="20 0 * * *",
    does=_l("End reservations whose time is over, and tell whose time is nearly over."),
    tells=_l("%(a)s ended, %(b)s told"),
)
def end_name_reservations() -> str:
    with atomic():
        ended = actions.end_expired()
        reminded = actions.remind()
    return f"{ended} ended, {reminded} told"
