"""The programs that only the tests need from the system: a browser, fonts, LibreOffice, two web servers.

LibreOffice opens what is exported, and writes the old formats that are taken in.
Root installs them with apt. Anybody else unpacks the same packages into the project's own folder, with an apt
state of their own. The web servers are unpacked for root too: once installed they would begin to serve.
The database and the file store of the tests come with the test packages.
"""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.bootstrap.places import ENGINES
from deploy.bootstrap.programs import StartError, answer_of, say, succeeds

if TYPE_CHECKING:
    from collections.abc import Sequence

OFFICE = ("libreoffice-calc-nogui", "libreoffice-impress-nogui", "libreoffice-writer-nogui")
PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1", *OFFICE)
#: nginx and Caddy stand before gunicorn; those of the system are taken where it has them.
SERVERS = ("nginx", "caddy")
SBIN = "/usr/sbin:/usr/local/sbin"
#: What a package brings, where no package manager of Debian can be asked.
PROGRAMS = {"chromium": ("chromium", "google-chrome"), **dict.fromkeys(OFFICE, ("soffice",))}
QUIET = ("-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120")
APT = {"DEBIAN_FRONTEND": "noninteractive"}


def install(engines: Path = ENGINES) -> None:
    """Install what is missing, or say in one line what a person must install."""
    missing = _missing(engines)
    servers = [name for name in SERVERS if server(name, engines) is None]
    if not missing and not servers:
        return
    say(f"正在安装测试用的程序：{'、'.join([*missing, *servers])} ……")
    engines.mkdir(exist_ok=True)
    if missing and not _install(missing, engines):
        raise _not_installed(missing, engines)
    if servers and not _unpack(servers, engines, engines / "servers"):
        raise _not_installed(servers, engines)


def server(name: str, engines: Path = ENGINES) -> Path | None:
    """Return where a web server is: as the operator says, the system's, or the one that was unpacked."""
    unpacked = [engines / "servers" / folder / name for folder in ("usr/sbin", "usr/bin")]
    places = os.pathsep.join(
        (os.environ.get("PATH", os.defpath), SBIN, *(str(one.parent) for one in unpacked))
    )
    found = os.environ.get(name.upper()) or shutil.which(name, path=places)
    return Path(found) if found else None


def _not_installed(packages: "Sequence[str]", engines: Path) -> StartError:
    log, command = engines / "apt.log", f"apt-get install {' '.join(packages)}"
    return StartError(f"测试用的程序没有装上（经过见 {log}），请先用 root 运行：{command}")


def _install(packages: "Sequence[str]", engines: Path) -> bool:
    if os.geteuid() == 0:
        return _install_as_root(packages, engines)
    return _unpack_as_user(packages, engines)


def _missing(engines: Path) -> list[str]:
    unpacked = engines / ".installed"
    here = unpacked.read_text().split() if unpacked.exists() else []
    if "CHROMIUM" in os.environ:
        here.append("chromium")
    return [name for name in PACKAGES if name not in here and not _is_on_system(name)]


def _is_on_system(package: str) -> bool:
    if not shutil.which("dpkg-query"):  # not a Debian: programs at least can be looked for
        return package not in PROGRAMS or any(map(shutil.which, PROGRAMS[package]))
    return answer_of(["dpkg-query", "-W", "-f", "${db:Status-Status}", package]) == "installed"


def _install_as_root(packages: "Sequence[str]", engines: Path) -> bool:
    log = engines / "apt.log"
    succeeds(["apt-get", "update", "-qq"], log=log, environ=APT)  # an old list may do when this fails
    return succeeds(["apt-get", "install", *QUIET, *packages], log=log, environ=APT)


def _unpack_as_user(packages: "Sequence[str]", engines: Path) -> bool:
    """Unpack without installing; the stamp is written last."""
    if not _unpack(packages, engines, engines / "root"):
        return False
    _write_fonts_conf(engines)
    _make_office_movable(engines)
    stamp = engines / ".installed"
    before = stamp.read_text().split() if stamp.exists() else []
    stamp.write_text("\n".join([*before, *packages]))
    return True


def _unpack(packages: "Sequence[str]", engines: Path, root: Path) -> bool:
    """Download with an apt state of our own, and unpack into a folder."""
    log, apt = engines / "apt.log", engines / "apt"
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    own = _own_state(apt)
    succeeds(["apt-get", *own, "update", "-qq"], log=log, environ=APT)
    if not succeeds(["apt-get", *own, "install", *QUIET, "--download-only", *packages], log=log, environ=APT):
        return False
    archives = sorted((apt / "cache" / "archives").glob("*.deb"))
    done = all(succeeds(["dpkg", "-x", archive, root], log=log) for archive in archives)
    shutil.rmtree(apt)  # 340 MB that nobody needs again
    return done


def _own_state(apt: Path) -> list[str]:
    options = (
        f"Dir::State={apt / 'state'}",
        "Dir::State::status=/var/lib/dpkg/status",
        f"Dir::Cache={apt / 'cache'}",
        "Debug::NoLocking=1",
        "APT::Sandbox::User=",
    )
    return [word for option in options for word in ("-o", option)]


def _write_fonts_conf(engines: Path) -> None:
    """Let the unpacked browser find the unpacked fonts, and the system's as well."""
    folders = "".join(
        f"<dir>{folder}</dir>" for folder in ("/usr/share/fonts", engines / "root/usr/share/fonts")
    )
    (engines / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{engines / 'fonts-cache'}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )


def _make_office_movable(engines: Path) -> None:
    """Let the unpacked LibreOffice find its settings and libraries where it lies; bin/soffice starts it."""
    root = engines / "root"
    office = root / "usr/lib/libreoffice"
    places = office / "program" / "fundamentalrc"
    if not places.exists():  # the system has it
        return
    # What its package would link into /etc once installed.
    registry = f"file://{office}/share/.registry"
    written = places.read_text(encoding="utf-8").replace("file:///etc/libreoffice/registry", registry)
    places.write_text(written.replace("file:///usr/lib/libreoffice", f"file://{office}"), encoding="utf-8")
    folders = [office / "program", *root.glob("usr/lib/*-linux-gnu*"), *root.glob("lib/*-linux-gnu*")]
    start = engines / "bin" / "soffice"
    start.parent.mkdir(exist_ok=True)
    start.write_text(
        f'#!/bin/sh\nLD_LIBRARY_PATH="{":".join(map(str, folders))}" exec "{office}/program/soffice" "$@"\n',
        encoding="utf-8",
    )
    start.chmod(0o755)
