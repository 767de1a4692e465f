"""Reading Markdown, in which notices are exchanged between systems."""

from markdown_it import MarkdownIt

from app.extraction.readers.plaintext import decoded

#: HTML inside stays text: what is filed is cleaned, but need not be tried.
READER = MarkdownIt("commonmark", {"html": False}).enable("table")


def markup(content: bytes) -> str:
    """Return the text as HTML, without the heading of fields that exported files begin with."""
    text = decoded(content).lstrip("\ufeff\n ")
    if text.startswith("---\n") and (end := text.find("\n---", 4)) > 0:
        text = text[end + 4 :]
    return str(READER.render(text))
