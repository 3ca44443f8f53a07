"""Mail leaves twice a minute; digests leave at eight."""

from datetime import timedelta

from core.jobs import job
from core.messages import digest, outbox


@job("deliver_messages", every=timedelta(seconds=30))
def deliver_messages() -> str:
    """Send the mail that is due."""
    return f"{outbox.deliver_due()} sent"


@job("send_digests", cron="0 8 * * *")
def send_digests() -> str:
    """Write to each person, once a day, what they have not read."""
    return f"{digest.send_digests()} written"
