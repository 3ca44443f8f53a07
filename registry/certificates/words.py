"""What holders of certificates are told."""

from core.i18n import _l
from core.messages import MessageTemplate

ENDING = MessageTemplate(
    key="certificate.ending",
    subject=_l("The certificate %(number)s ends on %(day)s"),
    body=_l(
        "The registration certificate %(number)s of %(name)s is valid until %(day)s.\n"
        "Please apply for its renewal by %(by)s, so that it does not end in between "
        "(Administrative Licensing Law, art. 50). The form is filled in within a few minutes."
    ),
    label=_l("A certificate ends soon: to its organization"),
)
