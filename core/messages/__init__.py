"""What people are told: an in-app inbox, and mail from an outbox that never sends twice.

A feature declares its words once, in its `notices.py`, and sends them inside an action:

    BID_RECEIVED = MessageTemplate(
        key="tender.bid_received",
        subject=_l("Bid received for %(title)s"),
        body=_l("Your bid %(number)s arrived on %(at)s. The opening is on %(opening)s."),
    )

    messages.send([user], BID_RECEIVED.key, {"title": …, "number": …, "at": bid.at, "opening": …},
                  link=f"/bids/{bid.id}", case_id=bid.id)

Rows are written in the running transaction; the job `deliver_messages` sends after the commit.
"""

from flask import Flask
from sqlalchemy import Select

from core.i18n import _l
from core.messages.actions import send, write_to
from core.messages.wording import MessageTemplate

__all__ = ["MessageTemplate", "init_app", "send", "write_to"]


def init_app(app: Flask) -> None:
    from core import audit
    from core.accounts.actor import Actor
    from core.accounts.roles import Role
    from core.messages import cli, jobs, panels, queries, routes  # noqa: F401 - jobs declares its own
    from core.messages.models import Delivery, DeliveryStatus
    from core.ui import NavEntry, fill_panel, nav_entry

    def unread(actor: Actor) -> Select[int] | None:
        return None if actor.user_id is None else queries.counting_unread(actor.user_id)

    audit.name_fields(
        "message", {"status": audit.Field(_l("Status"), audit.one_of(DeliveryStatus))}
    )
    audit.name_records(
        "Delivery", audit.rows(Delivery, lambda it: it.message.subject, load=[Delivery.message])
    )
    app.cli.add_command(cli.group)
    app.register_blueprint(routes.bp)
    fill_panel(app, "case", panels.of_case)
    nav_entry(app, NavEntry("account", _l("Messages"), "messages.inbox", 10, count=unread))
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Undelivered mail"),
            "messages.undelivered",
            900,
            visible=lambda actor: actor.holds(Role.ADMINISTRATOR),
        ),
    )
    if app.extensions["settings"].APP_ENV == "development":
        app.register_blueprint(routes.development)
        nav_entry(app, NavEntry("footer", _l("Mail of this trial"), "development.mail", 900))
