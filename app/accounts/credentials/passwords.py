"""Passwords: which may be chosen, and how they are kept and compared (argon2id)."""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 128
#: From this length on a sentence is as good as a mixture of signs.
LONG_ENOUGH = 16
CLASSES_WANTED = 3
FEWEST_DIFFERENT = 5

#: What people choose when told to use letters, digits and signs.
COMMON = """
    password passw0rd p@ssw0rd p@ssword qwerty qwertyuiop 1qaz2wsx 1q2w3e4r 1qaz@wsx !qaz2wsx zaq12wsx
    123456 654321 111111 888888 666666 000000 5201314 woaini iloveyou admin administrator root welcome
    letmein changeme abc123 a123456 abcd1234 test guest user zhengfu xinxi yongjia mima
""".split()  # noqa: SIM905 - words read better than quotes
#: What is left beside common words must be more than a year and a sign.
LEFT_OVER = 6

# Each hash takes 64 MiB and about 0.15 s: two at a time bound what a flood of attempts can take.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_at_once = BoundedSemaphore(2)


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    with _at_once:
        return _hasher.hash(_normal(password))


def is_right(password: str, password_hash: str) -> bool:
    """Compare a password with a hash; an empty hash takes the same time and is never right."""
    with _at_once:
        try:
            _hasher.verify(password_hash or _nobodys_hash(), _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def faults(password: str, *, login: str, name: str) -> list[str]:
    """Say in sentences for the screen why a password may not be chosen; nothing when it may."""
    found = []
    if len(password) < SHORTEST:
        found.append(f"密码至少 {SHORTEST} 个字符，现为 {len(password)} 个。")
    if len(password) > LONGEST:
        found.append(f"密码最多 {LONGEST} 个字符。")
    if len(password) < LONG_ENOUGH and _classes(password) < CLASSES_WANTED:
        found.append(
            f"请在大写字母、小写字母、数字、符号中至少用 {CLASSES_WANTED} 种，"
            f"或者改用不少于 {LONG_ENOUGH} 个字符的一句话。"
        )
    lowered = password.lower()
    if login.lower() in lowered or (len(name) > 1 and name.lower() in lowered):
        found.append("密码中不能有本人的登录名或姓名。")
    if _is_common(lowered):
        found.append("这个密码太常见，容易被猜中，请换一个。")
    return found


def _classes(password: str) -> int:
    return sum(
        (
            any(sign.isupper() for sign in password),
            any(sign.islower() for sign in password),
            any(sign.isdigit() for sign in password),
            any(not sign.isalnum() for sign in password),
        )
    )


def _is_common(lowered: str) -> bool:
    if len(set(lowered)) < FEWEST_DIFFERENT:
        return True
    rest = lowered
    for word in sorted(COMMON, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < min(LEFT_OVER, len(lowered))


def _normal(password: str) -> str:
    """Make one text of what different keyboards write for the same signs."""
    return unicodedata.normalize("NFKC", password[: LONGEST + 1])


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody's")
