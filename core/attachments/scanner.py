"""The virus scanner: clamd, asked over a socket by its INSTREAM command (clamd(8))."""

import socket
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import unquote, urlsplit

#: Seconds to wait for an answer; a scan of the largest upload takes some.
PATIENCE = 60
PIECE = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner does not answer, or not as one does; the text says why."""


class Scanner:
    """A clamd at unix:///run/clamav/clamd.ctl or tcp://host:3310."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self.parts, self.patience = urlsplit(url), patience

    def look(self, content: bytes) -> str:
        """Return the name of what was found in `content`, nothing where it is clean.

        Raises ScannerAway where nobody answers, and where the scanner refuses to look.
        """
        with self._asked(b"zINSTREAM\0") as line:
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
        verdict = answer.removeprefix("stream: ")
        if verdict == "OK":
            return ""
        if verdict.endswith(" FOUND"):
            return verdict.removesuffix(" FOUND")
        raise ScannerAway(f"it answers: {answer[:200]}")

    def greet(self) -> None:
        """Raise ScannerAway where nobody answers."""
        with self._asked(b"zPING\0") as line:
            answer = _answer(line)
        if answer != "PONG":
            raise ScannerAway(f"it answers: {answer[:200]}")

    @contextmanager
    def _asked(self, command: bytes) -> Iterator[socket.socket]:
        try:
            with closing(self._connected()) as line:
                line.sendall(command)
                yield line
        except OSError as away:
            raise ScannerAway(f"{type(away).__name__}: {away}") from None

    def _connected(self) -> socket.socket:
        if self.parts.scheme == "tcp":
            place = (self.parts.hostname or "", self.parts.port or 3310)
            return socket.create_connection(place, self.patience)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self.patience)
        try:
            line.connect(unquote(self.parts.path))
        except OSError:
            line.close()
            raise
        return line


def _answer(line: socket.socket) -> str:
    """Return the answer up to its closing zero byte."""
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].decode(errors="replace").strip()
