"""When something of ours breaks: a page with its number, in the reader's language, always."""

import pytest
from sqlalchemy import create_engine

from core.access import page_for, staff
from core.db import db

NOWHERE = {
    "sqlite": "sqlite:////nowhere/at/all.db",
    "postgresql": "postgresql+psycopg://nobody@/none?host=%2Fnowhere",
}


@pytest.fixture
def served(app, monkeypatch):
    """The application as it serves people: a fault becomes a page."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return app


@pytest.fixture
def no_database(app, engine, monkeypatch):
    """The database of the application is away."""
    db.session.remove()
    lost = create_engine(NOWHERE[engine])
    monkeypatch.setitem(db.engines, None, lost)
    yield
    db.session.remove()
    lost.dispose()


def reader(as_, town, lang):
    visitor = as_(town.intake)
    with visitor.session_transaction() as session:
        session["lang"] = lang
    db.session.commit()
    return visitor


@pytest.mark.parametrize(
    ("lang", "title", "number"),
    [("zh_Hans", "抱歉", "编号"), ("en", "Something went wrong on our side", "Request number")],
)
def test_a_lost_database_is_a_page_with_its_number_in_the_readers_language(
    served, town, as_, request, lang, title, number
):
    visitor = reader(as_, town, lang)
    request.getfixturevalue("no_database")
    for address in ("/", "/worklist", "/nowhere"):
        answer = visitor.get(address)
        assert answer.status_code == 503, address
        assert answer.headers["Retry-After"] == "30"
        assert f'lang="{"en" if lang == "en" else "zh-Hans-CN"}"' in answer.text
        assert number in answer.text
        assert answer.headers["X-Request-Id"] in answer.text
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_form_that_meets_a_lost_database_gets_the_same_page(served, client, no_database):
    answer = client.post("/sign-in", data={"login": "intake", "password": "anything at all"})
    assert answer.status_code == 503
    assert answer.headers["X-Request-Id"] in answer.text


def test_a_fault_keeps_the_frame_and_names_the_request(served, town, as_, monkeypatch):
    @page_for(staff)
    def broken():
        raise ZeroDivisionError

    monkeypatch.setitem(served.view_functions, "worklist.worklist", broken)
    answer = as_(town.intake).get("/worklist")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert town.intake.name in answer.text


@pytest.mark.engines("sqlite")
def test_who_sends_too_much_reads_how_much_is_allowed_and_goes_back(served, client, monkeypatch):
    monkeypatch.setitem(served.config, "MAX_CONTENT_LENGTH", 100)
    back = "http://localhost/cases/7/sections/documents"
    answer = client.post("/sign-in", data={"login": "x" * 200}, headers={"Referer": back})
    assert answer.status_code == 413
    assert "每个文件不超过15" in answer.text
    assert f'href="{back}"' in answer.text
    elsewhere = {"Referer": "http://example.org/"}
    answer = client.post("/sign-in", data={"login": "x" * 200}, headers=elsewhere)
    assert "example.org" not in answer.text
