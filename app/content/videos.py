"""Which captions belong to which video among the files of a text: told by their names."""

import re
from collections.abc import Sequence

VIDEOS = frozenset({"mp4", "webm"})
CAPTIONS = "vtt"
#: What people add to the name of captions: a language, or that they are captions.
_ADDED = re.compile(r"[\s._\-—（(]*(?:zh(?:[-_](?:cn|hans))?|chs|中文|字幕|中文字幕)[）)]?$", re.IGNORECASE)


def captions_of(names: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Return for the place of each video the place of its captions; names are titles with extensions.

    Captions called as the video are the video's; a single file of captions is a single video's in any case.
    """
    videos = [place for place, (_, extension) in enumerate(names) if extension in VIDEOS]
    captions = [place for place, (_, extension) in enumerate(names) if extension == CAPTIONS]
    if len(videos) == len(captions) == 1:
        return {videos[0]: captions[0]}
    called = {_stem(names[place][0]): place for place in reversed(captions)}
    return {place: called[stem] for place in videos if (stem := names[place][0].casefold()) in called}


def _stem(title: str) -> str:
    return _ADDED.sub("", title).casefold() or title.casefold()
