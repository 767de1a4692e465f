"""Caddy before gunicorn, as deploy/Caddyfile has it, with certificates that it makes by itself."""

import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from socket import create_connection

from bench.served import Server, free_port
from deploy.bootstrap.engines import server
from deploy.bootstrap.places import ROOT
from tests.engines.nginx import PATIENCE, answering
from tests.front.asking import Answer

DELIVERED = ROOT / "deploy" / "Caddyfile"
GLOBAL = (
    "{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttp_port %d\n\thttps_port %d\n\ton_demand_tls"
)


@dataclass(frozen=True)
class Caddy:
    """A running Caddy, and how to ask it over TLS."""

    port: int

    def ask(self, host: str, path: str, method: str = "GET", sni: str = "", **headers: str) -> Answer:
        """Ask once; raises ssl.SSLError where no certificate is to be had for the host."""
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE  # Its own authority, made a moment ago.
        link = HTTPSConnection("127.0.0.1", self.port, timeout=60)
        raw = create_connection(("127.0.0.1", self.port), timeout=60)
        link.sock = trusting.wrap_socket(raw, server_hostname=sni or host)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.request(method, path, headers={"Host": host, **named})
            came = link.getresponse()
            said = {name: ", ".join(came.headers.get_all(name, [])) for name in came.headers}
            said["ETag"] = said.pop("Etag", said.get("ETag", ""))  # Go writes it so.
            return Answer(came.status, said, came.read())
        finally:
            link.close()


@contextmanager
def running(data: Path, gunicorn: int, *, folder: Path, log: int | None = None) -> Iterator[Caddy]:
    """Serve a data folder on a free port; all else, and which hosts are ours, is asked of gunicorn's.

    What it notes goes to an open file, or to nobody.
    """
    program = server("caddy")
    assert program, "no Caddy: set CADDY, or let `python3 wsgi.py test` unpack it"
    port, plain = free_port(), free_port()
    text = DELIVERED.read_text(encoding="utf-8")
    for delivered, ours in (
        ("{\n\ton_demand_tls", GLOBAL % (plain, port)),
        ("/var/lib/ziwang/", f"{data}/"),
        ("127.0.0.1:8000", f"127.0.0.1:{gunicorn}"),
    ):
        assert delivered in text
        text = text.replace(delivered, ours)
    written = folder / "Caddyfile"
    written.write_text(text, encoding="utf-8")
    process = subprocess.Popen(  # noqa: S603 - our own program
        [program, "run", "--config", written, "--adapter", "caddyfile"],
        env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
        stderr=subprocess.DEVNULL if log is None else log,
    )
    try:
        answering(Server(process, plain))
        yield Caddy(port)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
