"""Style sheets and scripts are kept by browsers exactly as long as they are the same file."""

import os

import pytest
from flask import Flask, url_for

from core import assets

YEAR = f"max-age={assets.KEPT_SECONDS}"


@pytest.fixture
def site(tmp_path):
    (tmp_path / "look.css").write_text("a{color:red}")
    app = Flask("site", static_folder=str(tmp_path), static_url_path="/static")
    assets.init_app(app)
    return app


def address(app: Flask, filename: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=filename)


def test_an_address_changes_with_the_file_and_only_then(site, tmp_path):
    first = address(site, "look.css")
    os.utime(tmp_path / "look.css", (1, 1))
    touched = address(site, "look.css")
    (tmp_path / "look.css").write_text("a{color:blue}")
    assert first == touched
    assert address(site, "look.css") != first


def test_an_address_with_its_version_is_kept(site):
    with site.test_client().get(address(site, "look.css")) as answer:
        assert answer.status_code == 200
        assert YEAR in answer.headers["Cache-Control"]


@pytest.mark.parametrize("tail", ["", "?v=older", "?v="])
def test_any_other_address_is_asked_for_anew(site, tail):
    with site.test_client().get(f"/static/look.css{tail}") as answer:
        assert answer.status_code == 200
        assert YEAR not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["absent.css", "../secret.txt"])
def test_what_is_not_there_has_no_version(site, name):
    assert assets.version_of(site, name) is None
    assert "v=" not in address(site, name)
