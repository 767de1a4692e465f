"""Reading .pptx and .ofd: pages of XML whose words stand in one kind of element."""

from app.extraction.passages import Passage, UnreadableError
from app.extraction.readers.archives import opened
from app.extraction.readers.identity import MISNAMED

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def slide_passages(content: bytes) -> list[Passage]:
    """Return a passage for each slide, and for each page of notes."""
    found = []
    with opened(content) as archive:
        if "ppt/presentation.xml" not in archive.names:
            raise UnreadableError(MISNAMED)
        for pattern, place in (
            (r"ppt/slides/slide\d+\.xml", "页"),
            (r"ppt/notesSlides/\w+\d+\.xml", "页备注"),
        ):
            for number, name in enumerate(archive.numbered(pattern), 1):
                tree = archive.tree(name)
                paragraphs = tree.iter(f"{A}p") if tree is not None else ()
                lines = ["".join(run.text or "" for run in one.iter(f"{A}t")) for one in paragraphs]
                found.append(Passage(f"第 {number} {place}", "\n".join(filter(None, lines))))
    return found


def ofd_passages(content: bytes) -> list[Passage]:
    """Return a passage for each page, a line for each run of text (GB/T 33190)."""
    found = []
    with opened(content) as archive:
        if "OFD.xml" not in archive.names:
            raise UnreadableError(MISNAMED)
        for number, name in enumerate(archive.numbered(r"(?:.*/)?Pages/Page_\d+/Content\.xml"), 1):
            tree = archive.tree(name)
            runs = tree.iter("{*}TextObject") if tree is not None else ()
            lines = ["".join(code.text or "" for code in run.iter("{*}TextCode")) for run in runs]
            found.append(Passage(f"第 {number} 页", "\n".join(filter(None, lines))))
    return found
