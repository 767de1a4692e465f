"""The forms that visitors may send, and what they are told afterwards: part of the theme author's API."""

from dataclasses import dataclass
from typing import ClassVar

from app.theming.article_pages import DataRow
from app.theming.pages import Link, Page


@dataclass(frozen=True)
class FormField:
    """One thing that is asked: how, what was typed, and what is wrong with it."""

    name: str
    label: str
    #: ``line``, ``text`` (several lines), ``tel`` or ``tick``.
    kind: str = "line"
    value: str = ""
    hint: str = ""
    fault: str = ""
    is_required: bool = False
    #: Characters; 0: no limit.
    longest: int = 0
    #: What a browser may fill in by itself, as in the attribute ``autocomplete``.
    autocomplete: str = "off"


@dataclass(frozen=True)
class Protection:
    """What keeps programs from sending a form; the macro in parts/form.html puts it there."""

    token: str
    #: For browsers without JavaScript.
    question: str
    question_fault: str
    #: The task for the script, and the script's address.
    work: str
    script: str


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A form for visitors; it is never kept, nor shared."""

    template: ClassVar[str] = "form.html"
    stylesheet: ClassVar[str] = "forms.css"
    #: Where it is sent: the page's own address.
    action: str
    button: str
    fields: tuple[FormField, ...]
    protection: Protection
    #: What the form is about.
    about: Link
    facts: tuple[DataRow, ...] = ()
    #: What happens to what is sent, and who reads it.
    notes: tuple[str, ...] = ()
    #: Why it was not accepted; empty where nothing was sent.
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class SentPage(Page):
    """What was sent has arrived: under which number, and what happens next."""

    template: ClassVar[str] = "sent.html"
    stylesheet: ClassVar[str] = "forms.css"
    reference: str
    facts: tuple[DataRow, ...]
    next_steps: tuple[str, ...]
    links: tuple[Link, ...]
