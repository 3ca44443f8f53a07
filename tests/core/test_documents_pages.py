"""Verification by everyone, from a telephone, without a script; papers for their owners."""

import io
from urllib.parse import quote

import pytest

from core import documents
from core.accounts import SYSTEM, Actor, Body, BodyKind, Membership, Role, User
from core.attachments.storage import get
from core.db import atomic, db
from core.notices import publish
from tests.core.papers import FACTS

NUMBER = "锦民社证〔2026〕00001号"
ADDRESS = f"/verify/{quote(NUMBER)}"


@pytest.fixture(autouse=True)
def _day(app, frozen):
    frozen("2026-03-20 10:00")


@pytest.fixture
def body(app):
    body = Body(kind=BodyKind.DEPARTMENT, name="Body")
    db.session.add(body)
    db.session.commit()
    return body


def issue(kind="certificate_original", **more):
    with atomic():
        return documents.issue(kind, facts=FACTS[kind], by=SYSTEM, **more)


def upload(content, name="x.pdf"):
    return {"upload": (io.BytesIO(content), name)}


def test_valid_certificate_is_shown_with_its_facts(client):
    paper = issue()
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    for words in (NUMBER, "社会团体法人登记证书", "51510104MJQ0000155", "龚䶮", "30,000.00 元",
                  "2030年3月19日", "成都市锦江区民政局", paper.sha256):  # fmt: skip
        assert words in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        "锦民社证[2026]00001号",
        "锦民社证（2026）00001号",
        "锦民社证〔２０２６〕００００１号",
        " 锦民社证〔2026〕 00001号",
        "锦民社证〔2026〕00001",
        "锦民社证(2026)1号",
        "锦民社证2026年第1号",
    ],
)
def test_typed_number_leads_to_its_page(client, typed):
    issue()
    answer = client.get("/verify", query_string={"number": typed})
    assert answer.status_code == 302
    assert NUMBER in client.get(answer.location).text


def test_unknown_number_is_a_helpful_404(client):
    answer = client.get("/verify/锦民社证〔2026〕99999号?lang=en")
    assert answer.status_code == 404
    assert "Nothing was found under this number" in answer.text
    assert "says nothing of whether the paper is genuine" in answer.text
    assert "锦民社证〔2026〕99999号" in answer.text
    assert 'value="锦民社证〔2026〕99999号"' in answer.text
    assert 'name="upload"' in answer.text


def test_number_of_a_case_is_told_by_its_shape_and_nothing_more(client):
    told = {
        client.get(f"/verify/DJ-2026-{it}?lang=en").text.count(it) for it in ("000001", "000999")
    }
    answer = client.get("/verify/DJ-2026-000001?lang=en")
    assert answer.status_code == 404
    assert "This is a case number, not the number of a document" in answer.text
    assert len(told) == 1, "a case that is there and one that is not look the same"
    assert "This is a case number" not in client.get("/verify/XX-2026-000001?lang=en").text


def test_number_of_a_notice_leads_to_the_notice(client, body):
    with atomic():
        notice = publish(
            kind="filing",
            title="拟注销备案公示",
            facts={},
            body_id=body.id,
            series="备公示〔{year}〕{place}号",
            by=SYSTEM,
        )
    answer = client.get("/verify/备公示(2026)1?lang=en")
    assert "拟注销备案公示" in answer.text
    assert f'href="/notices/{notice.id}"' in answer.text


def test_number_with_markup_or_slashes_is_only_text(client):
    answer = client.get("/verify/a/b/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("void", "Declared void on 20 March 2026"),
        ("replaced", "Replaced on 20 March 2026 by:"),
        ("expired", "Genuine, but expired"),
    ],
)
def test_page_says_how_a_paper_ended(client, frozen, end, words):
    paper = issue()
    other = issue()
    if end == "void":
        with atomic():
            documents.void(paper, reason="张三遗失", by=SYSTEM)
    elif end == "replaced":
        with atomic():
            documents.replace(paper, other, by=SYSTEM)
    else:
        frozen("2030-03-20 00:00")
    answer = client.get(f"{ADDRESS}?lang=en")
    assert words in answer.text
    assert "Genuine and valid" not in answer.text
    assert "张三" not in answer.text, "reasons may name persons"
    assert (quote("锦民社证〔2026〕00002号") in answer.text) == (end == "replaced")


def test_notice_is_verified_without_telling_what_it_says(client):
    issue("acceptance_notice")
    answer = client.get(f"/verify/{quote('锦民受〔2026〕0001号')}")
    assert answer.status_code == 200
    assert "受理通知书" in answer.text
    assert FACTS["acceptance_notice"]["recipient"] not in answer.text
    assert FACTS["acceptance_notice"]["case_number"] not in answer.text


def test_issued_file_is_recognised_with_and_without_its_number(client, storage):
    content = file_of(issue())
    before = sorted(storage.rglob("*"))
    for address in ("/verify", ADDRESS):
        answer = client.post(f"{address}?lang=en", data=upload(content))
        assert answer.status_code == 200
        assert "The file is the one that was issued" in answer.text
        assert NUMBER in answer.text
    assert sorted(storage.rglob("*")) == before, "nothing is kept of what was compared"


def file_of(paper):
    return get(paper.sha256)


def test_changed_file_is_recognised_as_such(client):
    content = file_of(issue()).replace(b"/Title", b"/Titel", 1) + b"\n"
    answer = client.post(f"{ADDRESS}?lang=en", data=upload(content))
    assert "The file differs from the one that was issued" in answer.text
    answer = client.post("/verify?lang=en", data=upload(content))
    assert "This file was not issued here" in answer.text


def test_another_genuine_file_does_not_pass_for_this_one(client):
    issue()
    other = file_of(issue("filing_receipt"))
    answer = client.post(f"{ADDRESS}?lang=en", data=upload(other))
    assert "The file differs from the one that was issued" in answer.text


@pytest.mark.parametrize("address", ["/verify", ADDRESS])
def test_comparing_nothing_is_refused_beside_the_field(client, address):
    issue()
    answer = client.post(f"{address}?lang=en", data={})
    assert answer.status_code == 422
    assert "Please choose a file." in answer.text


def test_pages_carry_no_script_of_their_own(client):
    issue()
    for address in ("/verify", ADDRESS):
        answer = client.get(address)
        assert "style=" not in answer.text
        assert "onclick" not in answer.text
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_owner_downloads_their_paper_and_strangers_find_none(as_, client, body):
    people = []
    for login in ("owner", "stranger"):
        user = User(login=login, display_name=login, password_hash="", session_stamp=login)
        db.session.add(user)
        people.append(user)
    db.session.flush()
    db.session.add(Membership(user=people[0], body=body, role=Role.OWNER))
    db.session.commit()
    paper = issue(body_id=body.id)
    address = f"/instruments/{paper.id}.pdf"
    answer = as_(Actor(user=people[0], body=body)).get(address)
    assert answer.data == file_of(paper)
    assert answer.mimetype == "application/pdf"
    assert quote(NUMBER) in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert as_(people[1]).get(address).status_code == 404
    assert as_(people[1]).get("/instruments/999999.pdf").status_code == 404
    assert client.get(address).status_code == 302
