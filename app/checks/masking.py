"""How personal data is written so that nobody is found by it, in the customary forms."""

import re

_NOT_DIGITS = re.compile(r"[^0-9Xx]")
LAST = 4
#: A town's own ending, and not the beginning of a place that is named after one.
_TOWN = re.compile(r"街道|镇(?!海|江|平|远|宁|雄|康|沅|巴|坪|赉|原)|(?<!城)乡(?!城|宁)")
_COUNTY = re.compile(r"自治县|县|市|(?<![小社园校厂院])区|省")
UNKNOWN = "***"


def digits_of(written: str) -> str:
    """Return a number without the marks between its digits."""
    return _NOT_DIGITS.sub("", written).upper()


def masked_mobile(written: str) -> str:
    """Write 13812341234 as 138****1234."""
    digits = digits_of(written)[-11:]
    return f"{digits[:3]}****{digits[-LAST:]}"


def masked_identity(written: str) -> str:
    """Write 330324199001011234 as 33*************234."""
    digits = digits_of(written)
    return f"{digits[:2]}{'*' * (len(digits) - 5)}{digits[-3:]}"


def masked_card(written: str) -> str:
    """Keep a card's last four digits."""
    digits = digits_of(written)
    return "*" * (len(digits) - LAST) + digits[-LAST:]


def masked_address(written: str) -> str:
    """Keep an address down to its town; without a town, down to its county."""
    if town := _TOWN.search(written, 1):
        return written[: town.end()]
    ends = [found.end() for found in _COUNTY.finditer(written) if found.start()]
    return written[: ends[-1]] if ends else UNKNOWN


def is_finer_than_town(written: str) -> bool:
    """Say whether an address goes on below its town or street office."""
    return masked_address(written) != written.strip()
