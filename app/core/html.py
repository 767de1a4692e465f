"""Text that editors paste: cleaned by an allow-list when stored and again when shown (C4).

Tables, headings, lists and links stay; styles, scripts and the word processor's own marks go. Alignment
survives as one of a few classes. Pictures stay where they are files of the subsite itself; stored text names
them as /files/..., whatever page it was copied from.
"""

import html
import re
from collections.abc import Mapping
from itertools import count

import nh3
from markupsafe import Markup

from app.core.pictures import Picture, element

BLOCKS = ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "div", "hr", "br")
TABLES = ("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td")
WORDS = ("a", "strong", "em", "b", "i", "u", "sub", "sup", "code", "img")
TAGS = frozenset((*BLOCKS, *TABLES, *WORDS))
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # The cleaner would let through two on every element.
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "ol": {"start"},
    "img": {"src", "alt"},
}
ALIGNMENTS = ("center", "right")
ALIGNED = frozenset({"p", "h2", "h3", "h4", "td", "th", "div"})
CLASSES = {tag: set(ALIGNMENTS) for tag in ALIGNED}
SCHEMES = {"http", "https", "mailto", "tel"}
#: Dropped with all they contain, not only unwrapped.
DROPPED = {"script", "style", "head", "title", "xml", "o:p", "iframe", "object", "svg", "math", "template"}
LINK_REL = "noopener noreferrer"
#: Where stored text finds its pictures.
FILES = "/files/"

_MARKUP = re.compile(r"<(?:!--|/?[a-zA-Z])")
_ALIGN = re.compile(r' style="text-align:\s*(\w+);?"')
#: What is left where none of an element's classes may stay.
_NO_CLASS = re.compile(r'(<[^<>]*?) class=""')
#: A picture of the subsite: as stored, under the portal's /u/<slug>/, and on the console.
_OWN_PICTURE = re.compile(
    r"\s*(?:/u/[\w-]{1,63}|/[\w-]{1,63}/articles)?/files/([0-9a-f]{32}\.(?:jpg|png|gif|webp))\s*"
)
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_IN_PICTURE = re.compile(r' (src|alt)="([^"]*)"')
_STORED_PICTURE = re.compile(r'<img src="/files/([0-9a-f]{32}\.\w{3,4})" alt="([^"]*)">')
_FIRST_HEADING = re.compile(r"<(/?)h1\b")
_EMPTY = re.compile(r"<(p|div|h[234])(?: class=\"\w+\")?>(?:\s|&nbsp;|<br>)*</\1>")
_HEADING = re.compile(r"<(/?)h([234])\b")
_TAG = re.compile(r"<[^>]+>")
_BLOCK_END = re.compile(r"</(?:p|h[234]|li|tr|div|table|blockquote|pre|caption)>|<br>|<hr>")
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """Return what may be kept of pasted HTML, plain text as paragraphs; cleaning twice changes nothing."""
    if not _MARKUP.search(text):
        return _paragraphs(text)
    aligned = nh3.clean(
        text.replace("\x00", ""),
        tags=set(TAGS | {"h1"}),
        clean_content_tags=DROPPED,
        attributes={
            **ATTRIBUTES,
            **{tag: ATTRIBUTES.get(tag, set()) | {"style"} for tag in ALIGNED | {"h1"}},
        },
        allowed_classes={**CLASSES, "h1": set(ALIGNMENTS)},
        filter_style_properties={"text-align"},
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
    )
    aligned = _ALIGN.sub(lambda found: _class_of(found.group(1)), _NO_CLASS.sub(r"\1", aligned))
    kept = _strict(_FIRST_HEADING.sub(r"<\1h2", aligned))
    # Words whose every tag had to go would be taken for plain text, and escaped, the next time.
    return kept if not kept or _MARKUP.search(kept) else f"<p>{kept}</p>"


def shown(stored: str, *, files: str = FILES, pictures: Mapping[str, Picture] | None = None) -> Markup:
    """Return stored text for a template, cleaned once more: the database is not trusted either.

    Pictures are looked for under ``files``, which ends with a slash: the page's mount, or the console's own.
    Those that are known by their token get their measures and sizes.
    """
    known = pictures or {}
    numbers = count()

    def written(found: re.Match[str]) -> str:
        name, says = found.groups()
        picture = known.get(name[:32], Picture(files + name))
        return element(picture, says=html.unescape(says), is_first=next(numbers) == 0)

    text = _STORED_PICTURE.sub(written, _strict(stored))
    return Markup(text)  # noqa: S704 - the only maker of Markup; the line above is why


def pictures_in(stored: str) -> list[str]:
    """Return the tokens of the files that stand in a text as pictures, in order, each once."""
    return list(descriptions_in(stored))


def described(stored: str, descriptions: Mapping[str, str]) -> str:
    """Return stored text with the pictures of these tokens described in these words."""

    def written(found: re.Match[str]) -> str:
        said = dict(_IN_PICTURE.findall(found.group(1)))
        own = _OWN_PICTURE.fullmatch(said.get("src", ""))
        words = descriptions.get(own.group(1)[:32]) if own else None
        return found.group() if words is None else f'<img src="{said["src"]}" alt="{html.escape(words)}">'

    return clean(_PICTURE.sub(written, stored))


def descriptions_in(stored: str) -> dict[str, str]:
    """Return how each picture of a text is described, by its file's token."""
    said = [dict(_IN_PICTURE.findall(one)) for one in _PICTURE.findall(stored)]
    return {
        own.group(1)[:32]: html.unescape(one.get("alt", ""))
        for one in said
        if (own := _OWN_PICTURE.fullmatch(one.get("src", "")))
    }


def plain(stored: str) -> str:
    """Return the words alone, a line for each block."""
    lines = _TAG.sub("", _BLOCK_END.sub("\n", stored))
    return "\n".join(
        line for raw in html.unescape(lines).split("\n") if (line := _SPACES.sub(" ", raw).strip())
    )


def _strict(text: str) -> str:
    kept = _step_by_step(_allowed(text))
    while (shorter := _EMPTY.sub("", kept)) != kept:  # What held only an empty block is empty then.
        kept = shorter
    return kept.strip()


def _allowed(text: str) -> str:
    kept = nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
        attribute_filter=_filtered,
        set_tag_attribute_values={"table": {"tabindex": "0"}},  # A wide one is scrolled by keyboard too.
    )
    return _PICTURE.sub(_picture, _NO_CLASS.sub(r"\1", kept))


def _filtered(tag: str, name: str, value: str) -> str | None:
    """Name a picture as it is stored; one that is no file of the subsite loses its address."""
    if tag != "img":
        return value
    if name == "src":
        own = _OWN_PICTURE.fullmatch(value)
        return FILES + own.group(1) if own else None
    return " ".join(value.translate(_SIGNS).split()) if name == "alt" else None


#: Angle brackets in a description would be taken for tags where only words are wanted.
_SIGNS = str.maketrans("<>", "〈〉")


def _picture(found: re.Match[str]) -> str:
    """Write a picture in one way, with a description even if empty; leave one without address out."""
    said = dict(_IN_PICTURE.findall(found.group(1)))
    return f'<img src="{said["src"]}" alt="{said.get("alt", "")}">' if said.get("src") else ""


def _step_by_step(text: str) -> str:
    """Let headings begin at the second level and leave none out, as those who jump by heading expect."""
    above: list[str] = []

    def placed(found: re.Match[str]) -> str:
        closes, level = found.groups()
        if not closes:
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        return f"<{closes}h{len(above) + 1}"

    return _HEADING.sub(placed, text)


def _class_of(alignment: str) -> str:
    return f' class="{alignment}"' if alignment in ALIGNMENTS else ""


def _paragraphs(text: str) -> str:
    lines = (line.strip() for line in text.replace("\x00", "").splitlines())
    return _strict("".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line))
