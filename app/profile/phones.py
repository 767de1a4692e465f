"""Whether what stands in a field for telephone numbers can be dialled (S-19)."""

import re

#: A landline with its area code, a mobile, 400 and 800 numbers, and the short numbers of public services.
NUMBER = re.compile(
    r"(?:0\d{2,3}-?\d{7,8}(?:-\d{1,6}|转\d{1,6})?|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|1(?:1\d|2\d{3}|2\d)|9[56]\d{3,4})"
)
SEPARATORS = re.compile(r"[、,，;；/]")
SPACES = re.compile(r"\s+")
ADVICE = "电话请写成 0577-67236286、手机号或 400-123-4567 的样子；有几个时用顿号隔开。"


def fault_of_phone(text: str) -> str:
    """Say what is wrong with one or more telephone numbers; nothing where all can be dialled."""
    numbers = [SPACES.sub("", one.translate(_NARROW)) for one in SEPARATORS.split(text) if one.strip()]
    return "" if all(NUMBER.fullmatch(one) for one in numbers) else ADVICE


#: Full-width digits and dashes are read as what they stand for.
_NARROW = str.maketrans("０１２３４５６７８９－—–", "0123456789---")
