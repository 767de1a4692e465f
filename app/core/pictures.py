"""A picture as a page shows it: its measures, so that nothing jumps, and sizes among which a browser chooses.

The sizes are added when a text is shown. What is stored and signed names the picture alone.
"""

import html
from dataclasses import dataclass

#: How wide a picture in an article's text is on the screen.
IN_TEXT = "(min-width: 60rem) 56rem, 100vw"


@dataclass(frozen=True)
class Picture:
    """A picture, its measures where they are known, and its further sizes as ``srcset`` has them."""

    url: str
    width: int | None = None
    height: int | None = None
    #: In the format of the picture itself; empty where there is only the picture.
    srcset: str = ""
    webp: str = ""
    #: What it shows; empty where the words beside it say so.
    says: str = ""


def element(picture: Picture, *, says: str, sizes: str = IN_TEXT, is_first: bool = False) -> str:
    """Write a picture into text; all but the first one are fetched when the reader comes near."""
    chosen = f' sizes="{sizes}"' if picture.srcset or picture.webp else ""
    measures = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    srcset = f' srcset="{html.escape(picture.srcset)}"{chosen}' if picture.srcset else ""
    later = "" if is_first else ' loading="lazy"'
    named = f'src="{html.escape(picture.url)}" alt="{html.escape(says)}"'
    img = f'<img {named}{measures}{srcset}{later} decoding="async">'
    if not picture.webp:
        return img
    source = f'<source type="image/webp" srcset="{html.escape(picture.webp)}"{chosen}>'
    return f"<picture>{source}{img}</picture>"
