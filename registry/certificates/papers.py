"""What an organization hands in for another certificate."""

from core import attachments
from core.attachments import PAPERS, Slot
from core.i18n import _l
from core.workflow import DocumentSlot
from registry.certificates import rules

SLOTS = {
    slot.key: attachments.declare_slot(slot)
    for slot in (
        Slot("certificate.application", _l("Application with the organization's seal"), PAPERS),
        Slot("certificate.publication", _l("Page on which the loss was made public"), PAPERS),
        Slot("certificate.old", _l("Picture of the old certificate"), PAPERS),
    )
}
DOCUMENTS = (
    DocumentSlot(SLOTS["certificate.application"], source=rules.ISSUING),
    DocumentSlot(
        SLOTS["certificate.publication"],
        hint=_l("The newspaper's page, with its name and date."),
        source=rules.ISSUING,
        needed=rules.is_lost,
    ),
    DocumentSlot(
        SLOTS["certificate.old"],
        hint=_l("The certificate itself is handed in when you fetch the new one."),
        source=rules.ISSUING,
        needed=rules.is_surrendered,
    ),
)
