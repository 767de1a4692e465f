"""A visitor before a form: reads what protects it, and answers by thinking or by letting the browser work."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import lxml.html
from freezegun import freeze_time
from werkzeug.test import TestResponse

from app.core.clock import now
from tests.browser import Browser

DIGITS = "零一二三四五六七八九"
A_WHILE = timedelta(seconds=20)


@dataclass(frozen=True)
class Opened:
    """A form as it was opened."""

    path: str
    token: str
    question: str
    work: dict[str, Any]

    def by_thinking(self) -> dict[str, str]:
        """Answer the question, as somebody without JavaScript does."""
        return {"form_token": self.token, "answer": str(number_asked_for(self.question))}

    def by_working(self) -> dict[str, str]:
        """Do what the script does."""
        salt, wanted = self.work["salt"], self.work["challenge"]
        numbers = range(self.work["most"] + 1)
        number = next(n for n in numbers if hashlib.sha256(f"{salt}{n}".encode()).hexdigest() == wanted)
        return {"form_token": self.token, "work": self.answer(number)}

    def answer(self, number: object, **other: object) -> str:
        """Write an answer as the script does."""
        names = ("algorithm", "challenge", "salt", "signature")
        answer = {name: self.work[name] for name in names} | {"number": number, **other}
        return base64.b64encode(json.dumps(answer).encode()).decode()


def number_asked_for(question: str) -> int:
    """Work out the sum that a form asks for."""
    first, second = DIGITS.index(question[0]), DIGITS.index(question[2])
    return first + second if question[1] == "加" else first - second


def opened(text: str, path: str) -> Opened:
    """Read a form."""
    page: Any = lxml.html.document_fromstring(text)
    (form,) = page.xpath("//form[@data-work]")
    question = page.xpath("string(//label[@for='f-answer'])").partition("：")[2]
    return Opened(
        path,
        form.xpath(".//input[@name='form_token']/@value")[0],
        question,
        json.loads(form.get("data-work")),
    )


def opens(visitor: Browser, path: str) -> Opened:
    """Open a form."""
    answer = visitor.get(path)
    assert answer.status_code == 200
    return opened(answer.text, path)


def sends(visitor: Browser, path: str, data: dict[str, str], **other: Any) -> TestResponse:
    """Send a form a while later, as people do."""
    with freeze_time(now() + A_WHILE):
        return visitor.post(path, data=data, **other)
