"""What is handed in for a change: for every one, and for each entry that changes, with the article."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core import attachments
from core.attachments import PAPERS, TEXTS, Slot
from core.errors import Words
from core.i18n import _l
from core.workflow import DocumentSlot
from registry.changes import rules
from registry.changes.entries import LAWS, ChangeLaw, Entry
from registry.organizations.kinds import OrganizationType
from registry.registrations.types import usual

APPLICATION, RESOLUTION, CONSENT, CHARTER, AUDIT, IDENTITY = (
    attachments.declare_slot(slot)
    for slot in (
        Slot("change.application", _l("Application for the change with the seal"), PAPERS),
        Slot("change.resolution", _l("Minutes and resolution on the change"), PAPERS),
        Slot("change.consent", _l("Written consent of the sponsor unit"), PAPERS),
        Slot("change.charter", _l("Charter with what changes marked"), TEXTS),
        Slot("change.audit", _l("Report of the financial audit"), PAPERS),
        Slot(
            "change.identity",
            _l("Identity paper of the new legal representative"),
            PAPERS,
            personal=True,
        ),
    )
)


@dataclass(frozen=True)
class Needed:
    """A paper, and for which entries; for none named it is handed in with every change."""

    slot: Slot
    entries: tuple[Entry, ...] = ()
    hint: Words = ""
    article: Callable[[ChangeLaw], str] = lambda law: law.source

    def asked_of(self, case: Any) -> bool:
        """Return whether this change needs it."""
        if self.slot is CONSENT:
            return rules.needs_written_consent(case)
        return not self.entries or any(entry in case.chosen for entry in self.entries)


NEEDED = (
    Needed(APPLICATION, hint=_l("Signed by the legal representative.")),
    Needed(RESOLUTION, hint=_l("Of the body that decides it by the charter.")),
    Needed(CONSENT, hint=_l("Where it changes: of the present one; the new one is asked here.")),
    Needed(CHARTER, (Entry.NAME, Entry.DOMICILE, Entry.SCOPE, Entry.REGISTERED_FUNDS)),
    Needed(usual.PREMISES, (Entry.DOMICILE,)),
    Needed(
        AUDIT,
        (Entry.LEGAL_REPRESENTATIVE,),
        hint=_l("Made before the legal representative changes."),
        article=lambda law: law.regulation + law.audit,
    ),
    Needed(
        IDENTITY,
        (Entry.LEGAL_REPRESENTATIVE,),
        hint=_l("One file with copies of both sides; only the office can open it."),
    ),
    Needed(usual.CAPITAL, (Entry.REGISTERED_FUNDS,)),
)


def _of(type: OrganizationType, paper: Needed) -> Callable[[Any], bool]:
    return lambda case: case.type is type and paper.asked_of(case)


DOCUMENTS = tuple(
    DocumentSlot(paper.slot, hint=paper.hint, source=paper.article(law), needed=_of(type, paper))
    for type, law in LAWS.items()
    for paper in NEEDED
)
