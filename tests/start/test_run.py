"""`python3 wsgi.py run` on empty data, stopped, and started again: as the first user of the platform does."""

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.start.command import ROOT

PATIENCE = 120  # seconds; the machine may be busy with other tests


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answer(port: int, host: str, path: str = "/") -> tuple[int, str]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = link.getresponse()
        return answer.status, answer.read().decode()
    finally:
        link.close()


def _is_up(port: int) -> bool:
    try:
        return _answer(port, "localhost", "/readyz")[0] == 200
    except OSError:
        return False


@contextmanager
def _running(data: Path, port: int, said: Path) -> Iterator[None]:
    """Run the platform until the block ends, then press Ctrl-C; its end must be a clean one."""
    with said.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own entry
            [sys.executable, str(ROOT / "wsgi.py"), "run"],
            env={**os.environ, "PORT": str(port), "DATA_DIR": str(data), "ZIWANG_WORKERS": "2"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + PATIENCE
        while not _is_up(port):
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < until, said.read_text()
            time.sleep(0.2)
        yield
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=40) == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _all_pictures_come_at_once(port: int, portal: str) -> None:
    found = sorted(set(re.findall(r'src="([^"]*/files/[^"]+)"', portal)))
    assert len(found) >= 5
    with ThreadPoolExecutor(12) as readers:
        codes = list(readers.map(lambda path: _picture(port, path), found * 6))
    assert set(codes) == {200}


def _picture(port: int, path: str) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("GET", path, headers={"Host": f"www.yj.localhost:{port}"})
        answer = link.getresponse()
        answer.read()
        return answer.status
    finally:
        link.close()


def test_the_demonstration_county_is_served_and_keeps_its_data(tmp_path: Path) -> None:
    data, port = tmp_path / "var", _free_port()
    accounts = data / "demo-accounts.txt"

    with _running(data, port, tmp_path / "first"):
        status, portal = _answer(port, "www.yj.localhost")
        assert status == 200
        assert "永政办发〔2007〕89号" in portal  # The founding notice, by the means of everybody.
        for host in ("xfb.yj.localhost", "slj.yj.localhost", "qiaotou.yj.localhost"):
            status, page = _answer(port, host)
            assert status == 200
            assert "演示环境" in page
        assert _answer(port, "console.yj.localhost", "/login")[0] == 200
        units = _answer(port, "www.yj.localhost", "/units/")[1]
        assert len(set(re.findall(r'href="http://([a-z-]+)\.yj\.localhost', units))) >= 54
        _all_pictures_come_at_once(port, portal)

    told = (tmp_path / "first").read_text()
    passwords = re.findall(r"密码 (\S+)", told)
    assert len(passwords) == 12  # Five roles in two units, and two of the county.
    assert told.count("二次验证密钥") == 1
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    assert all(password in accounts.read_text() for password in passwords)

    with _running(data, port, tmp_path / "second"):
        assert "永政办发〔2007〕89号" in _answer(port, "www.yj.localhost")[1]
    assert not any(password in (tmp_path / "second").read_text() for password in passwords)
