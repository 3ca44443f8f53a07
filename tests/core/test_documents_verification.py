"""Verification on any day, of a line of papers, by code, number and file; what is kept of it."""

import io
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from core import documents
from core.accounts import SYSTEM
from core.attachments.storage import get
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.documents import EndGround, signing
from core.documents.jobs import sweep_verifications
from core.documents.models import Instrument, Verification
from core.errors import WrongState
from core.limits import Counter, Limit
from tests.core.papers import FACTS

OLD, NEW = "锦民社证〔2026〕00001号", "锦民社证〔2026〕00002号"


@pytest.fixture(autouse=True)
def _day(app, frozen):
    frozen("2026-03-20 10:00")


def issue(kind="certificate_original", **more):
    with atomic():
        return documents.issue(kind, facts={**FACTS[kind], **more}, by=SYSTEM)


def lost_and_replaced(frozen):
    """A certificate of March 2026, lost in 2027 and replaced by another on 1 June 2027."""
    old = issue()
    frozen("2027-06-01 10:00")
    with atomic():
        new = documents.issue(
            "certificate_original", facts=FACTS["certificate_original"], by=SYSTEM
        )
        old = db.session.get_one(Instrument, old.id)
        documents.void(old, reason="张三遗失", ground=EndGround.LOST, successor=new, by=SYSTEM)
        return old.number, new.number


def look(client, number, **query):
    return client.get(f"/verify/{quote(number)}", query_string={"lang": "en", **query})


@pytest.mark.engines("sqlite")
def test_a_line_is_told_on_every_day(client, frozen):
    old, new = lost_and_replaced(frozen)
    cases = [
        (old, "2026-03-19", "not valid yet on 19 March 2026"),
        (old, "2026-03-20", "Genuine, and valid on 20 March 2026"),
        (old, "2027-05-31", "It ended later, on 1 June 2027: Lost, and declared void."),
        (old, "2027-06-01", "Declared void on 1 June 2027"),
        (old, "2031-01-01", "Declared void on 1 June 2027"),
        (new, "2027-05-31", "not valid yet on 31 May 2027"),
        (new, "2030-03-19", "As far as is known today"),
        (new, "2030-03-20", "Genuine, but expired"),
    ]
    for number, day, words in cases:
        answer = look(client, number, on=day)
        assert answer.status_code == 200
        assert words in answer.text, f"{number} on {day}"
    today = look(client, old).text
    assert "Lost, and declared void" in today
    assert quote(new) in today
    assert "张三" not in today, "reasons may name persons"
    assert quote(old) in look(client, new).text, "the line leads back too"


@pytest.mark.engines("sqlite")
def test_a_day_that_is_none_is_refused_beside_its_field(client):
    number = issue().number
    answer = look(client, number, on="2026-02-30")
    assert answer.status_code == 422
    assert "Please write the day as 2026-03-01." in answer.text
    assert 'value="2026-02-30"' in answer.text
    assert "Genuine and valid" in answer.text
    answer = client.get("/verify", query_string={"number": number, "on": "2026-03-01"})
    assert answer.location.endswith("?on=2026-03-01")


@pytest.mark.engines("sqlite")
def test_an_older_file_of_the_line_is_told_as_such(client, frozen):
    old, new = lost_and_replaced(frozen)
    papers = {p.number: get(p.sha256) for p in db.session.scalars(db.select(Instrument))}
    other = issue("filing_receipt")
    for page, file, words in [
        (new, papers[old], "The file is an older document of this line"),
        (old, papers[new], "The file is a newer document of this line"),
        (new, papers[new], "The file is the one that was issued"),
        (new, get(other.sha256), "It is another document of this office:"),
        (new, b"%PDF-1.7 something else", "The file differs from the one that was issued"),
    ]:
        upload = {"upload": (io.BytesIO(file), "x.pdf")}
        answer = client.post(f"/verify/{quote(page)}?lang=en", data=upload)
        assert words in answer.text
    answer = client.post("/verify?lang=en", data={"upload": (io.BytesIO(papers[old]), "x.pdf")})
    assert "But it no longer holds" in answer.text


def signed_paper():
    with atomic():
        signing.new_key(by=SYSTEM)
    return issue()


@pytest.mark.engines("sqlite")
def test_the_square_code_is_checked_and_forgeries_are_put_on_record(client):
    paper = signed_paper()
    code = paper.payload
    answer = client.get(f"/verify/s/{code}?lang=en")
    assert answer.status_code == 200
    assert "The QR code is signed by this office" in answer.text
    assert paper.number in answer.text
    forged = signing.sign(
        number=paper.number,
        title="社会团体法人登记证书（正本）",
        facts={**paper.facts, "legal_representative": "冒名者"},
        issued_on=paper.issued_on,
        valid_until=paper.valid_until,
    )
    before = db.session.scalar(db.select(db.func.max(AuditEntry.id)))
    refused = {
        code[:100]: "A part of the QR code is missing",
        code[:150] + ("A" if code[150] != "A" else "B") + code[151:]: "The signature does not fit",
        "HELLO": "This is not the QR code of a paper of this office",
        forged: "The signature does not fit",
        "A" * 3000: "This is not the QR code of a paper of this office",
    }
    for text_, words in refused.items():
        answer = client.get(f"/verify/s/{text_}?lang=en")
        assert answer.status_code == 422
        assert words in answer.text
    entries = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.id > before).order_by(AuditEntry.id)
    ).all()
    assert [e.action for e in entries] == ["instrument:refuse_code"] * 5
    flaws = [e.changes["flaw"][1] for e in entries]
    assert flaws == ["truncated", "tampered", "foreign", "tampered", "foreign"]


@pytest.mark.engines("sqlite")
def test_a_hidden_paper_looks_like_one_that_never_was(client):
    hidden = issue("site_visit_record")
    absent = re.sub(r"\d{4}号$", "9999号", hidden.number)
    pages = [
        re.sub(r'(value|content|data-\w+)="[^"]{20,}"', "", client.get(f"/verify/{quote(n)}").text)
        .replace(n, "N")
        .replace(quote(n), "N")
        for n in (hidden.number, absent)
    ]
    assert pages[0] == pages[1]
    assert hidden.payload is None
    upload = {"upload": (io.BytesIO(get(hidden.sha256)), "x.pdf")}
    assert "was not issued here" in client.post("/verify?lang=en", data=upload).text


@pytest.mark.engines("sqlite")
def test_that_somebody_asked_is_kept_for_a_while_but_not_who_or_what(client, frozen):
    number = issue("submission_receipt").number
    look(client, number)
    look(client, "张三 510104198503071220")
    rows = db.session.scalars(db.select(Verification).order_by(Verification.id)).all()
    assert [(r.means, r.told, r.instrument_id is None) for r in rows] == [
        ("number", "valid", False),
        ("number", "unknown", True),
    ]
    assert {c.name for c in Verification.__table__.columns} == {
        "id", "at", "means", "instrument_id", "told",
    }  # fmt: skip
    frozen("2026-09-18 10:00")
    assert sweep_verifications().startswith("0 ")
    frozen("2026-09-20 10:00")
    assert sweep_verifications().startswith("2 ")


@pytest.mark.engines("sqlite")
def test_one_address_cannot_try_numbers_without_end(app, client):
    app.extensions["limits"] = Counter({"verify": Limit(2, timedelta(minutes=1))})
    try:
        answers = [look(client, f"锦民社证〔2026〕0000{n}号").status_code for n in range(3)]
    finally:
        app.extensions["limits"] = None
    assert answers == [404, 404, 429]


def test_a_paper_is_replaced_once_and_stays_ended(app):
    old, first, second = (issue("submission_receipt").id for _each in range(3))
    with atomic():
        documents.replace(*map(paper, (old, first)), by=SYSTEM)
    with pytest.raises(WrongState), atomic():
        documents.replace(*map(paper, (old, second)), by=SYSTEM)
    for change in (
        f"UPDATE instrument SET replaced_by_id = {second} WHERE id = {old}",
        f"UPDATE instrument SET status = 'valid', ended_on = NULL WHERE id = {old}",
        f"UPDATE instrument SET end_ground = 'lost' WHERE id = {old}",
    ):
        with pytest.raises(DatabaseError, match="stays as it was issued"), atomic():
            db.session.execute(text(change))
    with pytest.raises(DatabaseError), atomic():  # one successor cannot stand for two
        db.session.execute(
            text(
                "UPDATE instrument SET status = 'replaced', end_ground = 'changed', "
                f"ended_on = '2026-03-20', replaced_by_id = {first} WHERE id = {second}"
            )
        )


def paper(number):
    return db.session.get_one(Instrument, number)


@pytest.mark.engines("sqlite")
def test_the_keys_are_published_for_other_programs(client):
    with atomic():
        key = signing.new_key(by=SYSTEM).id
    answer = client.get("/verify/keys.json")
    assert answer.json["keys"][0]["id"] == key
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    worker = client.get("/verify/worker.js")
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Service-Worker-Allowed"] == "/verify"
    for address in re.findall(r'"(/[^"]+)"', worker.text):
        assert client.get(address).status_code == 200, address
    page = client.get("/verify/offline")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
