"""What is kept of pasted text, and that nothing that runs is (C4)."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from app.core.html import (
    ATTRIBUTES,
    SCHEMES,
    TAGS,
    clean,
    described,
    descriptions_in,
    pictures_in,
    plain,
    shown,
)

OWN_PICTURE = re.compile(r"/files/[0-9a-f]{32}\.(?:jpg|png|gif|webp)")
PICTURE = f"/files/{'0a' * 16}.png"
NAMESPACE = "{http://www.w3.org/1999/xhtml}"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style>
<title>x</title></head><body lang=ZH-CN style='tab-interval:21pt'><!--[if gte mso 9]><xml><o:Pixels>1</o:Pixels></xml>
<![endif]--><h1 align=center style='text-align:center;mso-outline-level:1'><span style='font-family:宋体'>关于做好工作的通知
</span></h1><p class=MsoNormal style='text-indent:24pt;mso-char-indent-count:2.0'><b><span lang=EN-US>1.</span>各乡镇</b>：
<o:p></o:p></p><table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:20pt'>
<td width=100 colspan=2 rowspan="2" style='width:75pt;background:yellow'><p class=MsoNormal align=right
style='text-align:right'>单位</p></td><th scope=col onclick=x()>数量</th></tr></table>
<p style='text-align:right;color:red'>2026年3月1日</p><p style="text-align:justify">正文</p><p>&nbsp;</p>
<v:shape id="x"><v:imagedata src="file:///C:/x.png"/></v:shape></body></html>"""

PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in ("p", "table", "tr", "td", "h1", "h2", "a", "div", "b", "li", "svg", "math", "style")),
        *(f"</{tag}>" for tag in ("p", "table", "td", "h1", "a", "div", "svg", "math", "style", "title", "xmp")),
        "<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "<a href=//e.example>",
        "<a href=' \tjava&#10;script:alert(1)'>", "<a href='data:text/html,x'>", "<a href='/x' title=\"y\" onclick=z>",
        "<p style='text-align:center'>", "<p class=center>", "<p class='center evil'>", '<td style="text-align: right;x:y">',
        "<p style='text-align:center\" onmouseover=\"x'>", '<p title=\' style="text-align:center"\'>', "<iframe srcdoc=x>",
        "<noscript>", "<template>", "<plaintext>", "<xmp>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml", "<math><mtext><table>",
        "<mglyph><style>", "&lt;script&gt;", "&amp;lt;", "&#0;", "\x00", "<", ">", '"', "'", "=", " ", "\n", "文字", "<h1",
        "<form action=x>", "<input autofocus onfocus=x>", "<base href=//e>", "<meta http-equiv=refresh>", "<link rel=x>",
        f"<img src={PICTURE}>", f'<img alt="a>b" src="/slj/articles{PICTURE}" onload=x>', f"<img src='/u/slj{PICTURE}",
        f"<img src=//evil.example{PICTURE}>", "<img src=", PICTURE, "alt='", "<ol start=3>", "<td colspan=2>", "<font color=red>", "<o:p>", "</o:p>", "<details open ontoggle=x>",
    ]
)  # fmt: skip
#: What is said of a picture when it is shown, and never stored.
HOW_FETCHED = re.compile(r'(?: loading="lazy")? decoding="async"(?=>)')
anything = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=80))


def faults(cleaned: str) -> list[str]:  # noqa: C901, PLR0912 - one line for each thing that may stay
    """Return what a browser's parser finds that may not be there."""
    found = []
    for element in html5lib.parseFragment(cleaned).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        tag = str(element.tag).removeprefix(NAMESPACE)
        if tag == "img" and set(element.attrib) != {"src", "alt"}:
            found.append("<img> without address or description")
        if tag not in TAGS and tag != "tbody":
            found.append(f"<{tag}>")
        for name, value in element.attrib.items():
            if name == "class" and value in ("center", "right"):
                continue
            if (tag, name) == ("img", "src") and not OWN_PICTURE.fullmatch(value):
                found.append(f"<img {name}={value}>")
            if name == "rel" and tag == "a" and value == "noopener noreferrer":
                continue
            if (tag, name, value) == ("table", "tabindex", "0"):
                continue  # Ours: a wide table is scrolled by keyboard.
            if name not in ATTRIBUTES.get(tag, set()):
                found.append(f"<{tag} {name}={value}>")
            if name == "href" and not _leads_nowhere_bad(value):
                found.append(f"<{tag} {name}={value}>")
    return found


def _leads_nowhere_bad(address: str) -> bool:
    scheme = re.match(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-\s]*):", address)
    return scheme is None or re.sub(r"\s", "", scheme.group(1)).lower() in SCHEMES


@given(anything)
@settings(max_examples=1_500, deadline=None)
def test_cleaning_leaves_nothing_that_runs_and_is_done_after_once(text: str) -> None:
    once = clean(text)
    assert faults(once) == []
    assert clean(once) == once
    assert HOW_FETCHED.sub("", shown(once)) == once
    assert faults(HOW_FETCHED.sub("", shown(text))) == []


def test_what_word_writes_keeps_its_structure_and_loses_its_looks() -> None:
    kept = clean(WORD)
    assert '<h2 class="center">关于做好工作的通知' in kept
    assert '<td colspan="2" rowspan="2">' in kept
    assert '<p class="right">单位</p>' in kept
    assert '<th scope="col">数量</th>' in kept
    assert '<p class="right">2026年3月1日</p>' in kept
    assert "<p>正文</p>" in kept
    assert "<b>1.各乡镇</b>" in kept
    for gone in (
        "style",
        "Mso",
        "o:p",
        "font",
        "<span",
        "width",
        "file:",
        "red",
        "x</title",
        "Pixels",
        "<p>&nbsp;",
    ):
        assert gone not in kept, gone
    assert faults(kept) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一\n二\r\n\r\n三", "<p>一</p><p>二</p><p>三</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("  前后空白  ", "<p>前后空白</p>"),
        ("", ""),
        ("\x00", ""),
        ("<script>alert(1)</script>", ""),
        ("<style>p{}</style><p>字</p>", "<p>字</p>"),
        ("<h1>题</h1><h1 class=center>二</h1>", '<h2>题</h2><h2 class="center">二</h2>'),
        ("<p><br></p><p> </p><p>字</p>", "<p>字</p>"),
    ],
)
def test_small_texts_become_what_they_mean(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html;base64,PHNjcmlwdD4=",
        "file:///etc/passwd",
        "blob:x",
        "view-source:x",
        "\x01javascript:alert(1)",
    ],
)
def test_a_hidden_link_loses_its_address_and_keeps_its_words(link: str) -> None:
    kept = clean(f'<p><a href="{link}">看这里</a></p>')
    assert "href" not in kept
    assert "看这里" in kept


@pytest.mark.parametrize(
    "link", ["https://www.gov.cn/", "http://x.example/?a=1&amp;b=2", "mailto:a@b.example", "/tzgg/"]
)
def test_an_honest_link_stays(link: str) -> None:
    assert f'href="{link}"' in clean(f'<p><a href="{link}">看这里</a></p>')


def test_what_is_shown_is_markup_and_cleaned_again() -> None:
    assert isinstance(shown("<p>字</p>"), Markup)
    assert shown("<p onclick=x>字<script>x</script></p>") == "<p>字</p>"


def test_words_alone_keep_a_line_for_each_block() -> None:
    assert (
        plain("<h2>题</h2><p>一 &lt;二&gt;&nbsp; 三</p><ul><li>甲</li><li>乙</li></ul>")
        == "题\n一 <二> 三\n甲\n乙"
    )


@given(anything, st.sampled_from(["/files/", "/u/slj/files/", "/slj/articles/files/"]))
@settings(max_examples=300, deadline=None)
def test_what_is_shown_under_any_mount_comes_back_as_it_was_stored(text: str, files: str) -> None:
    stored = clean(text)
    assert clean(str(shown(stored, files=files))) == stored


@pytest.mark.parametrize(
    ("picture", "kept"),
    [
        (f'<img alt="楠溪江" src="{PICTURE}" width=9>', f'<img src="{PICTURE}" alt="楠溪江">'),
        (f"<img src=/u/slj{PICTURE}>", f'<img src="{PICTURE}" alt="">'),
        (f"<img src=/slj/articles{PICTURE}>", f'<img src="{PICTURE}" alt="">'),
        ("<img src=https://e.example/x.png>", ""),
        (f"<img src=//e.example{PICTURE}>", ""),
        (f"<img src=/x/y/z{PICTURE}>", ""),
        ("<img src=data:image/png;base64,AAAA>", ""),
        (f"<img src={PICTURE.replace('png', 'svg')}>", ""),
        (f"<img src={PICTURE}?x>", ""),
        ("<img alt=x>", ""),
    ],
)
def test_only_files_of_the_subsite_stay_as_pictures(picture: str, kept: str) -> None:
    assert clean(f"<p>图{picture}</p>") == f"<p>图{kept}</p>"


def test_pictures_are_found_and_described() -> None:
    token = "0a" * 16
    stored = clean(f"<p><img src={PICTURE}></p>")

    written = described(stored, {token: '"楠溪江" & <山>', "f" * 32: "别的"})

    assert pictures_in(written) == [token]
    assert descriptions_in(written) == {token: '"楠溪江" & 〈山〉'}
    assert shown(written, files="/u/slj/files/").count(f'src="/u/slj{PICTURE}"') == 1
