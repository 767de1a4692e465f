"""What the figures were taken on; nothing that tells whose machine it is or where things lie on it."""

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("flask", "werkzeug", "jinja2", "sqlalchemy", "gunicorn", "psycopg")
KIB_IN_GIB = 1024 * 1024


def description() -> list[str]:
    """Return the machine, the versions, and how busy it was with other things."""
    load = os.getloadavg()[0]
    return [
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({_processor()}), {_memory_gib():.0f} GiB",
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        f"load average when the run began: {load:.1f} (whatever else ran then shared the cores)",
    ]


def resident_mib(process_id: int) -> float:
    """Return a process's resident memory."""
    return _kib_in(Path(f"/proc/{process_id}/status"), "VmRSS") / 1024


def children_of(process_id: int) -> list[int]:
    """Return the processes that a process has started."""
    listed = Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="ascii")
    return [int(word) for word in listed.split()]


def busy_ms(process_id: int) -> float:
    """Return what all threads of a process have taken of the processor, user and system.

    The scheduler counts it to the nanosecond, where /proc's ticks are of ten milliseconds.
    """
    threads = Path(f"/proc/{process_id}/task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in threads) / 1_000_000


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "processor unknown"


def _memory_gib() -> float:
    return _kib_in(Path("/proc/meminfo"), "MemTotal") / KIB_IN_GIB


def _kib_in(file: Path, name: str) -> int:
    lines = file.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
