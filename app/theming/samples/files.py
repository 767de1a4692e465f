"""Made-up files of an article that a browser shows by itself."""

from app.core.pictures import Picture
from app.theming.article_pages import AttachmentLink
from app.theming.samples.voices import Voice


def seen_files(voice: Voice) -> tuple[AttachmentLink, ...]:
    """Make a document to look at, a picture in sizes, one of which nothing is known, and two videos."""
    if not voice.count:
        return ()
    says = voice.say("大坝左岸施工现场")
    measured = Picture(
        "/files/1.jpg", 1200, 800, "/files/1-480.jpg 480w, /files/1.jpg 1200w", "/files/1-480.webp 480w", says
    )
    return (
        AttachmentLink(says, "/files/1.jpg", "图片", 482_310, is_shown=True, picture=measured),
        AttachmentLink(
            says, "/files/2.jpg", "图片", 48_231, is_shown=True, picture=Picture("/files/2.jpg", says=says)
        ),
        AttachmentLink(says, "/files/3.pdf", "PDF", 1_048_231, is_shown=True),
        AttachmentLink(
            says, "/files/4.mp4", "视频", 8_048_231, is_shown=True, is_video=True, captions="/files/5.vtt"
        ),
        AttachmentLink(says, "/files/6.webm", "视频", 4_048_231, is_shown=True, is_video=True),
    )
