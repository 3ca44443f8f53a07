"""A small identity platform (OpenID Connect) on this machine: real keys, real tokens, no page."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from core import clock

CLIENT_ID, CLIENT_SECRET = "district", "a secret of tests"


@dataclass
class Provider:
    """The platform. `subject` is who signs in next; `claims` replaces parts of the next token."""

    issuer: str = ""
    subject: str = "510104-0001"
    claims: dict[str, Any] = field(default_factory=dict)
    signing: RSAKey | None = None
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser goes back to, with a code that works once."""
        assert query["client_id"] == CLIENT_ID
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        kept = self.codes.pop(form.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if kept is None or authorization != f"Basic {known}":
            return 400, {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
        if challenge.decode().rstrip("=") != kept["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "sub": self.subject, "nonce": kept["nonce"],
            "iat": now, "exp": now + 300, **self.claims,
        }  # fmt: skip
        header = {"alg": "RS256", "kid": "k1"}
        signed = jwt.encode(header, claims, self.signing or self.key)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """Run the platform on a free port of this machine until the block ends."""
    it = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            it.asked.append(parts.path)
            if parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", it.authorize(query))
                self.end_headers()
            elif parts.path == "/keys":
                self._say(200, {"keys": [it.key.as_dict(private=False)]})
            else:
                self._say(200, it.metadata())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            text = self.rfile.read(length).decode()
            form = {name: values[0] for name, values in parse_qs(text).items()}
            self._say(*it.token(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, words: dict[str, Any]) -> None:
            body = json.dumps(words).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Keep still."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    it.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield it
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
