"""A host name has one spelling, or it is none (B1)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.tenancy.hostname import normalised

HOST = "slj.yj.localhost"


@pytest.mark.parametrize(
    "spelled", [HOST, "SLJ.YJ.LocalHost", f"{HOST}:8000", f"{HOST}.", f"{HOST}.:80", f" {HOST} "]
)
def test_one_host_has_one_spelling(spelled: str) -> None:
    assert normalised(spelled) == HOST


@pytest.mark.parametrize(
    ("name", "ascii_name"),
    [
        ("水利局.yj.localhost", "xn--kcrv9v9ln.yj.localhost"),
        ("水利局。yj．localhost", "xn--kcrv9v9ln.yj.localhost"),
    ],
)
def test_a_chinese_name_is_known_by_its_ascii_spelling(name: str, ascii_name: str) -> None:
    assert normalised(name) == normalised(ascii_name) == ascii_name


@pytest.mark.parametrize(
    "malformed",
    [
        "",
        ".",
        ":80",
        f"{HOST}..",
        f".{HOST}",
        f"{HOST},www.yj.localhost",
        f"{HOST} www.yj.localhost",
        f"{HOST}:",
        f"{HOST}:port",
        f"{HOST}:80:80",
        f"{HOST}:123456",
        f"{HOST}/",
        f"{HOST}\\",
        f"{HOST}#",
        f"{HOST}?",
        f"user@{HOST}",
        f"{HOST}\x00",
        f"{HOST}\nX: y",
        "-slj.yj.localhost",
        "slj-.yj.localhost",
        "a" * 64 + ".yj.localhost",
        ".".join(["a" * 60] * 5),
        "slj..yj.localhost",
        "xn--",
        "*.yj.localhost",
        "%73lj.yj.localhost",
    ],
)
def test_what_is_no_host_name_has_no_spelling(malformed: str) -> None:
    assert normalised(malformed) is None


@given(st.text(max_size=40))
@example("[\x80]")
def test_normalising_never_fails_and_is_done_after_once(text: str) -> None:
    once = normalised(text)
    if once is not None:
        assert once == once.lower()
        assert once.isascii()
        assert normalised(once) == once
