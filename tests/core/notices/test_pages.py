"""Notices as the public sees them, and objections as the office sees them."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from core import notices
from core.accounts.roles import Role
from core.audit.models import AuditEntry
from core.config import Settings
from core.db import atomic, db
from core.messages import outbox
from core.notices.models import Objection, PublicNotice
from tests.core.notices.office import announce, answer, object_to, seat

ATOM = "{http://www.w3.org/2005/Atom}"
FORM = {"name": "王伟", "contact": "wei@example.org", "text": "等级有误", "once": "a"}


def titles(answer):
    return re.findall(r'<h2 class="h5"><a [^>]+>([^<]+)</a>', answer.text)


@pytest.fixture
def archive(officer, frozen):
    frozen("2025-06-02 09:00")
    announce(officer, title="旧公告", kind="registration")
    frozen("2026-03-02 09:00")
    announce(officer, title="注销公告", kind="registration")
    announce(officer, title="评估结果公示", objections_until=date(2026, 3, 6))


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", ["评估结果公示", "注销公告", "旧公告"]),
        ("kind=registration", ["注销公告", "旧公告"]),
        ("kind=nonsense&year=x", ["评估结果公示", "注销公告", "旧公告"]),
        ("year=2025", ["旧公告"]),
        ("only=open", ["评估结果公示"]),
        ("q=注销", ["注销公告"]),
        ("q=%25", []),
    ],
)
def test_the_list_can_be_narrowed(archive, client, query, seen):
    assert titles(client.get(f"/notices?{query}")) == seen


def test_the_list_is_paged(officer, client):
    for n in range(21):
        announce(officer, title=f"公告{n}")
    first = client.get("/notices?kind=grading")
    assert titles(first) == [f"公告{n}" for n in range(20, 0, -1)]
    following = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert following is not None
    assert titles(client.get("/notices" + following[1].replace("&amp;", "&"))) == ["公告0"]
    assert client.get("/notices?after=nonsense").status_code == 400


def test_the_feed_is_atom_and_answers_304(archive, client):
    answer = client.get("/notices.atom?kind=registration")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["注销公告", "旧公告"]
    assert "锦江区<b>养老</b>服务中心" in (entries[0].findtext(f"{ATOM}summary") or "")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 2
    assert all(id and id.startswith("http") for id in ids)
    etag = answer.headers["ETag"]
    again = client.get("/notices.atom?kind=registration", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_notice_shows_its_facts_as_text(notice, client):
    text = client.get(f"/notices/{notice.id}").text
    assert "锦江区&lt;b&gt;养老&lt;/b&gt;服务中心" in text
    assert "2026年3月1日" in text
    assert f"/notices/{notice.id}/object" in text
    assert "data-print" in text
    assert client.get("/notices/999").status_code == 404


def test_a_withdrawn_notice_says_so(notice, client, officer):
    with atomic():
        again = db.session.get_one(PublicNotice, notice.id)
        notices.withdraw(again, reason="公示内容有误", by=officer)
    text = client.get(f"/notices/{notice.id}").text
    assert "公示内容有误" in text
    assert f"/notices/{notice.id}/object" not in text


def test_anybody_objects_and_reads_the_answer_at_their_own_address(notice, client, officer):
    assert client.get(f"/notices/{notice.id}/object").status_code == 200
    sent = client.post(f"/notices/{notice.id}/object", data=FORM)
    assert sent.status_code == 302
    own = client.get(sent.location)
    assert "等级有误" in own.text
    assert "王伟" not in own.text
    assert own.headers["Referrer-Policy"] == "no-referrer"
    assert own.headers["Cache-Control"] == "no-store"
    objection = db.session.scalars(db.select(Objection)).one()
    answer(objection, officer)
    assert "经核实，等级无误。" in client.get(sent.location).text
    assert client.get("/notices/objections/guess").status_code == 404


def test_a_double_click_objects_once(notice, client):
    first, second = (client.post(f"/notices/{notice.id}/object", data=FORM) for _n in range(2))
    assert first.location == second.location
    assert len(db.session.scalars(db.select(Objection)).all()) == 1


@pytest.mark.parametrize(
    "change",
    [{"contact": "none"}, {"contact": "a@b"}, {"name": ""}, {"text": " "}, {"text": "长" * 4001}],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(notice, client, change):
    answer = client.post(f"/notices/{notice.id}/object", data=FORM | change)
    assert answer.status_code == 422
    assert "field--wrong" in answer.text
    if "text" not in change:
        assert "等级有误" in answer.text


def test_a_form_sent_after_the_period_keeps_what_was_typed(notice, client, frozen):
    frozen("2026-03-06 23:59:59")
    assert client.get(f"/notices/{notice.id}/object").status_code == 200
    frozen("2026-03-07 00:00:00")
    late = client.post(f"/notices/{notice.id}/object", data=FORM)
    assert late.status_code == 422
    assert "等级有误" in late.text
    assert client.get(f"/notices/{notice.id}/object").status_code == 409


@pytest.mark.engines("sqlite")
def test_objecting_is_limited_and_protected(notice, world):
    import wsgi

    settings = Settings(**world.settings, RATE_LIMITS=True, FORM_LIMIT="2 per hour")
    app = wsgi.create_app(settings)
    visitor = app.test_client()
    address = f"/notices/{notice.id}/object"
    assert visitor.post(address, data=FORM).status_code == 400, "without a CSRF token"
    app.config["WTF_CSRF_ENABLED"] = False
    sent = [visitor.post(address, data=FORM | {"once": str(n)}).status_code for n in range(3)]
    assert sent == [302, 302, 429]
    assert visitor.get(address).status_code == 200, "looking is not counted"
    with app.app_context():
        db.engine.dispose()


# --- the desk


def test_the_desk_shows_ones_own_offices_objections(notice, officer, as_):
    objection = object_to(notice)
    with atomic():
        other = seat("other", Role.EXAMINER)
    assert "评估结果公示" in as_(officer).get("/objections").text
    assert "评估结果公示" not in as_(other).get("/objections").text
    assert as_(other).get(f"/objections/{objection.id}").status_code == 404
    shown = as_(officer).get(f"/objections/{objection.id}").text
    assert "等级有误" in shown
    assert "王伟" not in shown


def test_looking_at_the_person_needs_a_reason_and_is_recorded(notice, officer, as_):
    objection = object_to(notice)
    visitor, address = as_(officer), f"/objections/{objection.id}/person"
    refused = visitor.post(address, data={"reason": ""})
    assert refused.status_code == 422
    assert "王伟" not in refused.text
    shown = visitor.post(address, data={"reason": "需要核实", "once": "b"})
    assert "王伟" in shown.text
    assert "wei@example.org" in shown.text
    last = db.session.scalar(db.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))
    assert last is not None
    assert (last.action, last.note) == ("notice:reveal", "需要核实")


def test_an_answer_goes_out_by_mail(notice, officer, as_, mail_server):
    objection = object_to(notice)
    visitor, address = as_(officer), f"/objections/{objection.id}"
    assert visitor.post(address, data={"answer": "", "upheld": "no"}).status_code == 422
    done = visitor.post(address, data={"answer": "异议成立。", "upheld": "yes", "once": "c"})
    assert done.location == "/objections"
    assert "评估结果公示" in visitor.get("/objections?show=answered").text
    outbox.deliver_due()
    last = mail_server.to("wei@example.org")[-1]
    assert "异议成立。" in last.get_body(("plain",)).get_content()
    assert visitor.post(address, data={"answer": "再次", "upheld": "no"}).status_code == 409
