"""Service guides: written by two people, read by everybody, with values by reference."""

import pytest

from core import editions
from core.db import db
from core.editions import Edition
from core.guides import GUIDE
from core.guides.texts import PARTS
from tests.core.test_policy import DAYS, TODAY, office, settle

__all__ = ["office"]
CHINESE = {f"zh_Hans-{part}": f"内容{part}" for part in PARTS}
ENGLISH = {f"en-{part}": f"Words {part}" for part in PARTS}
GROUNDS = {"effective_from": "2026-11-22", "source": "事项目录2026", "reason": "首次公布"}
ENTERED = {**CHINESE, **GROUNDS, "key": "sample", "online": "", "offered": "y"}


def write(office, as_, address="/guides/add", **changes):
    answer = as_(office["head"]).post(f"{address}?lang=en", data={**ENTERED, **changes})
    if answer.status_code == 302:
        edition = db.session.scalars(db.select(Edition).order_by(Edition.id.desc())).first()
        confirm = f"/editions/{edition.id}/confirm"
        assert as_(office["admin"]).post(confirm).status_code == 302
    return answer


def test_from_writing_to_reading(office, as_, client):
    settle(office, DAYS, 15, TODAY)
    assert write(office, as_, **{"zh_Hans-time": "**{{policy:sample.days}}**"}).status_code == 302
    text = client.get("/guides/sample").text
    assert "<strong>15个工作日</strong>" in text
    english = client.get("/guides/sample?lang=en").text
    assert 'lang="zh-Hans"' in english
    assert "15 working days" in english
    assert "内容title" in client.get("/guides/").text
    assert "No guide" not in client.get("/guides/?lang=en").text
    assert "Nothing matches" in client.get("/guides/?lang=en&q=none").text
    exported = client.get("/guides/guides.csv").data.decode("utf-8-sig")
    assert "15个工作日" in exported or "15 working days" in exported


def test_before_anything_is_written(client):
    assert "No guide is published yet" in client.get("/guides/?lang=en").text
    assert client.get("/guides/sample").status_code == 404


def test_a_second_version_and_what_changed(office, as_, client, frozen):
    write(office, as_, **ENGLISH)
    frozen("2026-11-23 09:00")
    later = {"effective_from": "2026-11-23", "zh_Hans-cost": "每件十元"}
    assert write(office, as_, "/guides/sample/edit", **ENGLISH, **later).status_code == 302
    page = client.get("/guides/sample/versions?lang=en").text
    assert "What changed from 22 November 2026 to 23 November 2026" in page
    assert "每件十元" in page.replace("<ins>", "").replace("</ins>", "") or "十元" in page
    first = editions.history(GUIDE, "sample")[-1]
    old = client.get(f"/guides/sample/versions/{first.id}?lang=en").text
    assert "earlier version" in old
    assert "Words cost" in old
    assert client.get("/guides/sample/versions/99").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": "Sample"}, "Small letters"),
        ({"key": "add"}, "Small letters"),
        ({"key": ""}, "Small letters"),
        ({"zh_Hans-cost": " "}, "Please fill this in"),
        ({"en-title": "Only this"}, "The English text is begun"),
        ({"zh_Hans-time": "{{policy:no.such}}"}, "There is no setting called no.such"),
        ({"zh_Hans-time": "20个工作日"}, "{{policy:sample.days}} (Days of decision)"),
        ({"zh_Hans-time": "<b>x</b>"}, "HTML is not possible"),
        ({"zh_Hans-title": "x" * 101}, "too long"),
        ({"online": "nonsense"}, "Choose one of the values offered"),
        ({"effective_from": "2026-11-21"}, "past"),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_keeps_what_was_typed(
    office, as_, change, words
):
    answer = write(office, as_, **change)
    assert answer.status_code == 422
    assert words in answer.text
    assert "事项目录2026" in answer.text
    assert db.session.scalars(db.select(Edition)).all() == []


def test_a_short_name_is_given_once(office, as_):
    write(office, as_)
    assert "already" in write(office, as_).text


def test_one_that_is_not_offered_is_hidden_from_the_public(office, as_, client):
    entered = {name: it for name, it in ENTERED.items() if name != "offered"}
    head = as_(office["head"])
    assert head.post("/guides/add", data=entered).status_code == 302
    edition = db.session.scalars(db.select(Edition)).one()
    as_(office["admin"]).post(f"/editions/{edition.id}/confirm")
    assert client.get("/guides/sample").status_code == 404
    assert client.get("/guides/sample/versions").status_code == 404
    assert head.get("/guides/sample").status_code == 200
    assert "Not shown to the public" in head.get("/guides/?lang=en").text


def test_it_leads_to_the_online_form_and_back(office, as_, client):
    write(office, as_, online="filing")
    assert 'href="/apply/filing"' in client.get("/guides/sample").text
    assert 'href="/guides/sample"' in client.get("/apply/filing").text


def test_a_preview_shows_and_keeps_nothing(office, as_):
    answer = as_(office["head"]).post(
        "/guides/add?lang=en", data={**ENTERED, **ENGLISH, "preview": "1", "reason": ""}
    )
    assert answer.status_code == 200
    assert "Words steps" in answer.text
    assert db.session.scalars(db.select(Edition)).all() == []
