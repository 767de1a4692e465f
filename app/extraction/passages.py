"""What is read out of a file: passages of text for those who check it, a page for those who file it."""

from dataclasses import dataclass

#: The place of what a file says of itself, which is none of its text.
PROPERTIES = "文件属性"


@dataclass(frozen=True)
class Passage:
    """A piece of text and where in the file it stands, in the reader's words."""

    place: str
    text: str


@dataclass(frozen=True)
class Extract:
    """The text of a file; the note says why nothing, or not everything, could be read."""

    passages: tuple[Passage, ...]
    note: str = ""
    #: False where another try may read more: the machine was busy, or a program is not installed yet.
    is_lasting: bool = True


@dataclass(frozen=True)
class Picture:
    """A picture out of a file, as it lay there: whoever keeps it checks it first."""

    content: bytes
    description: str = ""


@dataclass(frozen=True)
class Page:
    """A file as HTML that is still to be cleaned; the n-th picture stands in it as <img src="picture:n">.

    Empty HTML with passages is a file that knows only lines, such as a PDF.
    """

    html: str = ""
    pictures: tuple[Picture, ...] = ()
    passages: tuple[Passage, ...] = ()
    note: str = ""


class UnreadableError(Exception):
    """A file that cannot be read; the note says why, and what the person can do."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note
