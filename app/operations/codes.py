"""The codes and addresses that identify a unit and its site, and what is wrong with one that was typed."""

import re

SITE_CODE = re.compile(r"bm\d{8}|\d{10}")  # ZY-08
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
#: The characters of a unified social credit code in the order of their values (GB 32100).
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
URL = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(?::\d{1,5})?(?:/[^\s<>\"']*)?", re.IGNORECASE)


def fault_of_site_code(code: str) -> str | None:
    """Say why this is no 网站标识码; an empty one is taken from the portal."""
    if code and not SITE_CODE.fullmatch(code):
        return "网站标识码应为 10 位数字，或 bm 加 8 位数字。"
    return None


def fault_of_credit_code(code: str) -> str | None:
    """Say why this is no 统一社会信用代码: 18 characters, of which the last one checks the others."""
    if not code:
        return None
    if not CREDIT_CODE.fullmatch(code):
        return "统一社会信用代码应为 18 位大写字母和数字（不用 I、O、S、V、Z）。"
    total = sum(ALPHABET.index(mark) * pow(3, place, 31) for place, mark in enumerate(code[:17]))
    if ALPHABET[-total % 31] != code[17]:
        return "统一社会信用代码的校验位不对，请核对是否抄错。"
    return None


def fault_of_url(url: str) -> str | None:
    """Say why this is no address of a site."""
    if url and not URL.fullmatch(url):
        return "网址应以 http:// 或 https:// 开头，例如 https://www.example.gov.cn/。"
    return None
