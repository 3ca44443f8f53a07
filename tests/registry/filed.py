"""What tests of filed groups share: a group of 2024, its papers, its messages, what it hands in."""

import io
import re
from datetime import datetime

from pypdf import PdfReader

from core import clock
from core.attachments import storage
from core.db import atomic, db
from core.documents import Instrument
from core.messages.models import Message
from registry.demo import driver, groups
from registry.organizations.models import Organization

NAME = "春熙路街道总府社区锦绣合唱队"


def at(text):
    """Return a moment of the office's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.OFFICE_ZONE)


def filed(name=NAME, place=1, on="2024-03-05"):
    """File a group on a day, without a case; return its id. Its filing holds for two years."""
    with clock.frozen(at(f"{on} 10:00")):
        return groups.found_group(name, place)


def done(group, kind, state, on=None):
    """Bring a case of the group to a state, on a day or now; return its id."""
    if on is not None:
        with clock.frozen(at(f"{on} 16:00")):
            return done(group, kind, state)
    case_id = groups.start(group, kind, 0)
    driver.drive(case_id, state, days_ago=0)
    return case_id


def group(organization_id):
    """Return the group as the database has it now, with what is changed and not written yet."""
    found = db.session.get_one(Organization, organization_id)
    if not db.session.is_modified(found):
        db.session.refresh(found)
    return found


def enter(case):
    """Write a case straight into the database, past every rule of the application."""
    with atomic():
        db.session.add(case)
        db.session.flush()


def papers(kind="filing_receipt"):
    db.session.expire_all()
    return db.session.scalars(
        db.select(Instrument).where(Instrument.kind == kind).order_by(Instrument.id)
    ).all()


def printed(paper):
    """Return the words of a paper as they were printed, without the spaces between them."""
    pages = PdfReader(io.BytesIO(storage.get(paper.sha256))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def told(template):
    """Return the subjects of the messages of a kind, oldest first."""
    return db.session.scalars(
        db.select(Message.subject).where(Message.template == template).order_by(Message.id)
    ).all()
