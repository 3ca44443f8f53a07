"""What a group and its street are told."""

from core.i18n import _l
from core.messages import MessageTemplate

READY = MessageTemplate(
    key="upgrade.ready",
    subject=_l("%(name)s meets the conditions of registration"),
    body=_l(
        "What is recorded of %(name)s (%(number)s) meets the conditions of registration "
        "(%(type)s). It may now be registered as a legal person: the application is filled in from "
        "the filing, and the group keeps its page, its people and its history.\n"
        "Still settled in the application: %(open)s."
    ),
    label=_l("A filed group meets the conditions of registration: to the group and its street"),
)
