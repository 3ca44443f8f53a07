"""Personal data: a change of key, the retention table, a person's own copy."""

import io
import json
import re
import zipfile
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest

import wsgi
from core import clock, crypto
from core.accounts import SYSTEM, actions, links, queries
from core.accounts.links import MailedLink
from core.accounts.models import User, UserSession
from core.config import Settings
from core.crypto import Unreadable
from core.db import atomic, db
from core.privacy import Retention, retention, rotation
from core.privacy.policy import LINKS
from tests.conftest import DATA_KEY
from tests.core.test_accounts_sign_in import PASSWORD, audited, sign_in, wang
from tests.visitors import Visitor

__all__ = ["wang"]

NEW_KEY = urlsafe_b64encode(bytes(range(32))).decode()


@pytest.fixture
def people(app):
    with atomic():
        for n in range(7):
            actions.sign_up(
                display_name=f"李{n}", contact=f"1380000000{n}", password=PASSWORD, by=SYSTEM
            )


@pytest.fixture
def renewed(world, people):
    """The installation with a new key, which still knows the old one."""
    keys = {"DATA_KEY": NEW_KEY, "OLD_DATA_KEYS": DATA_KEY}
    other = wsgi.create_app(Settings(**{**world.settings, **keys}))
    other.config["WTF_CSRF_ENABLED"] = False
    other.test_client_class = Visitor
    db.session.remove()
    yield other
    with other.app_context():
        db.engine.dispose()


def stored():
    return db.session.scalars(db.text("SELECT phone FROM user_account ORDER BY id")).all()


class TestKeys:
    def test_everything_is_encrypted_anew(self, renewed):
        with renewed.app_context():
            done = renewed.test_cli_runner().invoke(args=["keys", "rotate", "--batch", "2"])
        assert done.exit_code == 0, done.output
        assert "7 values" in done.output
        with renewed.app_context():
            new = crypto.key_id(bytes(range(32)))
            assert {text[:8] for text in stored()} == {new}
            phones = db.session.scalars(db.select(User.phone).order_by(User.id)).all()
            assert phones == [f"1380000000{n}" for n in range(7)]
            assert rotation.counts()["user_account.phone"] == {new: 7}
            db.session.remove()

    def test_a_stopped_run_goes_on(self, renewed):
        with renewed.app_context():
            assert rotation.rotate(batch=2, at_most=3) == 3
            assert len({text[:8] for text in stored()}) == 2
            assert rotation.rotate(batch=2) == 4
            assert rotation.rotate() == 0
            db.session.remove()

    @pytest.mark.parametrize("at_most", [0, 3, None])
    def test_people_sign_in_before_during_and_after(self, renewed, at_most):
        with renewed.app_context():
            if at_most != 0:
                rotation.rotate(batch=1, at_most=at_most)
            db.session.remove()
            for n in (0, 6):
                visitor = renewed.test_client()
                assert sign_in(visitor, f"1380000000{n}").status_code == 302
            db.session.remove()

    def test_afterwards_the_old_key_is_not_needed(self, world, renewed):
        with renewed.app_context():
            renewed.test_cli_runner().invoke(args=["keys", "rotate"])
            db.session.remove()
        alone = wsgi.create_app(Settings(**{**world.settings, "DATA_KEY": NEW_KEY}))
        with alone.app_context():
            assert queries.get_user("13800000003").phone == "13800000003"
            db.session.remove()
            db.engine.dispose()

    def test_without_the_old_key_it_says_which_is_missing(self, world, people):
        forgetful = wsgi.create_app(Settings(**{**world.settings, "DATA_KEY": NEW_KEY}))
        with forgetful.app_context():
            done = forgetful.test_cli_runner().invoke(args=["keys", "rotate"])
            assert done.exit_code == 1
            assert "OLD_DATA_KEYS" in done.output
            assert len(stored()) == 7
            db.session.remove()
            db.engine.dispose()

    def test_a_changed_text_is_noticed(self, app):
        text = crypto.encrypt("13800000000")
        with pytest.raises(Unreadable):
            crypto.decrypt(text[:-4] + "AAAA")

    def test_status_names_keys_and_numbers(self, app, people):
        done = app.test_cli_runner().invoke(args=["keys", "status"])
        assert "user_account.phone" in done.output

    def test_bad_old_keys_stop_the_start(self, world):
        with pytest.raises(ValueError, match="32 bytes"):
            Settings(**{**world.settings, "OLD_DATA_KEYS": "short"})


class TestRetention:
    def test_a_link_goes_when_its_time_is_over(self, app, wang, frozen):
        frozen("2026-03-02 09:00")
        with atomic():
            links.send_reset("wangf", by=SYSTEM)
        frozen("2026-04-01 09:29")
        assert retention.sweep()["links"] == 0
        frozen("2026-04-01 09:31")
        assert retention.sweep(only_count=True)["links"] == 1
        assert db.session.scalar(db.select(db.func.count()).select_from(MailedLink)) == 1
        assert retention.sweep()["links"] == 1
        assert db.session.scalar(db.select(db.func.count()).select_from(MailedLink)) == 0
        assert audited()[-1] == "privacy:sweep"

    def test_sessions_are_kept_for_half_a_year(self, client, wang, frozen):
        frozen("2026-03-02 09:00")
        sign_in(client)
        frozen(clock.now() + timedelta(days=179))
        assert retention.sweep()["sessions"] == 0
        frozen(clock.now() + timedelta(days=2))
        assert retention.sweep()["sessions"] == 1
        assert not db.session.scalars(db.select(UserSession)).all()

    def test_the_table_is_public(self, client):
        page = client.get("/privacy/retention?lang=en").text
        for line in retention.table():
            assert str(line.what) in page or line.what
        assert "180 calendar days" in page

    def test_the_command_counts_first(self, app):
        done = app.test_cli_runner().invoke(args=["privacy", "sweep", "--dry-run"])
        assert done.exit_code == 0, done.output
        assert "would go" in done.output
        assert app.test_cli_runner().invoke(args=["privacy", "table"]).exit_code == 0

    def test_what_ends_needs_a_time_and_a_sweep(self):
        with pytest.raises(ValueError, match="needs a time"):
            Retention("x", "x", "x", "x", days=LINKS)


def test_ones_own_data_as_a_file(as_, wang):
    answer = as_(wang).post("/privacy/own")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        found = json.loads(archive.read("data.json"))
        page = archive.read("data.html").decode()
    assert found["account"][0]["email"] == "wang.fang@example.org"
    told = {"memberships", "sessions", "cases", "messages", "people", "reserved_names", "followed"}
    assert told <= set(found)
    assert "wang.fang@example.org" in page
    assert "<dt>语言</dt><dd>简体中文</dd>" in page
    assert not re.search("[a-z]+_[a-z]+|:[0-9]{2}[.][0-9]", page), "this page is for people"
    assert "argon2" not in page + json.dumps(found)
    assert audited()[-1] == "privacy:export_own"
