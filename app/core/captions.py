"""Captions of a video as WebVTT files have them: what passes here is shown by browsers."""

import re
from dataclasses import dataclass

_HEAD = re.compile(r"WEBVTT(?:[ \t].*)?")
_MOMENT = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"{_MOMENT}[ \t]+-->[ \t]+{_MOMENT}(?:[ \t]+\S.*)?")
_NOT_CUES = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Cue:
    """Words that stand below the picture for a time."""

    #: Seconds.
    begins: float
    ends: float
    words: str


class CaptionsError(ValueError):
    """What is wrong with a file of captions, and on which line, in the clerk's words."""


def cues(text: str) -> list[Cue]:
    """Return the captions in order; raises CaptionsError where a browser would show something else."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not _HEAD.fullmatch(lines[0]):
        raise CaptionsError("第 1 行应为 WEBVTT")
    if len(lines) > 1 and lines[1].strip():
        raise CaptionsError("第 2 行应为空行")
    found: list[Cue] = []
    for at, block in _blocks(lines):
        if not _NOT_CUES.match(block[0]):
            found.append(_cue(at, block))
    if not found:
        raise CaptionsError("里面没有一条字幕")
    return found


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return what stands between empty lines, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    was_empty = True
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            if was_empty:
                blocks.append((number, []))
            blocks[-1][1].append(line.strip())
        was_empty = not line.strip()
    return blocks


def _cue(at: int, block: list[str]) -> Cue:
    timing_at = 0 if "-->" in block[0] else 1  # A name may stand before it.
    timing = _TIMING.fullmatch(block[timing_at]) if len(block) > timing_at else None
    if timing is None:
        raise CaptionsError(f"第 {at + timing_at} 行应写明起止时间，如 00:00:01.000 --> 00:00:04.000")
    begins, ends = _seconds(*timing.groups()[:4]), _seconds(*timing.groups()[4:])
    if begins >= ends:
        raise CaptionsError(f"第 {at + timing_at} 行的结束时间不晚于开始时间")
    words = _TAG.sub("", "\n".join(block[timing_at + 1 :])).strip()
    if not words:
        raise CaptionsError(f"第 {at + timing_at} 行的时间下面没有文字")
    if "-->" in words:
        raise CaptionsError(f"第 {at + timing_at} 行之后少了一个空行")
    return Cue(begins, ends, words)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
