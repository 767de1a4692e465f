"""What readers find: the public application's answers, reduced to which of the test's texts they show."""

import re
from datetime import datetime

from werkzeug.test import Client

from app.content.models import article_path
from app.front import Front
from tests.app.publishing.law import Paper
from tests.worlds import BUREAU, HOSTS, PORTAL

MARK = re.compile(r"第\d{4}稿")
LISTS = ((BUREAU, "/tzgg/"), (PORTAL, "/tzgg/"), (BUREAU, "/feed.atom"))
REST = (
    (BUREAU, "/"),
    (BUREAU, "/tzgg/feed.atom"),
    (PORTAL, "/"),
    (PORTAL, "/feed.atom"),
    (PORTAL, "/tzgg/feed.atom"),
)


class Readers:
    """Visitors of the bureau's subsite and of the portal."""

    def __init__(self, front: Front) -> None:
        self._client = Client(front)

    def get(self, slug: str, path: str) -> tuple[int, str]:
        """Return status and text of an answer."""
        answer = self._client.get(path, base_url=f"http://{HOSTS[slug]}")
        return answer.status_code, answer.text

    def marks_on(self, slug: str, path: str) -> set[str]:
        """Return which texts a page shows."""
        status, text = self.get(slug, path)
        assert status == 200, (slug, path, status)
        return set(MARK.findall(text))

    def see(self, papers: dict[int, Paper], tokens: list[str], clock: datetime) -> None:
        """Hold every answer beside what must be seen at this moment."""
        self.see_lists(papers, clock)
        read = _read(papers, clock)
        for place in REST:
            assert self.marks_on(*place) == read, place
        for article_id in papers:
            self.see_paper(article_id, papers, clock)
        for file, token in enumerate(tokens):
            status, _ = self.get(BUREAU, f"/files/{token}.txt")
            assert status == _status_of_file(file, papers, clock), (file, status)

    def see_lists(self, papers: dict[int, Paper], clock: datetime) -> None:
        """Look at the lists that every publication must change at once."""
        for place in LISTS:
            assert self.marks_on(*place) == _read(papers, clock), place

    def see_paper(self, article_id: int, papers: dict[int, Paper], clock: datetime) -> None:
        """Look at one paper's address, on the subsite and under the portal."""
        paper = papers[article_id]
        path = article_path("tzgg", paper.since or clock, article_id)
        shown = paper.reads(clock)
        for slug, mount in ((BUREAU, ""), (PORTAL, f"/u/{BUREAU}")):
            status, text = self.get(slug, mount + path)
            assert status == paper.answers(clock), (article_id, paper)
            assert set(MARK.findall(text)) <= (_read(papers, clock) if shown else set())
            if shown:
                heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
                assert heading
                assert MARK.findall(heading.group(1)) == [shown.title]
                assert ("已失效" in text) == paper.is_invalid


def _read(papers: dict[int, Paper], clock: datetime) -> set[str]:
    return {text.title for paper in papers.values() if (text := paper.reads(clock))}


def _status_of_file(file: int, papers: dict[int, Paper], clock: datetime) -> int:
    """Return what the address of a file must answer: gone for good, once a secret text had it."""
    everywhere = papers.values()
    if any(text.file == file for paper in everywhere if paper.is_secret for text in paper.texts):
        return 410
    return 200 if any((text := paper.reads(clock)) and text.file == file for paper in everywhere) else 404
