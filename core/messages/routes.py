from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, holding, page_for, signed_in
from core.accounts import sessions
from core.accounts.actor import current_actor
from core.accounts.roles import Role
from core.accounts.rules import own_path
from core.config import settings
from core.errors import NotAllowed
from core.forms import Form
from core.i18n import _
from core.messages import actions, queries
from core.messages.forms import WishForm
from core.messages.gateway import text_of
from core.messages.letters import letter_of
from core.messages.models import Channel, Delivery, Message
from core.ui import page

bp = Blueprint("messages", __name__, url_prefix="/messages")
development = Blueprint("development", __name__, url_prefix="/development")


@bp.get("")
@page_for(signed_in)
def inbox() -> ResponseReturnValue:
    unread = request.args.get("show") == "unread"
    found = queries.list_inbox(current_actor(), unread=unread, after=request.args.get("after"))
    entries = [(message, Form()) for message in found.items]
    return page(
        "messages/inbox.html",
        entries=entries,
        found=found,
        unread_only=unread,
        unread=queries.count_unread(current_actor()),
        form=Form(),
    )


@bp.get("/<int:message_id>")
@page_for(signed_in)
def message_open(message_id: int) -> ResponseReturnValue:
    """Lead to what a message is about. Raises NotAllowed, with the body to act for, where that is
    another than now: as a case does that is opened by its address.
    """
    actor = current_actor()
    message = queries.access_message(message_id, actor)
    body = queries.other_body(message, actor)
    if body is not None:
        words = _("This was written to you for %(body)s.", body=body.name)
        raise NotAllowed(words, as_body=body.id)
    return redirect(_target(message))


@bp.post("/<int:message_id>/read")
@page_for(signed_in)
def message_read(message_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    message = queries.access_message(message_id, actor)
    body, target = queries.other_body(message, actor), _target(message)
    form.perform(actions.mark_read, message, by=actor)
    if "follow" not in request.form:
        return redirect(url_for("messages.inbox"))
    if body is not None:
        sessions.act_for(body.id)
        sessions.say_for_whom()
    return redirect(target)


def _target(message: Message) -> str:
    return own_path(message.link) or url_for("messages.inbox")


@bp.post("/read")
@page_for(signed_in)
def messages_read() -> ResponseReturnValue:
    Form().perform(actions.mark_all_read, by=current_actor())
    return redirect(url_for("messages.inbox"))


@bp.route("/choices", methods=["GET", "POST"])
@page_for(signed_in)
def choices() -> ResponseReturnValue:
    actor = current_actor()
    assert actor.user is not None
    wish = actions.wish_of(actor.user)
    form = WishForm(data={"mail": wish.mail.value, "sms": wish.sms})
    if not (settings().SMS_URL and actor.user.phone):
        del form.sms
    if form.perform(actions.choose, by=actor):
        flash(_("Your choice holds from the next message on."), "success")
        return redirect(url_for("messages.inbox"))
    return page("messages/choices.html", form.status, form=form, address=actor.user.email)


@bp.get("/undelivered")
@page_for(holding(Role.ADMINISTRATOR))
def undelivered() -> ResponseReturnValue:
    found = queries.list_undelivered(after=request.args.get("after"))
    return page(
        "messages/undelivered.html",
        found=found,
        entries=[(delivery, Form()) for delivery in found.items],
        is_sending=bool(settings().MAIL_URL),
        depths=queries.depths(),
    )


@bp.post("/undelivered/<int:delivery_id>")
@page_for(holding(Role.ADMINISTRATOR))
def delivery_again(delivery_id: int) -> ResponseReturnValue:
    if Form().perform(actions.send_again, queries.access_delivery(delivery_id), by=current_actor()):
        flash(_("The mail stands in line again and leaves within a minute."), "success")
    return redirect(url_for("messages.undelivered"))


@development.get("/mail")
@page_for(anyone)
def mail() -> ResponseReturnValue:
    """Every mail and text message as it would leave, on a machine that sends none."""
    found = queries.list_all_mail(after=request.args.get("after"))
    letters = [(delivery, _words_of(delivery)) for delivery in found.items]
    return page("messages/development_mail.html", found=found, letters=letters)


def _words_of(delivery: Delivery) -> str:
    if delivery.channel is Channel.SMS:
        return text_of(delivery)
    try:
        text = letter_of(delivery).mail.get_body(("plain",))
    except ValueError:  # an address no mail can carry: it is dead, but can be looked at
        return delivery.message.text
    return str(text.get_content()) if text is not None else ""
