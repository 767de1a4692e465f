"""The virtual environment with the pinned packages in it, made once and mended when it was interrupted.

The stamp of a group is removed first and written last, so a start that finds it need not look further.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.bootstrap.places import ROOT, VENV, python_of
from deploy.bootstrap.programs import StartError, answer_of, say, succeeds

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A Python inside the environment cannot make the environment anew; the one it was made from can.
PYTHON = str(getattr(sys, "_base_executable", None) or sys.executable)
INSTALLER = "uv>=0.9,<1"
NO_PIP = "运行环境 {} 建不起来（缺少 venv 或 pip），请先安装：apt-get install python3-venv python3-pip"
LOCKS = {"core": ("requirements.lock",), "test": ("requirements.lock", "requirements-test.lock")}


def wanted(root: Path = ROOT) -> dict[str, list[str]]:
    """Return the packages that setup.cfg names, by group."""
    settings = ConfigParser()
    settings.read(root / "setup.cfg", encoding="utf-8")
    core, test = settings["options"]["install_requires"], settings["options.extras_require"]["test"]
    return {"core": core.split(), "test": test.split()}


def digest(group: str, *, root: Path = ROOT, venv: Path = VENV) -> str:
    """Return what must be installed, and for which Python, as one number."""
    texts = [repr(wanted(root)), str(python_of(venv).resolve())]
    texts += [(root / name).read_text(encoding="utf-8") for name in LOCKS[group]]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def is_installed(group: str, *, root: Path = ROOT, venv: Path = VENV) -> bool:
    """Tell whether a group was installed to its end, from the lists as they are now."""
    stamp = _stamp(group, venv)
    return stamp.exists() and stamp.read_text() == digest(group, root=root, venv=venv)


def install(group: str, *, root: Path = ROOT, venv: Path = VENV) -> None:
    """Bring the environment to what the lock says, starting afresh where an earlier attempt broke off."""
    if is_installed(group, root=root, venv=venv):
        return
    if not os.access(root, os.W_OK):
        message = f"文件夹 {root} 不能写入，装不了软件包，请修改权限，或把程序复制到自己的文件夹里再启动。"
        raise StartError(message)
    with _alone(root):
        if is_installed(group, root=root, venv=venv):
            return
        under_way = venv / ".installing"
        _make_environment(venv, afresh=under_way.exists())
        under_way.touch()
        _stamp(group, venv).unlink(missing_ok=True)
        say("正在安装软件包（第一次约需一分钟，取决于网络）……")
        _install_locks(venv, [root / name for name in LOCKS[group]])
        for contained in (name for name in LOCKS if set(LOCKS[name]) <= set(LOCKS[group])):
            _stamp(contained, venv).write_text(digest(contained, root=root, venv=venv))
        under_way.unlink()


def add(packages: list[str], target: Path, log: Path) -> bool:
    """Install packages into a folder of their own, for one use."""
    return any(
        succeeds([*tool, "--target", target, *packages], log=log, environ=extra)
        for tool, extra in _installers(VENV)
    )


def _stamp(group: str, venv: Path) -> Path:
    return venv / f".installed-{group}"


@contextmanager
def _alone(root: Path) -> "Iterator[None]":
    """Keep a second start in the same folder waiting until the first has installed."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _make_environment(venv: Path, *, afresh: bool) -> None:
    """Make the environment unless there is one that works.

    It gets no pip of its own where uv or the machine's pip can fill it: that is faster, and Debian without
    python3-venv could not give it one.
    """
    if not afresh and _works(venv):
        return
    say(f"正在建立运行环境 {venv.name} ……")
    filled_from_outside = shutil.which("uv") or succeeds([PYTHON, "-m", "pip", "--version"])
    option = ["--without-pip"] if filled_from_outside else []
    if not succeeds([PYTHON, "-m", "venv", "--clear", *option, venv]):
        raise StartError(NO_PIP.format(venv))


def _works(venv: Path) -> bool:
    """Tell whether the environment's Python runs and is the one that its packages were installed for."""
    question = "import sys, sysconfig, os; raise SystemExit(not os.path.isdir(sysconfig.get_path('purelib')))"
    return python_of(venv).exists() and succeeds([python_of(venv), "-c", question])


def _installers(venv: Path) -> "Iterator[tuple[list[str], dict[str, str]]]":
    """Give the ways to install, best first: uv, the machine's or one that pip brings, then pip itself."""
    python = str(python_of(venv))
    pip = _pip_for(python)
    if pip and not uv_in(venv):
        succeeds([*pip, "install", "-q", "--retries", "1", INSTALLER], log=venv / "install.log")
    if uv := uv_in(venv):
        yield [uv, "pip", "install", "-q", "--python", python], _index_of(pip)
    if pip:
        yield [*pip, "install", "-q", "--retries", "1"], {}
    elif not uv_in(venv):
        raise StartError(NO_PIP.format(venv))


def _pip_for(python: str) -> list[str]:
    """Return the environment's own pip, else the machine's working on the environment, else nothing."""
    ways = ([python, "-m", "pip"], [PYTHON, "-m", "pip", "--python", python])
    return next((way for way in ways if succeeds([*way, "--version"])), [])


def uv_in(venv: Path) -> str | None:
    """Find uv in the environment or else on the machine."""
    return shutil.which("uv", path=f"{venv / 'bin'}:{os.environ.get('PATH', '')}")


def _index_of(pip: list[str]) -> dict[str, str]:
    """Let uv, which does not read pip's settings, ask the index that the machine gives to pip."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        return {}
    asked = answer_of([*pip, "config", "get", "global.index-url"]) if pip else ""
    index = os.environ.get("PIP_INDEX_URL") or asked
    return {"UV_DEFAULT_INDEX": index} if index else {}


def _install_locks(venv: Path, locks: list[Path]) -> None:
    files = [word for lock in locks for word in ("-r", str(lock))]
    log = venv / "install.log"
    for tool, extra in _installers(venv):
        if succeeds([*tool, *files], log=log, environ=extra):
            return
    message = f"软件包没有装上，请检查网络或代理设置后重试，经过见 {log}"
    raise StartError(message)
