"""What every answer carries, in production too."""

import pytest

import wsgi
from core.config import Settings


@pytest.fixture
def production(world, monkeypatch):
    settings = {**world.settings, "APP_ENV": "production", "TRUSTED_PROXIES": "1"}
    settings["PUBLIC_URL"] = "https://sg.example.cn"
    return wsgi.create_app(Settings(**settings)).test_client()


@pytest.mark.engines("sqlite")
def test_production_insists_on_tls_and_believes_its_proxy(production):
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "sg.example.cn"}
    answer = production.get("/healthz", headers=forwarded)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert production.application.config["SESSION_COOKIE_SECURE"]
    page = production.get("/worklist", headers=forwarded)
    assert page.location in ("/sign-in", "https://sg.example.cn/sign-in")
    assert "Secure" in page.headers["Set-Cookie"]


def test_here_nothing_insists_on_tls(client):
    answer = client.get("/healthz")
    assert "Strict-Transport-Security" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.engines("sqlite")
def test_what_a_person_sees_is_kept_nowhere(town, as_):
    assert as_(town.intake).get("/worklist").headers["Cache-Control"] == "no-store"
