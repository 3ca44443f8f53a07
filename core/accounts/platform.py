"""What is said to and heard from the city's identity platform: OpenID Connect, by Authlib."""

from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

from core import audit
from core.accounts.actor import PUBLIC
from core.config import Settings, settings
from core.errors import RuleBroken
from core.i18n import _

CLIENT = "identity_platform"
#: Seconds after which the platform counts as silent.
PATIENCE = 10


def send_away(callback: str) -> ResponseReturnValue:
    """Return the way to the platform; it answers at `callback`."""
    try:
        return cast(ResponseReturnValue, _client().authorize_redirect(callback))
    except (AuthlibBaseError, requests.RequestException, ValueError) as failed:
        raise _unusable(failed) from failed


def who_came_back() -> tuple[str, str]:
    """Return issuer and subject of the verified token that came with this request."""
    try:
        token = _client().authorize_access_token()
        claims: dict[str, Any] = dict(token.get("userinfo") or {})
        issuer, subject = str(claims["iss"]), str(claims["sub"])
    except (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError) as failed:
        raise _unusable(failed) from failed
    if issuer.rstrip("/") != settings().OIDC_ISSUER.rstrip("/") or not subject:
        raise _unusable(ValueError("another issuer"))
    return issuer, subject


def register(app: Flask, settings: Settings) -> None:
    """Make the platform known to `app`."""
    oauth = OAuth(app)
    oauth.register(
        CLIENT,
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET.get_secret_value(),
        server_metadata_url=f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid", "code_challenge_method": "S256", "default_timeout": PATIENCE,
        },
    )  # fmt: skip
    app.extensions["identity_platform"] = oauth


def _unusable(failed: Exception) -> RuleBroken:
    current_app.logger.warning("identity platform: %s", type(failed).__name__)
    words = _("The identity platform did not confirm who you are. Please try again, or sign in with your password.")  # fmt: skip
    return cast(RuleBroken, audit.refused(RuleBroken(words), "account:identity_refused", by=PUBLIC))


def _client() -> Any:
    return current_app.extensions["identity_platform"].create_client(CLIENT)
