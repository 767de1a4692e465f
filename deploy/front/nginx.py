"""nginx before gunicorn on this machine: its configuration filled in, both started, both ended together."""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from deploy.bootstrap.programs import StartError

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = Path(__file__).parent / "nginx.conf.template"
#: As app/web/headers.py has it for visitors' pages; a test compares them.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
MISSING = (
    "没有找到 nginx，请先安装（Debian、Ubuntu：apt-get install nginx；openEuler、麒麟：dnf install nginx），"
    "或不用 nginx，直接运行 python3 wsgi.py run"
)
#: Where it lies though an ordinary user's PATH does not lead there.
BESIDES = "/usr/sbin:/usr/local/sbin"
LONGEST_END = 40  # seconds
LOOK_AGAIN = 0.2  # seconds


def program(environ: "Mapping[str, str]", besides: str = BESIDES) -> str:
    """Return where nginx is, or say in one line what to install."""
    places = os.pathsep.join((environ.get("PATH", os.defpath), besides))
    found = environ.get("NGINX") or shutil.which("nginx", path=places)
    if not found:
        raise StartError(MISSING)
    return found


class Listening(NamedTuple):
    """Where visitors knock: over TLS, with what lies in the folder of certificates, where one is named."""

    address: str
    certificates: Path | None = None
    #: Where nothing is answered but that visitors are to come over TLS.
    plain: str = ""


def configuration(
    data: Path, listen: Listening, *, gunicorn: str, scheme: str = "http", run: Path | None = None
) -> str:
    """Fill in the template."""
    transport = 'add_header Strict-Transport-Security "max-age=31536000" always;' if scheme == "https" else ""
    owner, group = pwd.getpwuid(data.stat().st_uid), grp.getgrgid(data.stat().st_gid)
    keys, plain = listen.certificates, listen.plain
    certificate = f"ssl_certificate {keys}/fullchain.pem; ssl_certificate_key {keys}/privkey.pem;"
    words = {
        # Started as root nginx would become somebody who may not read the data.
        "user": f"user {owner.pw_name} {group.gr_name};" if os.geteuid() == 0 else "",
        "run": str(run or data / "run" / "nginx"),
        "pages": str(data / "pages"),
        "files": str(data / "files"),
        "listen": f"{listen.address} ssl http2" if keys else listen.address,
        "certificate": certificate if keys else "",
        "redirect": f"server {{ listen {plain}; return 308 https://$host$request_uri; }}" if plain else "",
        "gunicorn": gunicorn,
        "scheme": scheme,
        "policy": POLICY,
        "strict_transport": transport,
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in words.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def serve(nginx: str, python: Path, data: Path, port: int) -> int:
    """Run both until one of them ends or somebody stops us."""
    own = _free_port()
    folder = data / "run" / "nginx"
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "nginx.conf"
    listen = Listening(f"127.0.0.1:{port}")
    written.write_text(configuration(data, listen, gunicorn=f"127.0.0.1:{own}"), encoding="utf-8")
    environ = {
        **os.environ,
        "PORT": str(port),
        "DATA_DIR": str(data),
        "ZIWANG_BIND": f"127.0.0.1:{own}",
        "ZIWANG_TRUSTED_PROXIES": "127.0.0.1",
        "ZIWANG_FILES_THROUGH": "nginx",
    }
    signal.signal(signal.SIGTERM, _interrupt)
    children = [
        subprocess.Popen([nginx, "-e", "stderr", "-p", str(folder), "-c", str(written)]),  # noqa: S603 - as said
        subprocess.Popen([python, "-m", "app.start"], env=environ),  # noqa: S603 - our own program
    ]
    try:
        while all(child.poll() is None for child in children):
            time.sleep(LOOK_AGAIN)
    except KeyboardInterrupt:
        pass
    finally:
        _end(children)
    return 1 if any(child.returncode not in (0, -signal.SIGINT, -signal.SIGTERM) for child in children) else 0


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(LONGEST_END)
        except subprocess.TimeoutExpired:
            child.kill()


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
