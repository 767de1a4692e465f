"""Videos are taken where browsers play them, answered in parts, and known with their captions."""

import re

import pytest

from app.checks.hits import Severity
from app.content.filetypes import checked
from app.content.states import ArticleState
from app.content.videos import captions_of
from app.core.captions import CaptionsError, Cue, cues
from app.core.errors import RuleBroken
from tests.app.content.films import FILM_TYPE, box, film, table, track
from tests.app.content.photographs import taken_in
from tests.worlds import BUREAU, County

MP4 = film()
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + b"\0" * 100
VTT = (
    "WEBVTT\n\n00:01.000 --> 00:04.000\n大坝\n<i>左岸</i>\n\n尾声\n01:02:03.500 --> 01:02:05.000 line:0\n完\n"
)


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [("巡查.mp4", MP4, "mp4"), ("巡查.WEBM", WEBM, "webm"), ("字幕.vtt", VTT.encode("gb18030"), "vtt")],
)
def test_videos_and_captions_are_taken(name: str, content: bytes, ending: str) -> None:
    extension, kept = checked(name, content)

    assert extension == ending
    assert kept == (VTT.encode() if ending == "vtt" else content)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("图.mp4", MP4.replace(b"isom", b"heic", 1), "不是浏览器能播放的视频"),
        ("片.mp4", MP4.replace(b"isom", b"qt  ", 1), "导出为 MP4"),
        ("新.mp4", film(contents=table(track(b"hvc1"))), "是 H.265（HEVC）编码.*兼容性最佳"),
        ("新.mp4", film(contents=table(track(b"mp4a", b"soun"), track(b"hev1"))), "导出为 MP4（H.264 编码）"),
        ("旧.mp4", film(contents=table(track(b"mp4v"))), "没有浏览器能播放的画面"),
        ("声.mp4", film(contents=table(track(b"mp4a", b"soun"))), "没有浏览器能播放的画面"),
        ("断.mp4", MP4[:-1], "没有录完或没有传完"),
        ("断.mp4", film(contents=b""), "没有录完或没有传完"),
        ("断.mp4", FILM_TYPE + b"\0\0\0\1moov\0", "没有录完或没有传完"),
        ("断.mp4", FILM_TYPE + b"\0\0\0\7moov", "没有录完或没有传完"),
        ("碎.mp4", FILM_TYPE + box(b"free") * 6000 + table(), "没有录完或没有传完"),
        ("片.webm", WEBM.replace(b"webm", b"matr"), "不是浏览器能播放的视频"),
        ("页.mp4", b"<html><script>alert(1)</script>", "内容与扩展名不符"),
        ("短.mp4", b"\0\0\0", "内容与扩展名不符"),
        ("字.vtt", b"1\n00:00:01,000 --> 00:00:02,000\nsrt", "第 1 行应为 WEBVTT"),
        ("字.vtt", b"\0\1", "不是文本文件"),
    ],
)
def test_what_browsers_do_not_play_is_refused_with_a_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(RuleBroken, match=reason):
        checked(name, content)


def test_captions_are_read_with_their_times() -> None:
    assert cues(VTT) == [Cue(1, 4, "大坝\n左岸"), Cue(3723.5, 3725, "完")]
    assert cues("\ufeff" + VTT.replace("\n", "\r\n")) == cues(VTT)
    assert len(cues("WEBVTT 标题\n\nNOTE 说明\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000\n字")) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "第 1 行应为 WEBVTT"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\n字", "第 1 行应为 WEBVTT"),
        ("WEBVTT\n00:01.000 --> 00:02.000\n字", "第 2 行应为空行"),
        ("WEBVTT\n\n", "没有一条字幕"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\n字", "第 3 行应写明起止时间"),
        ("WEBVTT\n\n名\n00:61.000 --> 00:02.000\n字", "第 4 行应写明起止时间"),
        ("WEBVTT\n\n00:05.000 --> 00:05.000\n字", "第 3 行的结束时间不晚于开始时间"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<b> </b>", "第 3 行的时间下面没有文字"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n字\n00:03.000 --> 00:04.000\n字", "少了一个空行"),
        ("WEBVTT\n\n只有一行", "第 4 行应写明起止时间"),
    ],
)
def test_wrong_captions_are_named_by_their_line(text: str, says: str) -> None:
    with pytest.raises(CaptionsError, match=says):
        cues(text)


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["巡查.mp4", "无关.vtt"], {0: 1}),
        (["a.mp4", "b.webm", "B 字幕.vtt", "a.zh-CN.vtt"], {0: 3, 1: 2}),
        (["a.mp4", "b.mp4", "b.vtt"], {1: 2}),
        (["a.mp4"], {}),
        (["字幕.vtt", "a.pdf"], {}),
        (["字幕.mp4", "b.mp4", "字幕.vtt"], {0: 2}),
    ],
)
def test_captions_belong_to_the_video_of_their_name(names: list[str], pairs: dict[int, int]) -> None:
    split = [(one.rpartition(".")[0], one.rpartition(".")[2]) for one in names]

    assert captions_of(split) == pairs


def test_a_video_is_played_on_the_page_with_its_captions(county: County) -> None:
    video, captions = taken_in(county, "巡查.mp4", MP4), taken_in(county, "巡查.vtt", VTT.encode())
    alone = taken_in(county, "水库.mp4", MP4)
    files = (video[0], captions[0], alone[0])
    article = county.an_article(files=files, state=ArticleState.PUBLISHED)

    page = county.visitor().get(county.path_of(BUREAU, article)).text

    first, second = re.findall(r"<video.*?</video>", page, re.DOTALL)
    assert f'preload="metadata" src="/files/{video[1]}.mp4"' in first
    assert f'srclang="zh-CN" label="中文字幕" src="/files/{captions[1]}.vtt" default' in first
    assert ("<track" in second, page.count("这段视频没有字幕。")) == (False, 1)
    told = county.visitor().get(f"/files/{captions[1]}.vtt")
    assert (told.content_type, told.text) == ("text/vtt; charset=utf-8", VTT)


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=600000-", 206, slice(600_000, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=1000-99999999", 206, slice(1000, None)),
        ("bytes=99999999-", 416, None),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_a_part_of_a_video_is_answered(county: County, asked: str, status: int, part: slice | None) -> None:
    video = taken_in(county, "巡查.mp4", MP4)
    county.an_article(files=(video[0],), state=ArticleState.PUBLISHED)

    answer = county.visitor().get(f"/files/{video[1]}.mp4", headers={"Range": asked})

    assert answer.status_code == status
    if part is not None:
        assert answer.data == MP4[part]
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    if status == 206 and part is not None:
        first = part.indices(len(MP4))[0]
        assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(answer.data) - 1}/{len(MP4)}"


def test_a_part_is_of_the_file_that_the_browser_has_begun_with(county: County) -> None:
    video = taken_in(county, "巡查.mp4", MP4)
    county.an_article(files=(video[0],), state=ArticleState.PUBLISHED)
    visitor, address = county.visitor(), f"/files/{video[1]}.mp4"
    whole = visitor.get(address)

    known = visitor.get(address, headers={"Range": "bytes=0-3", "If-Range": whole.headers["ETag"]})
    other = visitor.get(address, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    head = visitor.head(address)

    assert whole.headers["Accept-Ranges"] == "bytes"
    assert (known.status_code, known.data) == (206, MP4[:4])
    assert (other.status_code, other.data) == (200, MP4)
    assert (head.headers["Content-Length"], head.data) == (str(len(MP4)), b"")


def test_a_video_without_captions_is_found_by_the_checks_and_may_be_published(county: County) -> None:
    video = taken_in(county, "巡查.mp4", MP4)
    article = county.an_article(files=(video[0],))
    page = county.staff("slj.editor").get(f"/slj/articles/{article}/checks").text
    assert "视频没有字幕，听不见的人不知道里面说了什么" in page
    assert "取名“巡查.vtt”" in page
    assert Severity.HINT.label in page

    captions = taken_in(county, "巡查.vtt", VTT.encode())
    better = county.an_article(files=(video[0], captions[0]), state=ArticleState.PUBLISHED)

    assert "视频没有字幕" not in county.staff("slj.editor").get(f"/slj/articles/{better}/checks").text


def test_words_of_captions_are_checked_as_any_words(county: County) -> None:
    captions = taken_in(
        county, "巡查.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n请拨打 13812345678 联系老王".encode()
    )
    article = county.an_article(files=(captions[0],))

    page = county.staff("slj.editor").get(f"/slj/articles/{article}/checks").text

    assert "手机号码" in page
    assert "0 分 1 秒" in page
