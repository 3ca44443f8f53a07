"""Mail leaves twice a minute; digests leave at eight."""

from datetime import timedelta

from core.i18n import _l
from core.jobs import job
from core.messages import digest, outbox


@job(
    "deliver_messages",
    every=timedelta(seconds=30),
    does=_l("Send the mail that is due."),
    tells=_l("%(a)s sent"),
)
def deliver_messages() -> str:
    return f"{outbox.deliver_due()} sent"


@job(
    "send_digests",
    cron="0 8 * * *",
    does=_l("Write to each person, once a day, what they have not read."),
    tells=_l("%(a)s written"),
)
def send_digests() -> str:
    return f"{digest.send_digests()} written"
