"""Links that lead nowhere, that nobody sees, or out of the government's sites; words that are hidden (ZY-18).

All by form: nothing is fetched.
"""

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import lxml.html
from lxml.etree import ParserError, XMLSyntaxError, _Element

from app.checks.hits import Finding
from app.checks.subject import Subject

GOVERNMENT = (".gov.cn", ".政务", ".xn--zfr164b", ".gov.cn.localhost")
_STYLE_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?|white|transparent|rgba?\(\s*255\s*,\s*255\s*,\s*255)",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE)
_CUT_OFF = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
#: Longer style attributes are not written by people.
LONGEST_STYLE = 2_000
_BAD_CHARACTERS = re.compile(r"[\s\u3000-\u303f\uff00-\uffef<>\"]")
_TWICE = re.compile(r"https?:/*https?:", re.IGNORECASE)
MOST = 2_000


def links(subject: Subject) -> Iterator[Finding]:
    """Judge the links of the body, and of what was sent the words that only a machine would read."""
    tree = parsed(subject.text.body)
    if tree is not None:
        for number, link in enumerate(tree.iter("a"), 1):
            if number > MOST:
                break
            yield from _link(subject, link)
    sent = parsed(subject.submitted)
    if sent is not None:
        yield from _hidden_words(subject, sent)


def parsed(source: str) -> _Element | None:
    """Return a tree of an HTML text; None where there is nothing to parse."""
    if not source.strip():
        return None
    try:
        tree: _Element = lxml.html.fragment_fromstring(source.replace("\x00", ""), create_parent="div")
    except (ParserError, XMLSyntaxError, ValueError):
        return None
    return tree


def _link(subject: Subject, link: _Element) -> Iterator[Finding]:
    address = str(link.get("href") or "").strip()
    words = " ".join("".join(str(one) for one in link.itertext()).split())
    shown = words[:40] or address[:60]
    if not words and link.find(".//img") is None:
        why = f"链接 {address[:60]} 没有文字，读者看不见，会被当作暗链。"
        yield _of(subject, "link.hidden", address, why, "删除这个链接，或给它写上文字。")
    elif fault := fault_of(address):
        yield _of(subject, "link.dead", address, f"链接“{shown}”{fault}。", "改为正确的网址，或去掉链接。")
    elif host := foreign_host(address, subject.own.hosts):
        why = f"链接“{shown}”指向非政府网站 {host}。"
        advice = "确有必要才保留；读者打开前会看到离开本站的提示。"
        yield _of(subject, "link.foreign", host, why, advice)


def fault_of(address: str) -> str:
    """Say why an address cannot lead anywhere; empty for one that may."""
    scheme = address.partition(":")[0].lower() if ":" in address else ""
    if not address or address in {"#", "/#"}:
        return "没有网址"
    if scheme in {"mailto", "tel"}:
        return "" if address[len(scheme) + 1 :].strip() else "没有写完"
    return _fault_of_form(address) or _fault_of_web(address, scheme)


def _fault_of_form(address: str) -> str:
    if _TWICE.match(address):
        return "的网址写了两遍开头"
    return "的网址里有空格或中文标点" if _BAD_CHARACTERS.search(address) else ""


def _fault_of_web(address: str, scheme: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port
    except ValueError:
        return "的网址写错了"
    if scheme and scheme not in {"http", "https"}:
        return "的网址别人的电脑打不开"
    return _fault_of_host(host) if scheme or address.startswith("//") else ""


def _fault_of_host(host: str) -> str:
    if not host or ("." not in host and host != "localhost"):
        return "的网址没有写完"
    try:
        is_inside = not ipaddress.ip_address(host).is_global
    except ValueError:
        is_inside = host == "localhost" or host.endswith((".local", ".lan", ".internal"))
    return "的网址只能在内部网络打开" if is_inside else ""


def foreign_host(address: str, own_hosts: tuple[str, ...]) -> str:
    """Return the host of an address outside the government's sites and the platform's own; else nothing."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    if not host or f".{host}".endswith(GOVERNMENT):
        return ""
    return "" if any(host == one or host.endswith(f".{one}") for one in own_hosts) else host


def _hidden_words(subject: Subject, sent: _Element) -> Iterator[Finding]:
    waiting = [sent]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        if not is_hiding(element):
            waiting.extend(reversed(element))
            continue
        words = " ".join("".join(str(one) for one in element.itertext()).split())
        if words:
            has_link = element.tag == "a" or element.find(".//a") is not None
            rule = "link.hidden" if has_link else "link.hidden-text"
            why = f"“{words[:30]}”是隐藏的文字，读者看不见。粘贴进来的网页常带有这样的暗链或广告。"
            yield _of(subject, rule, words, why, "删除这段文字；不删的话，保存后它会显示出来。")


def is_hiding(element: _Element) -> bool:
    """Say whether an element keeps its words from being seen."""
    style = str(element.get("style") or "")[:LONGEST_STYLE]
    is_cut_off = _NO_SIZE.search(style) and _CUT_OFF.search(style)
    return bool(element.get("hidden") is not None or _STYLE_HIDES.search(style) or is_cut_off)


def _of(subject: Subject, rule: str, key: str, why: str, advice: str) -> Finding:
    return Finding(rule, subject.body, 0, 0, why, advice, key=key, is_quotable=False)
