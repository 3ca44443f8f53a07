"""Drafts that nobody changes: reminded, ended, and in the end without what they said of persons."""

from datetime import timedelta

from core import attachments, clock
from core.accounts import SYSTEM
from core.attachments import Upload
from core.attachments.models import Attachment, StoredFile
from core.attachments.sweeping import sweep_stray_files
from core.counter.models import AssistedFiling
from core.db import atomic, db
from core.messages.models import Channel, Message
from core.oversight.actions import remind
from core.privacy import retention
from core.workflow import workflow_of
from core.workflow.actions import save_section
from core.workflow.models import Case
from core.workflow.sweep import sweep_overdue
from registry.demo import groups
from registry.filings.models import Filing
from registry.renewals.models import FilingRenewal
from tests.core import files
from tests.journeys.test_filing import FOUNDERS
from tests.registry.filed import filed


def later(frozen, days):
    frozen(clock.now() + timedelta(days=days))


def test_a_draft_left_alone_is_reminded_and_ends(town, frozen):
    """Personal Information Protection Law, art. 19: no longer than the purpose needs."""
    frozen("2036-03-03 09:00")
    draft_id = _draft(town)
    later(frozen, 170)
    with atomic():
        draft = db.session.get_one(Case, draft_id)
        save_section(
            draft, "group", by=town.as_themselves("choir"), title="锦绣合唱队", division_id=None
        )
    later(frozen, 150)
    assert (sweep_overdue(), remind()) == (0, 0)
    later(frozen, 29)
    assert (sweep_overdue(), remind(), remind()) == (0, 1, 0)
    later(frozen, 12)  # a period that ends on a day off ends on the next working day
    assert (sweep_overdue(), sweep_overdue()) == (1, 0)
    case = db.session.get_one(Case, draft_id)
    assert (case.state, case.number, case.events[-1].step) == ("lapsed", None, "expire")
    assert db.session.scalars(db.select(Message.id).where(Message.case_id == draft_id)).all()


def test_what_ended_drafts_say_of_persons_goes(town, frozen, storage):
    frozen("2036-02-10 10:00")
    draft_id, renewal_id = _draft(town), groups.start(filed(), "filing_renewal", 0)
    with atomic():
        digest = attachments.attach(
            slot="registration.identities", upload=Upload("id.pdf", files.pdf("id")),
            case_id=draft_id, by=SYSTEM,
        ).sha256  # fmt: skip
        db.session.add(
            AssistedFiling(
                case_id=draft_id, officer_id=town.street.user.id, office_id=town.street.body.id,
                applicant_id=town.choir.user.id, contact="li@example.org", channel=Channel.MAIL,
            )
        )  # fmt: skip
        for case_id in (draft_id, renewal_id):
            case = db.session.get_one(Case, case_id)
            case.number = case.submitted_at = None
            case.closed_at = clock.now()
    later(frozen, 179)
    assert not any(retention.sweep().values())
    later(frozen, 2)
    done = {key: n for key, n in retention.sweep().items() if n}
    assert done == {"filing_drafts": 1, "renewal_drafts": 1, "draft_papers": 1}
    kept = db.session.get_one(Filing, draft_id)
    assert (kept.person_phone, kept.person_in_charge, kept.founders) == (None, None, [])
    assert db.session.get_one(FilingRenewal, renewal_id).person_phone is None
    assert not db.session.scalars(db.select(Attachment)).all()
    sweep_stray_files(clock.now())
    assert db.session.get(StoredFile, digest) is None
    assert not any(retention.sweep().values())
    later(frozen, 200)
    assert retention.sweep()["counter"] == 1
    assert db.session.get_one(AssistedFiling, draft_id).contact == ""


def _draft(town):
    """Return the id of a draft of a filing that names its person in charge."""
    with atomic():
        starter = workflow_of("filing").starter
        assert starter is not None
        case = starter({}, by=town.as_themselves("choir"))
        case.person_in_charge, case.person_phone = "李秀英", "13800000002"
        case.founders = FOUNDERS.splitlines()
    return case.id
