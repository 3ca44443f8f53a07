"""The way to the mail server: one connection for a round of letters, and what became of each."""

import smtplib
import ssl
from dataclasses import dataclass
from email import policy
from enum import Enum, auto
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

from core.messages.letters import Letter

TIMEOUT_SECONDS = 30


class Fate(Enum):
    """What became of a letter at the mail server."""

    TAKEN = auto()
    LATER = auto()  # refused for now, or nobody there: certainly not taken
    NEVER = auto()  # refused for good
    UNKNOWN = auto()  # the line went dead after the text was handed over


@dataclass(frozen=True)
class Answer:
    """The fate of a letter, and the server's words."""

    fate: Fate
    words: str = ""
    server_is_away: bool = False


class PostOffice:
    """A mail server by its address; connects with the first letter.

    smtp://user:password@host:port?tls=starttls, or smtps://… for TLS from the start.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps"):
            raise ValueError(f"MAIL_URL must begin with smtp:// or smtps://, not {parts.scheme}")
        self.host = parts.hostname or "localhost"
        self.secure = parts.scheme == "smtps"
        self.port = parts.port or (465 if self.secure else 25)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.starttls = parse_qs(parts.query).get("tls") == ["starttls"]
        self.line: smtplib.SMTP | None = None

    def __enter__(self) -> "PostOffice":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def greet(self) -> str:
        """Return nothing where the server answers and lets us in, else its words."""
        try:
            self._connected()
        except (OSError, smtplib.SMTPException) as away:
            self._hang_up()
            return _words(away)
        return ""

    def send(self, letter: Letter) -> Answer:
        """Hand over one letter. Never raises for what the network or the server does."""
        try:
            line = self._connected()
        except (OSError, smtplib.SMTPException) as away:
            self._hang_up()
            return Answer(Fate.LATER, _words(away), server_is_away=True)
        try:
            _accepted(line.mail(letter.mail["From"].addresses[0].addr_spec))
            _accepted(line.rcpt(letter.address))
        except smtplib.SMTPResponseException as refused:
            self._hang_up()
            return Answer(_fate_of(refused), _words(refused))
        except (OSError, smtplib.SMTPException) as lost:
            self._hang_up()
            return Answer(Fate.LATER, _words(lost))
        try:
            # From here on silence means: perhaps.
            _accepted(line.data(letter.mail.as_bytes(policy=policy.SMTP)))
        except smtplib.SMTPResponseException as refused:
            self._hang_up()
            return Answer(_fate_of(refused), _words(refused))
        except (OSError, smtplib.SMTPException) as lost:
            self._hang_up()
            return Answer(Fate.UNKNOWN, _words(lost))
        return Answer(Fate.TAKEN)

    def _connected(self) -> smtplib.SMTP:
        if self.line is None:
            trust = ssl.create_default_context()
            if self.secure:
                line: smtplib.SMTP = smtplib.SMTP_SSL(
                    self.host, self.port, timeout=TIMEOUT_SECONDS, context=trust
                )
            else:
                line = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
            self.line = line
            if self.starttls:
                line.starttls(context=trust)
            if self.user:
                line.login(self.user, self.password)
            else:
                line.ehlo_or_helo_if_needed()
        return self.line

    def _hang_up(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        try:
            line.quit()
        except (OSError, smtplib.SMTPException):
            line.close()


def _accepted(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, words)


def _fate_of(refused: smtplib.SMTPResponseException) -> Fate:
    return Fate.NEVER if refused.smtp_code >= 500 else Fate.LATER


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        return f"{error.smtp_code} {text}"[:500]
    return f"{type(error).__name__}: {error}"[:500]
