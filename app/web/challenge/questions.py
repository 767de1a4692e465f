"""The plain question for browsers without JavaScript: a small sum, answered in words or digits."""

import secrets
import unicodedata

_DIGITS = "零一二三四五六七八九"
_TEN = 10
#: Signs that people put around an answer.
_AROUND = " \t\r\n　。．.？?，,是等于＝="


def new_question() -> tuple[str, int]:
    """Return a question and the number that answers it."""
    first, second = secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
    if secrets.randbelow(2) and first != second:
        return f"{_DIGITS[max(first, second)]}减{_DIGITS[min(first, second)]}等于几？", abs(first - second)
    return f"{_DIGITS[first]}加{_DIGITS[second]}等于几？", first + second


def number_in(answer: str) -> int | None:
    """Read a number below a hundred, in digits of any width or in Chinese words."""
    written = unicodedata.normalize("NFKC", answer).strip(_AROUND)
    if written.isascii() and written.isdecimal() and len(written) <= 2:  # noqa: PLR2004 - digits
        return int(written)
    if written and all(sign in f"{_DIGITS}十" for sign in written):
        return _from_words(written)
    return None


def _from_words(written: str) -> int | None:
    tens, ten, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    if not ten:
        return _DIGITS.index(tens)
    return (_DIGITS.index(tens) if tens else 1) * _TEN + (_DIGITS.index(ones) if ones else 0)
