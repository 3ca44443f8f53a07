"""One's own copy: identities linked, objections raised, papers handed in."""

from core.accounts import User
from core.accounts.identity import IdentityLink
from core.attachments.models import Attachment
from core.attachments.rules import slot_named
from core.audit.models import AuditEntry
from core.db import db
from core.errors import NotFound
from core.i18n import _l
from core.notices.models import Objection
from core.privacy.own import Coded, OwnPart, Rows, offer_own


def _identities(user: User) -> Rows:
    found = db.session.scalars(
        db.select(IdentityLink).where(IdentityLink.user_id == user.id).order_by(IdentityLink.id)
    )
    return [
        {
            "platform": it.issuer,
            "identity": it.subject,
            "linked_at": it.linked_at,
            "used_at": it.used_at,
        }
        for it in found
    ]


def _objections(user: User) -> Rows:
    """Return what was objected to while signed in: whoever was not is known by no account."""
    raised = db.select(AuditEntry.subject_id).where(
        AuditEntry.actor_id == user.id, AuditEntry.action == "notice:object"
    )
    found = db.session.scalars(
        db.select(Objection).where(Objection.id.in_(raised)).order_by(Objection.id)
    )
    return [
        {
            "notice": it.notice.title,
            "raised_at": it.raised_at,
            "name": it.name,
            "contact": it.contact,
            "text": it.text,
            "answered_at": it.answered_at,
            "answer": it.answer,
        }
        for it in found
    ]


def _papers(user: User) -> Rows:
    found = db.session.scalars(
        db.select(Attachment).where(Attachment.uploaded_by_id == user.id).order_by(Attachment.id)
    )
    return [
        {"paper": _called(it), "name": it.name, "at": it.at, "removed_at": it.removed_at}
        for it in found
    ]


def _called(attachment: Attachment) -> Coded:
    try:
        words = slot_named(attachment.slot).label
    except NotFound:
        words = attachment.slot
    return Coded(attachment.slot, words)


offer_own(
    OwnPart(
        "identities", _l("Identities linked to your account"), _identities,
        {
            "platform": _l("Platform"), "identity": _l("Identity"), "linked_at": _l("Linked on"),
            "used_at": _l("Last used"),
        },
    )
)  # fmt: skip
offer_own(
    OwnPart(
        "objections", _l("Objections you raised"), _objections,
        {
            "notice": _l("Notice"), "raised_at": _l("Raised at"), "name": _l("Name"),
            "contact": _l("Contact"), "text": _l("Text"), "answered_at": _l("Answered at"),
            "answer": _l("Answer"),
        },
    )
)  # fmt: skip
offer_own(
    OwnPart(
        "papers", _l("Papers you handed in"), _papers,
        {
            "paper": _l("Paper"), "name": _l("File"), "at": _l("Handed in at"),
            "removed_at": _l("Removed at"),
        },
    )
)  # fmt: skip
