"""Uploads are looked into for viruses, and what broken ones leave behind is swept away."""

from datetime import timedelta

from core import clock, policy
from core.attachments import scanning
from core.attachments.models import Verdict
from core.attachments.policy import STRAY_HOURS
from core.attachments.sweeping import sweep_stray_files
from core.i18n import _l
from core.jobs import job


@job(
    "look_into_uploads",
    every=timedelta(seconds=15),
    does=_l("Ask the virus scanner about files that were handed in, where one is set."),
    tells=_l("%(a)s clean, %(b)s infected, %(c)s to be tried again"),
)
def look_into_uploads() -> str:
    counts = scanning.look_into_due()
    return (
        f"{counts[Verdict.CLEAN]} clean, {counts[Verdict.INFECTED]} infected,"
        f" {counts[Verdict.WAITING]} to be tried again"
    )


@job(
    "enrol_older_uploads",
    every=timedelta(minutes=15),
    does=_l("Have files looked into that were handed in before a virus scanner was set."),
    tells=_l("%(a)s files to be looked into"),
)
def enrol_older_uploads() -> str:
    return f"{scanning.enrol_older()} files to be looked into"


@job(
    "sweep_stray_files",
    cron="20 4 * * *",
    does=_l("Remove stored content that no record names and that has lain there for a while."),
    tells=_l("%(a)s files removed"),
)
def sweep() -> str:
    before = clock.now() - timedelta(hours=policy.value(STRAY_HOURS))
    return f"{sweep_stray_files(before)} files removed"
