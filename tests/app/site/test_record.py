"""The disclosure record of an article: the customary table, the tags, JSON-LD, and a notice's period."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.content.genres import Genre
from app.content.models import Column
from app.content.states import ArticleState
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.core.errors import RuleBroken
from tests.worlds import BUREAU, PORTAL, County

PUBLISHED = ArticleState.PUBLISHED
DOCUMENT: dict[str, Any] = {
    "genre": Genre.POLICY,
    "document_number": "永水〔2026〕7号",
    "formed_on": date(2026, 1, 5),
    "effective_on": date(2026, 2, 1),
    "subject": "nlsl",
    "audience": "farmer",
    "keywords": "水利 灌溉",
}


def table_of(page: str) -> dict[str, str]:
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>\s*(.*?)\s*</dd>", page, re.DOTALL)
    return {term: re.sub(r"<.*?>", "", value) for term, value in rows}


def read(county: County, article_id: int) -> TestResponse:
    return county.visitor().get(county.path_of(BUREAU, article_id))


def test_gk_09_an_official_document_has_the_customary_table(county: County) -> None:
    page = read(county, county.an_article(title="关于农田水利的意见", state=PUBLISHED, **DOCUMENT)).text

    found = table_of(page)
    assert found["索引号"].startswith("SLJ/")
    assert found["主题分类"] == "农业、林业、水利"
    assert (found["体裁分类"], found["服务对象"]) == ("政策文件", "农民")
    assert (found["名称"], found["文号"]) == ("关于农田水利的意见", "永水〔2026〕7号")
    assert (found["成文日期"], found["生效日期"]) == ("2026-01-05", "2026-02-01")
    assert (found["公开方式"], found["有效性"], found["主题词"]) == ("主动公开", "有效", "水利 灌溉")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["发布日期"])


def test_plain_news_has_no_table_but_its_number_in_the_tags(county: County) -> None:
    page = read(county, county.an_article(column="gzdt", state=PUBLISHED)).text

    assert "索引号" not in page
    assert '<meta name="IndexNumber" content="SLJ/' in page


def test_search_engines_read_the_same_record(county: County) -> None:
    title = "关于</script><script>的意见"
    page = read(county, county.an_article(title=title, state=PUBLISHED, **DOCUMENT)).text

    said = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])
    assert said["headline"] == title
    assert said["identifier"].startswith("SLJ/")
    assert said["url"] in page
    assert (said["creativeWorkStatus"], said["about"]) == ("有效", "农业、林业、水利")
    assert said["dateCreated"] == "2026-01-05"


def test_gk_11_a_document_expires_on_its_own_day_without_a_job(county: County) -> None:
    document = county.an_article(state=PUBLISHED, **{**DOCUMENT, "expires_on": now().date() + timedelta(40)})
    assert "失效" not in table_of(read(county, document).text)["有效性"]

    with freeze_time(now() + timedelta(42)):
        assert table_of(read(county, document).text)["有效性"] == "失效"


def test_s_21_a_public_notice_counts_down_and_has_ended_from_its_minute_on(county: County) -> None:
    begins = now().astimezone(COUNTY_ZONE).replace(hour=9, minute=0, second=0, microsecond=0)
    ends = begins + timedelta(days=5, hours=8)
    notice = county.an_article(
        title="关于拟表彰人员的公示",
        state=PUBLISHED,
        genre=Genre.PUBLIC_NOTICE,
        period_from=begins,
        period_until=ends,
        contact="水利局人事科，67221234",
    )

    def state_at(moment: datetime) -> str:
        with freeze_time(moment):
            page = read(county, notice).text
        return re.sub(r"<.*?>|\s", "", re.findall(r'period-state">(.*?)</p>', page, re.DOTALL)[0])

    assert state_at(begins + timedelta(days=1)) == "公示中，还剩4天"
    assert state_at(ends - timedelta(minutes=1)) == "公示中，今天截止"
    assert state_at(ends) == "公示已结束"
    assert "67221234" in read(county, notice).text


@pytest.mark.parametrize(
    ("genre", "lack"), [(Genre.PUBLIC_NOTICE, "截止时间"), (Genre.CLARIFICATION, "哪种说法")]
)
def test_what_a_genre_needs_is_asked_on_handing_in(county: County, genre: Genre, lack: str) -> None:
    with pytest.raises(RuleBroken, match=lack):
        county.an_article(genre=genre, state=ArticleState.SUBMITTED)


def test_gk_12_a_clarification_says_what_it_answers(county: County) -> None:
    page = read(
        county,
        county.an_article(genre=Genre.CLARIFICATION, state=PUBLISHED, answers="网传水库将于今晚泄洪"),
    ).text

    assert "针对的说法：网传水库将于今晚泄洪" in page


def test_the_form_brings_all_of_it_to_the_page(county: County) -> None:
    with county.inside(BUREAU):
        column_id = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
    editor = county.staff("slj.editor")
    answer = editor.post(
        "/slj/articles/",
        data={
            "column_id": str(column_id),
            "title": "关于拟录用人员的公示",
            "body": "<p>名单附后。</p>",
            "genre": "public_notice",
            "period_from": "2026-11-01T09:00",
            "period_until": "2026-11-08T17:00",
            "contact": "人事科",
            "subject": "rsrm",
            "audience": "jobseeker",
        },
    )

    assert answer.status_code == 303
    form = editor.get(f"{answer.location}/edit").text
    assert 'value="2026-11-08T17:00"' in form
    wrong = editor.post(
        "/slj/articles/",
        data={"title": "公示", "period_from": "2026-11-08T17:00", "period_until": "2026-11-08T09:00"},
    )
    assert wrong.status_code == 422
    assert "公示截止要晚于公示开始" in wrong.text


def test_the_portal_has_numbers_of_its_own(county: County) -> None:
    own = county.an_article(PORTAL, state=PUBLISHED, **DOCUMENT)

    assert "PORTAL/" in county.visitor(PORTAL).get(county.path_of(PORTAL, own)).text
