"""A real mail server on this machine alone: it speaks SMTP over a socket, keeps mail, and can refuse."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

LONGEST_LINE = 4_096


@dataclass
class Mailbox:
    """What the server has taken, and how it behaves."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    #: Answers to the next recipients, in order; 250 when there are none left.
    answers: list[int] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    is_encrypted: bool = False
    certificate: Path | None = None
    port: int = 0


class _Conversation(socketserver.StreamRequestHandler):
    """One client, until it leaves."""

    server: "_Server"
    timeout = 10

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline(LONGEST_LINE):
            word, _, rest = line.decode().strip().partition(" ")
            answer = getattr(self, f"do_{word.lower()}", None)
            if answer is None:
                self._say("250 ok")
            elif answer(rest) is False:
                return

    def do_ehlo(self, _name: str) -> None:
        box = self.server.box
        offers = ["test", "SIZE 1000000"]
        if box.certificate and not box.is_encrypted:
            offers.append("STARTTLS")
        if box.is_encrypted:
            offers.append("AUTH PLAIN")
        for offer in offers[:-1]:
            self._say(f"250-{offer}")
        self._say(f"250 {offers[-1]}")

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def do_starttls(self, _rest: str) -> bool:
        box = self.server.box
        assert box.certificate is not None
        self._say("220 go on")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(box.certificate)
        try:
            self.connection = context.wrap_socket(self.request, server_side=True)
        except OSError:  # The client does not trust the certificate, and leaves.
            return False
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        box.is_encrypted = True
        return True

    def do_auth(self, rest: str) -> None:
        self.server.box.signed_in.append(base64.b64decode(rest.rsplit(maxsplit=1)[-1]).decode())
        self._say("235 welcome")

    def do_rcpt(self, rest: str) -> None:
        box = self.server.box
        code = box.answers.pop(0) if box.answers else 250
        if code == 250:
            box.recipients.append(rest.partition("<")[2].partition(">")[0])
        self._say(f"{code} so")

    def do_data(self, _rest: str) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline(LONGEST_LINE)) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        parsed = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.server.box.mails.append(parsed)
        self._say("250 taken")

    def do_quit(self, _rest: str) -> bool:
        self._say("221 bye")
        return False

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    """Listens on the loopback address."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Mailbox) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.box = box
        box.port = self.server_address[1]


@contextmanager
def serving(*, certificate: Path | None = None) -> Iterator[Mailbox]:
    """Start a server, and stop it at the end."""
    box = Mailbox(certificate=certificate)
    with _Server(box) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield box
        server.shutdown()
        thread.join()
