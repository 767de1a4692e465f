"""Made-up pages of leaving, in every voice."""

from app.theming.leaving_pages import LeavePage
from app.theming.pages import Page
from app.theming.samples.voices import Voice, url_of


def sample_leaving(voice: Voice) -> tuple[Page, ...]:
    """Make the page before a foreign site, with an address as long as they come."""
    address = "https://news.example.com/" + "a-very-long-path/" * (40 if voice.count else 1)
    return (
        LeavePage(
            title=voice.say("您即将离开本网站"),
            canonical=url_of("leave"),
            host="news.example.com",
            address=address,
            back="/",
        ),
    )
