"""Reading captions: the words, each with the minute at which it stands below the picture."""

from app.core.captions import CaptionsError, cues
from app.extraction.passages import Passage, UnreadableError
from app.extraction.readers.plaintext import decoded


def passages(content: bytes) -> list[Passage]:
    """Return what is to be read while the video runs."""
    try:
        found = cues(decoded(content))
    except CaptionsError as error:
        raise UnreadableError(f"字幕文件{error}。") from error
    return [Passage(f"{int(one.begins) // 60} 分 {int(one.begins) % 60} 秒", one.words) for one in found]
