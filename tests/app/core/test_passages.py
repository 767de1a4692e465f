"""Passages: what of stored HTML is read, block by block."""

from app.core.passages import Passage, passages_of


def test_each_block_is_a_passage() -> None:
    body = "<h2>一、目标</h2><p>先修<strong>水渠</strong>。</p><ul><li>东片</li><li>西片</li></ul>"

    assert passages_of(body) == [
        Passage("一、目标", "标题"),
        Passage("先修水渠。"),
        Passage("东片", "列表项"),
        Passage("西片", "列表项"),
    ]


def test_a_row_of_a_table_is_one_passage_even_with_paragraphs_in_its_cells() -> None:
    body = (
        "<table><thead><tr><th>村</th><th>户数</th></tr></thead>"
        "<tbody><tr><td><p>桥头</p></td><td><p>12</p><p>户</p></td></tr></tbody></table>"
    )

    assert [one.words for one in passages_of(body)] == ["村 ｜ 户数", "桥头 ｜ 12 户"]


def test_where_a_link_leads_is_read_too() -> None:
    assert passages_of('<p>见<a href="https://example.com/">通知</a>。</p>') == [
        Passage("见通知（链接：https://example.com/）。")
    ]


def test_strange_text_is_no_fault() -> None:
    assert passages_of("") == []
    assert passages_of(" \n ") == []
    assert passages_of("<p>一<br>二") == [Passage("一"), Passage("二")]
    assert passages_of("<div>" * 5000 + "深" + "</div>" * 5000) == [Passage("深")]
    assert passages_of("<!-- 注 --><p>正文</p>") == [Passage("正文")]
    assert passages_of("<p>1 &lt; 2 &amp; 3 > 2</p>") == [Passage("1 < 2 & 3 > 2")]
