"""Duty lists: a table read line by line, in versions, shown to everybody."""

import io

import pytest

from core.db import db
from core.editions import Edition
from core.errors import RuleBroken
from registry.duties import queries
from registry.duties.texts import COLUMNS, read_table, written_table

HEAD = ",".join(COLUMNS)
LINE = "1,公共服务,运行公共服务站,街道,各街道办事处,实施意见,2010-03-01,"
OTHER = "2,社区治理,指导居民会议,社区,社区居民委员会,城市居民委员会组织法,,"
GROUNDS = {"effective_from": "2026-11-23", "source": "锦委办发8号", "reason": "首次公布"}
PAGE = "/duties/streets/edit"


def table(*lines):
    return "\n".join([HEAD, *lines])


def test_a_table_is_read_and_written_back(app):
    duties = read_table(table(LINE, "", OTHER))
    assert [it["level"] for it in duties] == ["street", "community"]
    assert read_table(written_table(duties)) == duties


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1"),
        ("a,b", "Line 1"),
        (HEAD, "no duty"),
        (table("1,x"), "Line 2: a line has 8 fields, this one has 2"),
        (table(LINE, LINE), "number 1 is given to two"),
        (table(LINE.replace("运行公共服务站", "")), "“Duty” is empty"),
        (table(LINE.replace("街道,各", "乡,各")), "“乡” is no level"),
        (table(LINE.replace("2010-03-01", "2010年3月")), "is not a day"),
        (table(LINE.replace("实施意见", "x" * 501)), "longer than 500"),
    ],
)
def test_mistakes_are_named_with_their_line(app, english, text, words):
    with pytest.raises(RuleBroken) as refused:
        read_table(text)
    assert words in str(refused.value)
    assert refused.value.field == "table"


def test_from_the_table_to_the_public_page(town, as_, client, frozen):
    frozen("2026-11-23 09:00")
    head, admin = as_(town.head), as_(town.admin)
    assert "not published yet" in client.get("/duties/?lang=en").text
    refused = head.post(f"{PAGE}?lang=en", data={**GROUNDS, "table": table(LINE + "no-such")})
    assert refused.status_code == 422
    assert "no-such" in refused.text
    preview = head.post(PAGE, data={"table": table(LINE), "preview": "1"})
    assert preview.status_code == 200
    assert "运行公共服务站" in preview.text
    file = (io.BytesIO(table(LINE, OTHER).encode("gb18030")), "list.csv")
    assert head.post(PAGE, data={**GROUNDS, "file": file, "note": "动态调整"}).status_code == 302
    edition = db.session.scalars(db.select(Edition)).one()
    assert head.post(f"/editions/{edition.id}/confirm").status_code == 422
    assert admin.post(f"/editions/{edition.id}/confirm").status_code == 302
    text = client.get("/duties/").text
    assert "运行公共服务站" in text
    assert "2010年3月1日" in text or "2010-03-01" in text
    narrowed = client.get("/duties/?passed_down=y&level=street").text
    assert "指导居民会议" not in narrowed
    assert "Nothing matches" in client.get("/duties/?lang=en&q=none").text
    exported = client.get("/duties/streets.csv").data.decode("utf-8-sig")
    assert len(read_table(exported)) == 2
    assert client.get("/duties/powers.xlsx").status_code == 200
    assert "only one version" in client.get("/duties/streets/versions?lang=en").text
    assert client.get(f"/duties/streets/versions/{edition.id}").status_code == 200
    assert client.get(f"/duties/powers/versions/{edition.id}").status_code == 404
    assert client.get("/duties/nonsense/versions").status_code == 404
    assert as_(town.examiner).get(PAGE).status_code == 403


def test_a_changed_duty_is_named_in_the_difference(town, as_, client, frozen):
    frozen("2026-11-23 09:00")
    for day, line in (("2026-11-23", LINE), ("2026-11-24", LINE.replace("2010-03-01", ""))):
        as_(town.head).post(PAGE, data={**GROUNDS, "effective_from": day, "table": table(line)})
        edition = db.session.scalars(db.select(Edition).order_by(Edition.id.desc())).first()
        as_(town.admin).post(f"/editions/{edition.id}/confirm")
    text = client.get("/duties/streets/versions?lang=en").text
    assert "No. 1" in text
    assert len(queries.lists()) == 2


def test_a_file_that_is_no_text_is_refused(town, as_):
    file = (io.BytesIO(b"\xff\xff\xff"), "list.csv")
    answer = as_(town.head).post(f"{PAGE}?lang=en", data={**GROUNDS, "file": file})
    assert answer.status_code == 422
    assert "neither UTF-8" in answer.text
