"""`flask messages`: send what waits, and look after what did not arrive."""

import click
from flask.cli import AppGroup

from core import clock
from core.accounts.actor import SYSTEM
from core.db import atomic
from core.errors import DomainError
from core.messages import actions, outbox, queries

group = AppGroup("messages", help="The outbox of mail.")


@group.command("deliver")
def deliver() -> None:
    """Send everything that is due now."""
    click.echo(f"{outbox.deliver_due()} sent")


@group.command("dead")
def dead() -> None:
    """List mails that could not be delivered, or only perhaps were; 1 if there are any."""
    after: str | None = None
    found = False
    while True:
        page = queries.list_undelivered(after=after)
        for lost in page.items:
            found = True
            at = f"{clock.local(lost.message.created_at):%Y-%m-%d %H:%M}"
            click.echo(f"{lost.id} {lost.status} {at} {lost.message.template} {lost.error}")
        after = page.next
        if after is None:
            break
    raise SystemExit(int(found))


@group.command("resend")
@click.argument("delivery_id", type=int)
def resend(delivery_id: int) -> None:
    """Put one of them in line again."""
    try:
        with atomic():
            actions.send_again(queries.access_delivery(delivery_id), by=SYSTEM)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from None
