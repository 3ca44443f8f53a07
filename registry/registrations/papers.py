"""The papers an association hands in (社会团体登记管理条例 art. 11)."""

from core import attachments
from core.attachments import PAPERS, TABLES, TEXTS, Slot
from core.i18n import _l
from core.workflow import DocumentSlot

SLOTS = {
    slot.key: attachments.declare_slot(slot)
    for slot in (
        Slot("registration.application", _l("Application signed by the promoters"), PAPERS),
        Slot("registration.charter", _l("Draft charter"), TEXTS),
        Slot("registration.capital", _l("Proof of funds (capital verification)"), PAPERS),
        Slot("registration.premises", _l("Proof of the right to use the premises"), PAPERS),
        Slot("registration.members", _l("List of members"), TABLES | PAPERS),
        Slot(
            "registration.identities",
            _l("Identity papers of promoters and proposed officers"),
            PAPERS,
            personal=True,
        ),
    )
}
ART_11 = "社会团体登记管理条例第十一条"
DOCUMENTS = (
    DocumentSlot(SLOTS["registration.application"], source=ART_11),
    DocumentSlot(SLOTS["registration.charter"], source=ART_11),
    DocumentSlot(SLOTS["registration.capital"], source=ART_11),
    DocumentSlot(SLOTS["registration.premises"], source=ART_11),
    DocumentSlot(
        SLOTS["registration.members"],
        hint=_l("Name and work place or address of each member."),
        source=ART_11,
    ),
    DocumentSlot(
        SLOTS["registration.identities"],
        hint=_l("One file with copies of both sides; only the office can open it."),
        source=ART_11,
    ),
)
