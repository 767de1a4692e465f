"""The page between a subsite and a site that is no government's; part of the theme author's API."""

from dataclasses import dataclass
from typing import ClassVar

from app.theming.pages import Page


@dataclass(frozen=True, kw_only=True)
class LeavePage(Page):
    """Where a link leads that leaves the government's sites (ZY-18)."""

    template: ClassVar[str] = "leave.html"
    stylesheet: ClassVar[str] = "leave.css"
    #: The host as its owner has it registered, so that letters which only look alike are seen.
    host: str
    #: The whole address.
    address: str
    #: The subsite's home.
    back: str
