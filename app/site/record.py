"""What a disclosed document says of itself: its table, its tags, and the same for search engines.

The customary table (rules 1.1.1), the tags for government pages (rules 1.4) and JSON-LD are three forms of
one record, so none of them can say what another does not. Three dates, never mixed (S-68).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.content import vocabulary
from app.content.genres import DOCUMENTS, Genre
from app.content.models import Article, Revision, Section
from app.content.queries import MenuColumn
from app.content.states import Validity
from app.content.validity import validity_of
from app.core.clock import today
from app.core.workdays import ONE_DAY
from app.theming.article_pages import DataRow
from app.theming.filters import machine_time, minute

#: What schema.org calls a text of a genre.
_TYPES = {Genre.NEWS: "NewsArticle", Genre.NORMATIVE: "Legislation"}


@dataclass(frozen=True)
class Record:
    """One article's data, as it stands on a page that is published at a moment."""

    article: Article
    revision: Revision
    column: MenuColumn
    published_at: datetime
    #: Who published it, and the address of their site.
    unit: str
    home: str

    @property
    def validity(self) -> Validity:
        """Whether it holds today."""
        return validity_of(self.article, self.revision, today())

    @property
    def source(self) -> str:
        """Who says it: the unit itself, unless it is a reprint (ZY-13)."""
        return self.revision.source or self.unit

    def rows(self) -> tuple[DataRow, ...]:
        """Return the customary table of an official document; empty for plain news."""
        text = self.revision
        is_disclosed = self.column.section is Section.DISCLOSURE or text.genre in DOCUMENTS
        if not is_disclosed and not text.document_number:
            return ()
        rows = [
            ("索引号", self.article.index_number or ""),
            ("主题分类", vocabulary.subjects().get(text.subject, "")),
            ("体裁分类", text.genre.label),
            ("机构分类", self.unit),
            ("服务对象", vocabulary.audiences().get(text.audience, "")),
            ("发布机构", self.unit),
            ("发文机关", text.issuer if text.issuer != self.unit else ""),
            ("名称", text.title),
            ("文号", text.document_number),
            ("成文日期", _day(text.formed_on)),
            ("印发日期", _day(text.printed_on)),
            ("发布日期", minute(self.published_at)),
            ("主题词", text.keywords),
            ("公开方式", text.attribute.label),
            ("有效性", self.validity.label),
            ("生效日期", _day(text.effective_on)),
            ("废止日期", _day(self.article.invalid_since)),
            ("有效期至", _day(text.expires_on)),
            ("规划期", text.plan_period),
        ]
        return tuple(DataRow(term, value) for term, value in rows if value)

    @property
    def ended_from(self) -> date | None:
        """From which day it holds no more: as was declared, or after the last day that it names itself."""
        last = self.revision.expires_on
        days = (self.article.invalid_since, last + ONE_DAY if last else None)
        return min((day for day in days if day), default=None)

    def tags(self) -> tuple[tuple[str, str], ...]:
        """Return the tags that the rule for government pages asks of an article (rules 1.4)."""
        known = (
            ("IndexNumber", self.article.index_number or ""),
            ("DocumentNumber", self.revision.document_number),
            ("Validity", self.validity.label if self.revision.genre in DOCUMENTS else ""),
        )
        return (
            ("ColumnName", self.column.title),
            ("ColumnType", self.column.type),
            ("ArticleTitle", self.revision.title),
            ("PubDate", minute(self.published_at)),
            ("ContentSource", self.source),
            ("Keywords", self.revision.keywords),
            ("Description", self.revision.summary),
            *(tag for tag in known if tag[1]),
        )

    def json_ld(self, address: str) -> Mapping[str, object]:
        """Return the record in the words of schema.org; ``address`` is where the page is."""
        text = self.revision
        said = {
            "@context": "https://schema.org",
            "@type": _TYPES.get(text.genre, "Article"),
            "headline": text.title,
            "url": address,
            "inLanguage": "zh-CN",
            "datePublished": machine_time(self.published_at),
            "dateModified": machine_time(self.article.corrected_at or self.published_at),
            "dateCreated": _day(text.formed_on),
            "expires": _day(self.ended_from),
            "identifier": self.article.index_number or text.document_number,
            "description": text.summary,
            "keywords": text.keywords,
            "genre": text.genre.label,
            "about": vocabulary.subjects().get(text.subject, ""),
            "creativeWorkStatus": self.validity.label if text.genre in DOCUMENTS else "",
            "publisher": {"@type": "GovernmentOrganization", "name": self.unit, "url": self.home},
        }
        return {name: value for name, value in said.items() if value}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
