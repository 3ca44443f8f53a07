"""Opening an account, looking after it, and choosing for whom to act."""

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock, constraints
from core.accounts import SYSTEM, BodyKind, Role, User, actions, queries
from core.accounts.actor import Actor
from core.accounts.models import Membership
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, NotFound, RuleBroken

PASSWORD = "kettle under 7 bridges"


@pytest.fixture
def wang(app):
    with atomic():
        return actions.create_user(
            login="wang@example.org",
            display_name="王芳",
            password=PASSWORD,
            email="wang@example.org",
            by=SYSTEM,
        )


@pytest.fixture
def bureau(app):
    with atomic():
        return actions.create_body(kind=BodyKind.BUREAU, name="社会组织管理局", by=SYSTEM)


def sign_up(client, **changes):
    form = {
        "display_name": "李强",
        "contact": "liqiang@example.org",
        "password": PASSWORD,
        "again": PASSWORD,
        "notice_read": "y",
        "once": "form-1",
        **changes,
    }
    return client.post("/sign-up?lang=en", data={k: v for k, v in form.items() if v is not None})


def count(table):
    return db.session.scalar(db.select(db.func.count()).select_from(table))


class TestSigningUp:
    def test_signs_in_and_leads_back(self, client):
        client.get("/account?tab=2")
        answer = sign_up(client)
        assert answer.headers["Location"] == "/account?tab=2"
        page = client.get("/account?lang=en").text
        assert "李强" in page
        user = queries.get_user("liqiang@example.org")
        assert (user.email, user.phone, user.locale) == ("liqiang@example.org", None, "en")

    def test_by_mobile_number_where_text_messages_are_sent(self, app, client):
        """Without a gateway nothing would ever arrive: neither confirmation nor news of a case."""
        assert "E-mail or mobile number" not in client.get("/sign-up?lang=en").text
        refused = sign_up(client, contact="138 0000 0000")
        assert refused.status_code == 422
        assert "Text messages cannot be sent here" in refused.text
        kept = app.extensions["settings"]
        app.extensions["settings"] = kept.model_copy(update={"SMS_URL": "https://sms.example.cn/"})
        try:
            assert "E-mail or mobile number" in client.get("/sign-up?lang=en").text
            assert sign_up(client, contact="138 0000 0000").status_code == 302
        finally:
            app.extensions["settings"] = kept
        assert queries.get_user("13800000000").phone == "13800000000"

    def test_says_why_data_are_collected(self, client):
        page = client.get("/sign-up?lang=en").text
        assert "How your personal data are used" in page

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("display_name", "", "fill this in"),
            ("contact", "liqiang", "a complete e-mail address"),
            ("contact", "wang@example.org", "account of this name already"),
            ("contact", "WANG@example.org", "account of this name already"),
            ("password", "short", "at least 10 characters"),
            ("again", "something else", "differ"),
            ("notice_read", None, "read the notice"),
        ],
    )
    def test_mistakes_are_told_beside_the_field_and_nothing_is_lost(
        self, client, wang, field, value, words
    ):
        changes = {field: value, **({"again": value} if field == "password" else {})}
        answer = sign_up(client, **changes)
        assert answer.status_code == 422
        assert words in answer.text
        assert f'id="{field}-error"' in answer.text
        if field != "display_name":
            assert 'value="李强"' in answer.text
        assert PASSWORD not in answer.text
        assert count(User) == 1

    def test_everything_that_is_wrong_is_told_at_once(self, client):
        answer = sign_up(client, contact="1380013", password="abc", again="abc1")
        for field in ("contact", "password", "again"):
            assert f'id="{field}-error"' in answer.text

    @pytest.mark.parametrize("password", ["password123", "liqiang-2026", "1234567890"])
    def test_a_password_others_guess_is_refused(self, client, password):
        answer = sign_up(client, password=password, again=password)
        assert answer.status_code == 422
        assert 'id="password-error"' in answer.text

    def test_a_double_click_makes_one_account(self, client):
        sign_up(client)
        other_tab = client.application.test_client()
        assert sign_up(other_tab).status_code == 302
        assert count(User) == 1

    def test_a_used_form_signs_nobody_else_in(self, client):
        """On a shared computer the page behind the back button still holds its key."""
        sign_up(client)
        stranger = client.application.test_client()
        answer = sign_up(stranger, contact="stranger@example.org", password="a sentence of mine 9",
                         again="a sentence of mine 9")  # fmt: skip
        assert answer.status_code == 422
        assert stranger.get("/account").status_code == 302

    def test_an_address_cannot_open_accounts_without_end(self, client):
        for n in range(30):
            sign_up(client, contact=f"x{n}", once=f"form-{n}")
        assert sign_up(client, once="last").status_code == 429
        assert count(User) == 0

    def test_the_signed_in_have_no_use_for_it(self, as_, wang):
        assert as_(wang).get("/sign-up").status_code == 302


class TestLookingAfterIt:
    def test_contact_is_changed_and_audited_without_the_data(self, as_, wang):
        form = {"display_name": "王芳芳", "email": "fang@example.org", "phone": "13900000000"}
        answer = as_(wang).post("/account", data=form)
        assert answer.status_code == 302
        user = db.session.get_one(User, wang.id)
        assert (user.display_name, user.email, user.phone) == (
            "王芳芳",
            "fang@example.org",
            "13900000000",
        )
        entry = db.session.scalars(
            db.select(AuditEntry).where(AuditEntry.action == "account:change_contact")
        ).one()
        assert "139" not in str(entry.changes) + entry.note
        assert "fang" not in str(entry.changes) + entry.note

    @pytest.mark.parametrize(
        ("field", "value"), [("email", "nonsense"), ("phone", "12"), ("email", "li@example.org")]
    )
    def test_a_wrong_or_foreign_address_is_refused(self, as_, wang, field, value):
        with atomic():
            actions.create_user(
                login="li@example.org", display_name="李强", password=PASSWORD, by=SYSTEM
            )
        form = {"display_name": "王芳", "email": "", "phone": "", field: value}
        answer = as_(wang).post("/account", data=form)
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text

    def test_a_mobile_number_to_sign_in_by_moves_along(self, app):
        with atomic():
            user = actions.sign_up(
                display_name="李强", contact="13800000000", password=PASSWORD, by=SYSTEM
            )
            actions.sign_up(
                display_name="赵敏", contact="13700000000", password=PASSWORD, by=SYSTEM
            )
        me = Actor(user=user)
        with atomic():
            actions.change_contact(user, display_name="李强", email="", phone="13900000000", by=me)
        assert queries.user_by_login("13800000000") is None
        assert queries.get_user("13900000000").id == user.id
        for phone in ("", "13700000000"):
            with pytest.raises(RuleBroken) as refused, atomic():
                actions.change_contact(user, display_name="李强", email="", phone=phone, by=me)
            assert refused.value.field == "phone"

    def test_a_password_change_asks_for_the_old_one(self, as_, wang):
        new = "ginkgo leaves in october"
        form = {"current": "not it", "password": new, "again": new}
        answer = as_(wang).post("/account/password?lang=en", data=form)
        assert answer.status_code == 422
        assert "not your present password" in answer.text

    def test_two_people_with_one_address_sign_in_by_name(self, app):
        with atomic():
            for login in ("zhao1", "zhao2"):
                db.session.add(
                    User(login=login, display_name="赵", email="z@example.org",
                         password_hash="", session_stamp="")
                )  # fmt: skip
        assert queries.user_by_login("z@example.org") is None
        assert queries.get_user("zhao1").login == "zhao1"


class TestActing:
    def test_the_choice_is_kept_and_shown(self, as_, wang, bureau):
        with atomic():
            actions.grant_membership(wang, bureau, Role.EXAMINER, by=SYSTEM)
        visitor = as_(wang)
        assert "社会组织管理局" in visitor.get("/account").text
        visitor.post("/acting", data={"body_id": "0"})
        with visitor.session_transaction() as kept:
            assert kept["acting"] == 0
        visitor.post("/acting", data={"body_id": str(bureau.id)})
        with visitor.session_transaction() as kept:
            assert kept["acting"] == bureau.id

    @pytest.mark.parametrize("wanted", ["999", "", "x", "-1"])
    def test_only_for_ones_own_bodies(self, as_, wang, wanted):
        visitor = as_(wang)
        assert visitor.post("/acting", data={"body_id": wanted}).status_code == 403
        with visitor.session_transaction() as kept:
            assert "acting" not in kept

    def test_not_for_a_body_of_the_past(self, as_, wang, bureau, frozen):
        frozen("2026-03-02 09:00")
        with atomic():
            held = actions.grant_membership(wang, bureau, Role.EXAMINER, by=SYSTEM)
        frozen("2026-03-05 09:00")
        with atomic():
            actions.end_membership(db.session.get_one(Membership, held.id), by=SYSTEM)
        visitor = as_(wang)
        assert visitor.post("/acting", data={"body_id": str(bureau.id)}).status_code == 403
        assert "2026年3月4日" in visitor.get("/account/memberships").text

    def test_a_role_ended_on_its_first_day_ends_at_once(self, app, wang, bureau):
        with atomic():
            held = actions.grant_membership(wang, bureau, Role.EXAMINER, by=SYSTEM)
            actions.end_membership(held, by=SYSTEM)
        assert count(Membership) == 0

    def test_nobody_gives_a_role_to_themselves(self, app, wang, bureau):
        with pytest.raises(NotAllowed), atomic():
            actions.grant_membership(
                wang, bureau, Role.APPROVER,
                by=Actor(user=wang, body=bureau, roles=frozenset({Role.ADMINISTRATOR})),
            )  # fmt: skip


class TestSwitches:
    def test_language_is_kept_for_the_person(self, as_, wang):
        visitor = as_(wang)
        answer = visitor.post(
            "/language",
            data={"lang": "en"},
            headers={"Referer": "http://localhost/account?tab=2&lang=zh_Hans"},
        )
        assert answer.headers["Location"] == "/account?tab=2"
        assert 'lang="en"' in visitor.get("/account").text
        assert db.session.get_one(User, wang.id).locale == "en"

    def test_an_unknown_language_changes_nothing(self, client):
        client.post("/language", data={"lang": "xx"})
        with client.session_transaction() as kept:
            assert "lang" not in kept

    def test_large_text(self, client):
        client.post("/large-text", data={"on": "1"})
        assert 'class="large-text"' in client.get("/sign-in").text
        client.post("/large-text", data={"on": "0"})
        assert 'class="large-text"' not in client.get("/sign-in").text

    def test_large_text_outlives_the_session_and_follows_the_account(self, client, wang, as_):
        client.post("/large-text", data={"on": "1"})
        with client.session_transaction() as kept:
            kept.clear()
        assert 'class="large-text"' in client.get("/sign-in").text
        as_(wang).post("/large-text", data={"on": "1"})
        assert db.session.get_one(User, wang.id).large_text
        other = client.application.test_client()
        other.post("/sign-in", data={"login": wang.login, "password": PASSWORD})
        assert 'class="large-text"' in other.get("/account").text

    @pytest.mark.parametrize(
        "referrer",
        ["http://evil.example/x", "http://localhost.evil.example/", "http://localhost//e"],
    )
    def test_they_never_lead_off_the_site(self, client, referrer):
        answer = client.post("/large-text", data={"on": "1"}, headers={"Referer": referrer})
        assert answer.headers["Location"] == "/"


class TestCommands:
    def test_from_nothing_to_an_officer(self, app):
        run = app.test_cli_runner().invoke
        assert run(args=["accounts", "body", "bureau", "社会组织管理局"]).exit_code == 0
        made = run(args=["accounts", "create", "chen", "陈静", "--password", PASSWORD])
        assert made.exit_code == 0, made.output
        assert run(args=["accounts", "grant", "chen", "社会组织管理局", "examiner"]).exit_code == 0
        held = queries.list_memberships(queries.get_user("chen"))
        assert [(m.body.name, m.role) for m in held] == [("社会组织管理局", Role.EXAMINER)]
        assert held[0].from_on == clock.today()

    def test_a_forgotten_password(self, app, wang):
        run = app.test_cli_runner().invoke
        done = run(args=["accounts", "password", wang.login, "--password", "a new sentence 7"])
        assert done.exit_code == 0, done.output
        assert run(args=["accounts", "unlock", wang.login]).exit_code == 0

    def test_refusals_are_told_in_one_line(self, app):
        run = app.test_cli_runner().invoke
        for args in (
            ["accounts", "create", "chen", "陈静", "--password", "short"],
            ["accounts", "grant", "chen", "nowhere", "examiner"],
            ["accounts", "password", "chen", "--password", "a new sentence 7"],
        ):
            done = run(args=args)
            assert done.exit_code == 1
            assert done.output.startswith("Error: ")


def test_absent_names(app):
    for read in (queries.get_user, queries.get_body):
        with pytest.raises(NotFound):
            read("nobody")


def test_a_body_of_the_same_name_is_refused_by_the_database(app, bureau):
    with pytest.raises(IntegrityError) as refused, atomic():
        actions.create_body(kind=BodyKind.BUREAU, name="社会组织管理局", by=SYSTEM)
    assert constraints.meaning(refused.value) is not None
