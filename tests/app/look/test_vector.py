"""A drawn logo comes through as shapes only; what could act or load is refused with what to do."""

import pytest

from app.core.errors import RuleBroken
from app.look.vector import cleaned

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'
)


def drawn(inner: str, head: str = HEAD) -> str:
    return cleaned(f"{head}{inner}</svg>".encode())[0].decode()


def test_shapes_come_through_and_notes_of_programs_do_not() -> None:
    content = f"""<?xml version="1.0"?><!-- made by x -->{HEAD}
    <metadata><rdf xmlns="urn:x">secret</rdf></metadata><title>水</title>
    <defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
    <path d="M0 0L9 9z" style="fill:url(#a);stroke:#0f4a8c" class="x" data-a="1"/></svg>"""

    made, width, height = cleaned(content.encode())

    text = made.decode()
    assert (width, height) == (40, 20)
    assert 'fill="url(#a)"' in text
    assert 'stroke="#0f4a8c"' in text
    assert "水" in text
    assert not {"secret", "style", "class", "data-a", "made by", "metadata"} & {
        word for word in ("secret", "style", "class", "data-a", "made by", "metadata") if word in text
    }


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onload="alert(1)"/>',
        '<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<image href="https://evil.example/x.png"/>',
        '<use xlink:href="https://evil.example/x.svg#a"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        "<style>@import url(https://evil.example/x.css)</style>",
        '<rect width="1" height="1" fill="url(https://evil.example/x)"/>',
        '<rect width="1" height="1" style="fill:URL(//evil.example/x)"/>',
        '<rect width="1" height="1"><animate attributeName="href" to="javascript:x"/></rect>',
        "<g><g><script/></g></g>",
    ],
)
def test_what_acts_or_loads_is_refused(inner: str) -> None:
    with pytest.raises(RuleBroken):
        drawn(inner)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + b"<g/>" * 4_000 + b"</svg>",
        b" " * 300_000,
    ],
)
def test_what_is_no_plain_drawing_is_refused(content: bytes) -> None:
    with pytest.raises(RuleBroken):
        cleaned(content)
