"""A virus scanner as clamd speaks: one session a connection, INSTREAM and PING, on a real socket.

It knows one virus, the industry's harmless test file, by its words.
"""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: In three pieces, so that no scanner takes this file for it.
VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
NAME = "Win.Test.EICAR_HDB-1"


class _Session(socketserver.StreamRequestHandler):
    server: "Clamd"

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            content = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            self.server.seen.append(content)
            self.wfile.write(self.server.verdict(content).encode() + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")


class Clamd(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens at `url`; `seen` is what it looked into. Above `most` bytes it refuses to look."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int] | str, most: int = 1 << 30) -> None:
        self.address_family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.seen: list[bytes] = []
        self.most = most
        super().__init__(address, _Session)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        place = self.server_address
        return f"unix://{place}" if isinstance(place, str) else f"tcp://127.0.0.1:{place[1]}"

    def verdict(self, content: bytes) -> str:
        if len(content) > self.most:
            return "INSTREAM size limit exceeded. ERROR"
        return f"stream: {NAME} FOUND" if VIRUS in content else "stream: OK"

    def get_request(self):
        line, address = super().get_request()
        return line, address or ("here", 0)


@contextmanager
def clamd(folder: Path | None = None, *, port: int = 0, most: int = 1 << 30) -> Iterator[Clamd]:
    """Run one: on a socket in `folder`, else on a port of the loopback interface."""
    place = str(folder / "clamd.ctl") if folder else ("127.0.0.1", port)
    with Clamd(place, most) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
