"""Documents that a text names become links where the platform has them."""

import html
from collections.abc import Iterable

from app.intake.models import Cited
from app.intake.recognition.numbers import DocumentNumber


def linked(body: str, numbers: Iterable[DocumentNumber], cited: Iterable[Cited]) -> str:
    """Return a body in which the first mention of each known document leads to it."""
    for number, known in zip(numbers, cited, strict=True):
        before, words, after = body.partition(number.words)
        is_linked = before.rfind("<a ") > before.rfind("</a>")
        if known.url and words and not is_linked:
            body = f'{before}<a href="{html.escape(known.url)}">{words}</a>{after}'
    return body
