"""Who must wait before trying again, so that guessing is slow and nobody can lock out somebody else (D7).

Three limits, each on what was tried lately. A try is counted before it is judged, so that tries at the
same time cannot outrun the count, and forgotten when it was right.

- One name from one address: 5 in 15 minutes, then that pair waits. This alone would do against one attacker.
- One address, whatever the names: 50 in 15 minutes. A county's offices may share one address, hence so many.
- One name, from any address: from the 20th in an hour on, each try must wait twice as long after the one
  before, at most 15 minutes. It slows those who come from many addresses, and would let them keep the
  person out, so it does not count for addresses from which the person has signed in before.

The address is the true peer's (app/web/proxy.py); of IPv6 the /64, since one machine has all of that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Select, delete, func, select

from app.accounts.credentials.sealing import keyed_hash
from app.accounts.models import FailedSignIn
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db

WINDOW = timedelta(minutes=15)
PAIR_LIMIT = 5
ADDRESS_LIMIT = 50
LONG_WINDOW = timedelta(hours=1)
NAME_LIMIT = 20
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DOUBLING = 10
KEPT = timedelta(days=1)
#: Any number that no other advisory lock has.
LOCK = 0x7369676E


@dataclass(frozen=True)
class Wait:
    """Until when a try is refused unjudged."""

    until: datetime

    @property
    def says(self) -> str:
        """What the person can do, in a sentence for the screen."""
        minutes = max(1, -(-int((self.until - now()).total_seconds()) // 60))
        clock = self.until.astimezone(COUNTY_ZONE).strftime("%H:%M")
        return f"尝试次数过多，请约 {minutes} 分钟后（{clock} 以后）再试。如忘记密码，请联系管理员重置。"


def admit(name: str, address: str, *, is_known: Callable[[], bool]) -> Wait | None:
    """Count one try, or say how long to wait instead.

    The caller commits before judging. ``is_known`` is asked only when the name is under attack.
    """
    name_hash, address_hash = hash_of_name(name), hash_of_address(address)
    _one_at_a_time()
    if wait := _wait_of_pair(name_hash, address_hash) or _wait_of_address(address_hash):
        return wait
    if (wait := _wait_of_name(name_hash)) and not is_known():
        return wait
    db.session.add(FailedSignIn(login_hash=name_hash, address_hash=address_hash, at=now()))
    return None


def forgive(name: str, address: str) -> None:
    """Forget what was tried under a name from an address, since it was the person; and what is old."""
    of_pair = (FailedSignIn.login_hash == hash_of_name(name)) & (
        FailedSignIn.address_hash == hash_of_address(address)
    )
    db.session.execute(delete(FailedSignIn).where(of_pair | (FailedSignIn.at < now() - KEPT)))


def is_exhausted(name: str, address: str) -> bool:
    """Say whether the try that was just wrong was the last that this name has from this address."""
    return _wait_of_pair(hash_of_name(name), hash_of_address(address)) is not None


def hash_of_name(name: str) -> str:
    """Return what stands for a login in the table of tries."""
    return keyed_hash("throttle name", name.strip().lower())


def hash_of_address(address: str) -> str:
    """Return what stands for a network address in our tables."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return keyed_hash("throttle address", address)
    if isinstance(parsed, IPv6Address):
        address = str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return keyed_hash("throttle address", address)


def _one_at_a_time() -> None:
    """Keep others from counting until the caller commits; on SQLite an action has the database to itself."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _wait_of_pair(name_hash: str, address_hash: str) -> Wait | None:
    tries = _since(WINDOW).where(
        FailedSignIn.login_hash == name_hash, FailedSignIn.address_hash == address_hash
    )
    return _until_one_is_old(tries, PAIR_LIMIT)


def _wait_of_address(address_hash: str) -> Wait | None:
    return _until_one_is_old(_since(WINDOW).where(FailedSignIn.address_hash == address_hash), ADDRESS_LIMIT)


def _wait_of_name(name_hash: str) -> Wait | None:
    tries = _since(LONG_WINDOW).where(FailedSignIn.login_hash == name_hash)
    moments = list(db.session.scalars(tries.limit(NAME_LIMIT + LONGEST_DOUBLING)))
    if len(moments) < NAME_LIMIT:
        return None
    until = moments[0] + min(FIRST_DELAY * 2 ** (len(moments) - NAME_LIMIT), WINDOW)
    return Wait(until) if until > now() else None


def _since(window: timedelta) -> Select[datetime]:
    return select(FailedSignIn.at).where(FailedSignIn.at > now() - window).order_by(FailedSignIn.at.desc())


def _until_one_is_old(tries: Select[datetime], limit: int) -> Wait | None:
    """Wait until the oldest of the last ``limit`` tries leaves the window."""
    oldest = db.session.scalar(tries.offset(limit - 1).limit(1))
    return Wait(oldest + WINDOW) if oldest else None
