"""What library and search keep of a made-up text, as their services would write it: for COPY."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.content.genres import Genre
from app.content.states import Validity
from app.core.database import Base
from app.core.html import plain
from app.documents.models import LibraryEntry
from app.documents.numbers import number_in
from app.search.facets import placed_at, tokens_of
from app.search.models import SearchEntry, SearchText
from app.search.numbers import number_in as number_asked
from app.search.segment import distinct, folded, key_of, tokens

Row = Mapping[str, Any]


def index_rows(
    text: Row, article: Row, *, portal: int, column_type: str, number: str
) -> dict[type[Base], dict[str, Any]]:
    """Return the rows of both indexes for an article with its published text."""
    moment: datetime = article["first_published_at"]
    place = placed_at(moment, article["id"])
    owned = {"tenant_id": article["tenant_id"], "article_id": article["id"]}
    narrowing = tokens_of(article["tenant_id"], portal, column_type, Genre(text["genre"]), moment)
    found = number_asked(folded(number))
    head = distinct([*narrowing, *tokens(text["title"]), *tokens(number), *([found.token] if found else [])])
    everything = distinct([*head, *tokens(plain(text["body"]))])
    return {
        LibraryEntry: {"portal_id": portal, **owned, **_library(text, moment, number)},
        SearchEntry: {
            "id": place,
            "revision_id": text["id"],
            "title_key": key_of(text["title"])[:120],
            "column_type": column_type,
            **owned,
        },
        SearchText: {"rowid": place, "title": _vector(head), "everything": _vector(everything)},
    }


def _library(text: Row, moment: datetime, number: str) -> dict[str, Any]:
    parts = number_in(number)
    formed: date = text["formed_on"]
    return {
        "genre": text["genre"],
        "subject": text["subject"],
        "published_at": moment,
        "dated_on": formed,
        "year": formed.year,
        "agency": parts.agency if parts else "",
        "number_year": parts.year if parts else None,
        "serial": parts.serial if parts else None,
        "plan_period": "",
        "validity": Validity.VALID,
        "settled_on": moment.date(),
    }


def _vector(found: list[str]) -> str:
    return " ".join(f"'{token}'" for token in found)
