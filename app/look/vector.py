"""A logo as SVG, rebuilt from a strict list of shapes: whatever is not drawing does not come through.

Libraries that clean SVG keep what they do not know to be bad. A logo needs few elements, so this keeps what
is known to be good, refuses what could act or load (script, links, pictures, foreign markup), and leaves out
what drawing programs note for themselves. It is shown as a picture only, under a policy that runs nothing.
"""

import re
from typing import Any

from lxml import etree

from app.core.errors import RuleBroken

LARGEST = 200 * 1024
SVG = "http://www.w3.org/2000/svg"
MOST_ELEMENTS = 3_000
_SHAPES = """svg g path rect circle ellipse line polyline polygon title desc defs linearGradient
radialGradient stop clipPath mask"""
SHAPES = frozenset(_SHAPES.split())
_ACTING = """script foreignObject image use a style iframe object embed audio video animate animateTransform
animateMotion set handler listener feImage"""
#: Elements that could act or load: their presence says that this is no plain drawing.
ACTING = frozenset(_ACTING.split())
_ATTRIBUTES = """id viewBox x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform width height
fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit
stroke-dasharray stroke-dashoffset stroke-opacity opacity color offset stop-color stop-opacity gradientUnits
gradientTransform spreadMethod clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits
preserveAspectRatio"""
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
#: No prefix for the one namespace there is.
_NAMES: Any = {None: SVG}
_VALUE = re.compile(r"[\w\s.,#%()+\-]*\Z", re.ASCII)
_OWN_REFERENCE = re.compile(r"url\(\s*#[\w.\-]+\s*\)\Z", re.ASCII)
_ID = re.compile(r"[A-Za-z_][\w.\-]{0,80}\Z", re.ASCII)
_LENGTH = re.compile(r"([\d.]+)(?:px)?\Z")
PLAIN = "请在绘图软件里把图形转为曲线、嵌入的图片去掉，另存为“普通 SVG”后再上传，或改用 PNG。"


def cleaned(content: bytes) -> tuple[bytes, int, int]:
    """Return a drawing rebuilt of allowed shapes, with width and height; raise RuleBroken where it acts."""
    if len(content) > LARGEST:
        raise RuleBroken("SVG 标志不能超过 200 KB，请简化图形或改用 PNG。")
    if b"<!ENTITY" in content.upper():
        raise RuleBroken(f"这个 SVG 文件带有实体定义，不能使用。{PLAIN}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RuleBroken("这个 SVG 文件不完整，无法读取，请重新导出后再上传。") from error
    if root.tag != f"{{{SVG}}}svg":
        raise RuleBroken("这不是 SVG 图形文件，请重新选择。")
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise RuleBroken("这个 SVG 图形太复杂，请简化或改用 PNG。")
    width, height = _size(root)
    kept = _rebuilt(root)
    kept.set("width", f"{width:g}")
    kept.set("height", f"{height:g}")
    kept.set("viewBox", root.get("viewBox") or f"0 0 {width:g} {height:g}")
    return etree.tostring(kept, encoding="utf-8"), round(width) or 1, round(height) or 1


def _rebuilt(of: etree._Element, parent: etree._Element | None = None) -> etree._Element:
    name = etree.QName(of).localname
    if parent is None:
        made = etree.Element(f"{{{SVG}}}svg", nsmap=_NAMES)
    else:
        made = etree.SubElement(parent, f"{{{SVG}}}{name}")
    for key, value in [*of.attrib.items(), *_styles(str(of.get("style") or ""))]:
        _take(made, str(key), str(value).strip())
    if name in ("title", "desc"):
        made.text = of.text
    for child in of:
        _take_child(made, child)
    return made


def _take_child(made: etree._Element, child: etree._Element) -> None:
    if not isinstance(child.tag, str):
        raise RuleBroken(f"这个 SVG 文件带有实体引用，不能使用。{PLAIN}")
    inner = etree.QName(child)
    if inner.localname in ACTING:
        raise RuleBroken(f"这个 SVG 文件里有不能使用的内容（{inner.localname}）。{PLAIN}")
    if inner.namespace == SVG and inner.localname in SHAPES:
        _rebuilt(child, made)


def _take(made: etree._Element, key: str, value: str) -> None:
    """Take an attribute over, if it is one of drawing; refuse what would run or load."""
    local = etree.QName(key).localname if key.startswith("{") else key
    if local.lower().startswith("on") or local in ("href", "src"):
        raise RuleBroken(f"这个 SVG 文件里有不能使用的内容（{local[:20]}）。{PLAIN}")
    if key not in ATTRIBUTES:
        return
    if "url(" in value.lower() and not _OWN_REFERENCE.match(value):
        raise RuleBroken(f"这个 SVG 文件引用了别的文件。{PLAIN}")
    if (_ID.match(value) if key == "id" else _VALUE.match(value)) is not None:
        made.set(key, value)


def _styles(style: str) -> list[tuple[str, str]]:
    """Return the declarations of a style attribute as attributes, which the policy of pages allows."""
    pairs = (one.split(":", 1) for one in style.split(";") if ":" in one)
    return [(key.strip(), value.strip()) for key, value in pairs]


def _size(root: etree._Element) -> tuple[float, float]:
    """Return width and height as they are written, or those of the view box."""
    written = [_LENGTH.match(str(root.get(name) or "")) for name in ("width", "height")]
    box = re.findall(r"-?[\d.]+", str(root.get("viewBox") or ""))
    try:
        given = [float(one.group(1)) for one in written if one]
        width, height = given if len(given) == 2 else (float(box[2]), float(box[3]))  # noqa: PLR2004 - width and height
    except (ValueError, IndexError) as error:
        raise RuleBroken("这个 SVG 图形没有写明大小，请设置宽和高后重新导出。") from error
    if not (0 < width <= 10_000 and 0 < height <= 10_000):  # noqa: PLR2004 - beyond this it is a mistake
        raise RuleBroken("这个 SVG 图形的大小不合适，请把宽和高设在 1 到 10000 之间。")
    return width, height
