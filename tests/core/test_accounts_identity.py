"""Sign-in through an identity platform, against a real small one on this machine."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey

import wsgi
from core.accounts.identity import IdentityLink
from core.config import Settings
from core.db import db
from tests.core.test_accounts_codes import turn_on
from tests.core.test_accounts_sign_in import audited, is_signed_in, sign_in, wang
from tests.pages import go
from tests.provider import CLIENT_ID, CLIENT_SECRET, provider
from tests.visitors import Visitor

__all__ = ["wang"]


@pytest.fixture
def platform():
    with provider() as it:
        yield it


@pytest.fixture
def visitor(world, app, platform):
    """A browser at an installation that knows the platform."""
    known = {
        "OIDC_ISSUER": platform.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "PUBLIC_URL": "http://localhost",
    }
    connected = wsgi.create_app(Settings(**{**world.settings, **known}))
    connected.config["WTF_CSRF_ENABLED"] = False
    connected.test_client_class = Visitor
    yield connected.test_client()
    with connected.app_context():
        db.engine.dispose()


def round_trip(visitor, change=lambda path: path):
    """Go to the platform and come back; return the answer to what it sent."""
    there = visitor.get("/sign-in/identity")
    assert there.status_code == 302
    address = urlsplit(there.location)
    line = HTTPConnection(address.netloc, timeout=10)
    try:
        line.request("GET", f"{address.path}?{address.query}")
        back = line.getresponse().getheader("Location")
    finally:
        line.close()
    parts = urlsplit(back)
    assert parts.path == "/sign-in/identity/back"
    return visitor.get(change(f"{parts.path}?{parts.query}"))


def linked(visitor):
    sign_in(visitor)
    go(visitor, "/account").submit("/identity")
    answer = round_trip(visitor)
    visitor.post("/sign-out")
    return answer


def links():
    return db.session.scalar(db.select(db.func.count()).select_from(IdentityLink))


def test_the_button_is_there_only_when_configured(client, visitor):
    assert "identity platform" in visitor.get("/sign-in?lang=en").text
    assert "identity platform" not in client.get("/sign-in?lang=en").text
    assert client.get("/sign-in/identity").status_code == 404


def test_linked_by_the_person_it_opens_their_account(visitor, wang):
    answer = linked(visitor)
    assert answer.location.startswith("/account")
    assert not is_signed_in(visitor)
    round_trip(visitor)
    assert is_signed_in(visitor)
    assert "account:identity_linked" in audited()
    assert audited()[-1] == "account:sign_in_by_identity"


def test_an_unknown_subject_opens_nothing_whatever_its_address(visitor, wang, platform):
    platform.claims = {"email": wang.email, "email_verified": True, "name": "王芳"}
    answer = round_trip(visitor)
    assert answer.location == "/sign-in"
    assert not is_signed_in(visitor)
    assert audited()[-1] == "account:identity_unknown"


def test_another_subject_opens_nothing(visitor, wang, platform):
    linked(visitor)
    platform.subject = "510104-0002"
    round_trip(visitor)
    assert not is_signed_in(visitor)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"nonce": "another"},
        {"exp": 1},
        {"sub": ""},
    ],
    ids=lambda each: next(iter(each)),
)
def test_a_token_that_is_not_for_us_is_refused(visitor, wang, platform, claims):
    linked(visitor)
    platform.claims = claims
    assert round_trip(visitor).location == "/sign-in"
    assert not is_signed_in(visitor)
    assert audited()[-1] == "account:identity_refused"


def test_a_token_signed_by_somebody_else_is_refused(visitor, wang, platform):
    linked(visitor)
    platform.signing = RSAKey.generate_key(2048, {"kid": "k1"})
    round_trip(visitor)
    assert not is_signed_in(visitor)


def test_an_answer_of_another_visit_is_refused(visitor, wang):
    linked(visitor)
    round_trip(visitor, change=lambda path: path.replace("state=", "state=x"))
    assert not is_signed_in(visitor)
    assert audited()[-1] == "account:identity_refused"


def test_an_answer_works_once(visitor, wang):
    linked(visitor)
    kept: list[str] = []

    def keep(path):
        kept.append(path)
        return path

    round_trip(visitor, change=keep)
    visitor.post("/sign-out")
    visitor.get(kept[0])
    assert not is_signed_in(visitor)


def test_nobody_links_without_having_asked(visitor, wang):
    sign_in(visitor)
    round_trip(visitor)
    assert links() == 0


def test_one_identity_opens_one_account(visitor, wang, app):
    from core.accounts import SYSTEM, actions
    from core.db import atomic

    linked(visitor)
    with atomic():
        actions.create_user(login="zhao", display_name="赵", password="a new sentence 7", by=SYSTEM)
    sign_in(visitor, "zhao", "a new sentence 7")
    go(visitor, "/account").submit("/identity")
    round_trip(visitor)
    assert links() == 1


def test_unlinked_it_opens_nothing(visitor, wang):
    linked(visitor)
    sign_in(visitor)
    go(visitor, "/account").submit("/unlink")
    visitor.post("/sign-out")
    round_trip(visitor)
    assert not is_signed_in(visitor)


def test_codes_are_asked_for_here_too(visitor, wang):
    linked(visitor)
    turn_on(wang)
    assert round_trip(visitor).location == "/sign-in/code"
    assert not is_signed_in(visitor)


def test_a_silent_platform_says_so(world, app):
    away = {"OIDC_ISSUER": "http://127.0.0.1:9", "OIDC_CLIENT_ID": "x"}
    lonely = wsgi.create_app(Settings(**{**world.settings, **away}))
    lonely.test_client_class = Visitor
    answer = lonely.test_client().get("/sign-in/identity")
    assert answer.status_code == 400
    with lonely.app_context():
        db.engine.dispose()
