"""Reading in the child: ordinary files, hostile files, mutated files, and what it may use (C3)."""

import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.child import MEMORY
from app.extraction.passages import PROPERTIES
from app.extraction.readers.radicals import without_radicals
from app.extraction.reading import CHILD, extract, page
from tests.app.extraction.files import HOSTILE, a_docx, a_pdf, an_ofd, an_xlsx, million_rows, repacked
from tests.app.intake.notices import FORMATS

#: What the promise allows for one file, from call to answer.
MOST_SECONDS = 5.5
SAMPLES: dict[str, bytes] = {
    "docx": FORMATS["docx"](),
    "pdf": FORMATS["pdf"](),
    "xlsx": an_xlsx(),
    "html": FORMATS["html"](),
}


def words(content: bytes, extension: str) -> str:
    return "\n".join(one.text for one in extract(content, extension).passages)


def test_a_word_file_gives_paragraphs_tables_and_what_stands_around_them() -> None:
    around = {
        "word/comments.xml": b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + "<w:p><w:r><w:t>批注里的字</w:t></w:r></w:p></w:comments>".encode()
    }

    found = extract(repacked(a_docx("第一段", "第二段"), around), "docx")

    assert [(one.place, one.text) for one in found.passages if one.place != PROPERTIES] == [
        ("第 1 段", "第一段"),
        ("第 2 段", "第二段"),
        ("批注", "批注里的字"),
    ]
    assert found.note == ""


def test_a_table_gives_rows_with_whole_numbers_also_of_hidden_sheets() -> None:
    found = {one.place: one.text for one in extract(an_xlsx(), "xlsx").passages}

    assert found["工作表“名单”第 2 行"] == "甲\t13812341234"
    assert found["工作表“隐藏”第 1 行"] == "藏着的字"
    assert "批注里的字" in "".join(found.values())


def test_a_document_of_fixed_layout_gives_pages() -> None:
    found = extract(an_ofd("第一页的字", "", "第三页的字"), "ofd")

    pages = [(one.place, one.text) for one in found.passages if one.place != PROPERTIES]
    assert pages == [("第 1 页", "第一页的字"), ("第 2 页", ""), ("第 3 页", "第三页的字")]


def test_a_pdf_gives_pages_and_names_those_without_text() -> None:
    found = extract(a_pdf("one", "", "three"), "pdf")

    assert [(one.place, one.text) for one in found.passages if one.place != PROPERTIES] == [
        ("第 1 页", "one"),
        ("第 3 页", "three"),
    ]
    assert found.note.startswith("第 2 页没有文字")


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("txt", "甲\r\n\r\n乙".encode("gb18030")),
        ("txt", "甲\n乙".encode("utf-16")),
        ("csv", "甲\n乙".encode("utf-8-sig")),
        ("html", "<p>甲<script>x</script></p>乙".encode()),
        ("htm", "<meta charset=gb2312><p>甲</p><p>乙</p>".encode("gb18030")),
    ],
)
def test_texts_are_read_in_every_encoding(extension: str, content: bytes) -> None:
    assert words(content, extension) == "甲\n乙"


def test_radicals_become_the_characters_they_look_like() -> None:
    assert without_radicals("⼈⺠政府⽂件（⽇）：⻓、⻔、⻰") == "人民政府文件（日）：长、门、龙"


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("read", [extract, page])
def test_a_hostile_file_gets_a_clear_answer(name: str, read: Callable[[bytes, str], object]) -> None:
    make, extension, word = HOSTILE[name]

    started = time.monotonic()
    found = read(make(), extension)

    assert word in found.note  # type: ignore[attr-defined]  # Both answers have one.
    assert found.passages == ()  # type: ignore[attr-defined]
    assert time.monotonic() - started < MOST_SECONDS


def test_a_workbook_that_boasts_of_a_million_rows_is_read_as_it_is() -> None:
    started = time.monotonic()
    found = extract(million_rows(), "xlsx")

    assert found.passages or found.note
    assert time.monotonic() - started < MOST_SECONDS


@pytest.mark.parametrize("extension", SAMPLES)
def test_mutated_files_neither_crash_nor_hang(extension: str) -> None:
    chance = random.Random(2007)  # noqa: S311 - which byte is flipped is no secret
    for turn in range(8):
        content = bytearray(SAMPLES[extension])
        for _ in range(chance.choice((1, 10, 200))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if turn % 3 == 2:
            del content[chance.randrange(len(content)) :]
        started = time.monotonic()
        found = page(bytes(content), extension)
        assert found.html or found.passages or found.note
        assert time.monotonic() - started < MOST_SECONDS


@given(
    st.binary(max_size=400),
    st.sampled_from(["docx", "xlsx", "pdf", "txt", "csv", "html", "ofd", "zip", "md"]),
)
@settings(max_examples=40, deadline=None)
def test_any_bytes_get_an_answer(content: bytes, extension: str) -> None:
    found = extract(content, extension)
    assert isinstance(found.note, str)


#: Started small, it tells how much its child took; the tests' own process would be counted in by the fork.
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], input=sys.stdin.buffer.read(), stdout=subprocess.DEVNULL, timeout=60)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


@pytest.mark.parametrize("name", ["large", *HOSTILE])
def test_no_child_takes_more_memory_than_promised(name: str) -> None:
    if name == "large":
        content, extension = a_docx(*["因管道检修，定于周三停水。" * 40] * 1_500), "docx"
        assert words(content, extension).count("停水") == 60_000
    else:
        make, extension, _ = HOSTILE[name]
        content = make()

    command = [sys.executable, "-I", "-c", MEASURE, sys.executable, "-I", str(CHILD), "page", extension]
    done = subprocess.run(command, input=content, capture_output=True, check=True)  # noqa: S603 - our own words

    assert 0 < int(done.stdout) <= MEMORY


def test_a_child_that_wants_more_memory_is_refused() -> None:
    program = "import child; child.limit(child.MEMORY, 5); bytearray(400 * 1024 * 1024)"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], cwd=CHILD.parent, capture_output=True, text=True, check=False
    )
    assert "MemoryError" in done.stderr


@pytest.mark.parametrize(
    "act",
    [
        "__import__('socket').socket()",
        "__import__('subprocess').run(['true'])",
        "__import__('os').system('true')",
        "__import__('os').fork()",
    ],
)
def test_the_child_cannot_reach_out(act: str) -> None:
    program = f"import sys, child; sys.addaudithook(child._shut); {act}"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], cwd=CHILD.parent, capture_output=True, text=True, check=False
    )
    assert "PermissionError" in done.stderr
