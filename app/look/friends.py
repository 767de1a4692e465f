"""Links to other sites: which addresses may stand on a government page, and what sort they are."""

from urllib.parse import urlsplit

from app.look.design import SORTS, Friend

MOST_FRIENDS = 60
LONGEST_TITLE, LONGEST_URL = 30, 300
_BLANKS = frozenset(" \t\r\n<>\"'\\`{}|^")


def checked_friend(one: Friend, number: int, wrong: list[str]) -> Friend:
    """Return a link as it is kept, and note what is wrong with it."""
    where = f"第 {number} 条链接"
    if not one.title or len(one.title) > LONGEST_TITLE:
        wrong.append(f"{where}：请填名称，不超过 {LONGEST_TITLE} 个字。")
    if one.sort not in SORTS:
        wrong.append(f"{where}：请选择类别。")
    if not is_address(one.url):
        wrong.append(f"{where}：地址要以 http:// 或 https:// 开头，例如 https://www.gov.cn/。")
    elif one.sort == "gov" and not is_government(one.url):
        wrong.append(f"{where}：“政府网站”的域名要以 .gov.cn 结尾，其他网站请选“其他网站”。")
    return one


def is_address(url: str) -> bool:
    """Say whether a text is a plain address of a page on the web: no script, no account, no blanks."""
    if len(url) > LONGEST_URL or _BLANKS & set(url) or any(ord(sign) < 32 for sign in url):  # noqa: PLR2004 - control signs
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in ("http", "https")
        and parts.username is None
        and (port is None or port > 0)
        and "." in host.strip(".")
        and not host.startswith((".", "-"))
    )


def is_government(url: str) -> bool:
    """Say whether an address is under the domain of the government."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return host == "gov.cn" or host.endswith(".gov.cn")
