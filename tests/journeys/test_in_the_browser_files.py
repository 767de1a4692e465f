"""In the browser: a video plays with its captions, and a PDF opens where the reader is."""

import base64
import io
import time

from PIL import Image, ImageStat
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from reportlab.pdfgen.canvas import Canvas

from app.content.states import ArticleState
from tests.app.content.photographs import taken_in
from tests.journeys.looking import faults, is_wide, jumps
from tests.journeys.service import Service
from tests.worlds import BUREAU

#: A second of two colours, as this browser itself writes a video.
RECORDED = """() => new Promise((done) => {
  const canvas = document.createElement("canvas");
  canvas.width = 64; canvas.height = 36;
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(10), {mimeType: "video/webm"});
  const parts = [];
  recorder.ondataavailable = (one) => parts.push(one.data);
  recorder.onstop = () => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(new Blob(parts));
  };
  recorder.start();
  let drawn = 0;
  const timer = setInterval(() => {
    pen.fillStyle = drawn++ % 2 ? "red" : "blue";
    pen.fillRect(0, 0, 64, 36);
    if (drawn > 12) { clearInterval(timer); recorder.stop(); }
  }, 80);
})"""
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n巡查开始\n"
PATIENCE = 15  # seconds
LIGHT, DARK = 250, 90
BAR, PAPER = (2, 2, 8, 8), (60, 200, 300, 240)
KNOWN = "() => document.querySelector('video').readyState >= 1"
SAID = "() => [...(document.querySelector('video').textTracks[0].cues || [])].map((one) => one.text)"
PLAYED = "() => document.querySelector('video').play().then(() => true)"


def _video(page: Page, service: Service) -> bytes:
    page.goto(service.address(BUREAU, "/"))
    return base64.b64decode(page.evaluate(RECORDED))


def test_a_video_plays_with_its_captions(browser: Chromium, service: Service) -> None:
    for width in (360, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        video = taken_in(service, "巡查.webm", _video(page, service))
        captions = taken_in(service, "巡查.vtt", CAPTIONS.encode())
        article = service.an_article(
            title="巡查视频", files=(video[0], captions[0]), state=ArticleState.PUBLISHED
        )
        page.goto(service.address(BUREAU, service.path_of(BUREAU, article)))
        page.wait_for_function(KNOWN)
        page.wait_for_function(f"({SAID})().length === 1")

        assert page.evaluate(SAID) == ["巡查开始"]
        assert page.evaluate(PLAYED)
        assert not faults(page)
        assert not is_wide(page)
        assert not jumps(page)
        page.goto(service.address(BUREAU, f"/files/{video[1]}.webm"))
        page.wait_for_function(KNOWN)
        page.close()


def test_a_pdf_opens_in_the_browser_and_can_be_had_as_a_file(browser: Chromium, service: Service) -> None:
    written = io.BytesIO()
    paper = Canvas(written)
    paper.drawString(100, 600, "Yongjia")
    paper.save()
    document = taken_in(service, "实施方案.pdf", written.getvalue())
    article = service.an_article(files=(document[0],), state=ArticleState.PUBLISHED)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(service.address(BUREAU, service.path_of(BUREAU, article)))

    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载：实施方案").click()
    assert waiting.value.suggested_filename == "实施方案.pdf"
    page.get_by_role("link", name="预览：实施方案").click()
    page.wait_for_url(f"**/files/{document[1]}.pdf")

    _wait_for_paper(page)
    page.close()


def _wait_for_paper(page: Page) -> None:
    """Wait until the viewer, into which no script sees, shows a white page under its dark bar."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        seen = Image.open(io.BytesIO(page.screenshot())).convert("L")
        paper, bar = (ImageStat.Stat(seen.crop(part)).mean[0] for part in (PAPER, BAR))
        if paper > LIGHT and bar < DARK:
            return
        page.wait_for_timeout(200)
    raise AssertionError("the browser does not show the PDF")
