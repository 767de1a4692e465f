"""The list for archive and library: a period's public texts, and a record of each list made (GK-13)."""

import csv
import io

from openpyxl import load_workbook
from sqlalchemy import select

from app.audit.models import AuditRow
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.exports import transfer
from tests.worlds import BUREAU, PORTAL, TOWN, County

EVER = {"from": "2020-01-01", "to": "2099-12-31"}


def test_gk_13_a_period_is_handed_over_and_recorded(county: County) -> None:
    county.an_article(state=ArticleState.PUBLISHED, title="=停水的通知")
    county.an_article(state=ArticleState.DRAFT, title="草稿")

    answer = county.staff("slj.editor").post("/slj/transfer", data={**EVER, "kind": "csv"})

    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert tuple(lines[0]) == transfer.HEADS
    assert "'=停水的通知" in [line[2] for line in lines]
    assert "草稿" not in answer.data.decode()
    assert [line[0] for line in lines[1:]] == [str(n) for n in range(1, len(lines))]
    with county.inside(BUREAU):
        row = db.session.scalars(select(AuditRow).where(AuditRow.act == "transfer.export")).one()
        assert row.subject == "transfer:2020-01-01/2099-12-31"
        assert f'"count":{len(lines) - 1}' in row.detail.replace(" ", "")


def test_gk_13_the_county_hands_over_what_all_its_units_published(county: County) -> None:
    for slug in (BUREAU, TOWN):
        county.an_article(slug, state=ArticleState.PUBLISHED, title=f"{slug}的通知")

    whole = county.staff("portal.operator").post("/portal/transfer", data=EVER)
    own = county.staff("qiaotou.signer").post("/qiaotou/transfer", data=EVER)

    def titles(content: bytes) -> list[object]:
        return [row[2] for row in load_workbook(io.BytesIO(content)).active.values]

    assert {"slj的通知", "qiaotou的通知"} <= set(titles(whole.data))
    assert "slj的通知" not in titles(own.data)
    with county.inside(PORTAL):
        assert db.session.scalars(select(AuditRow).where(AuditRow.act == "transfer.export")).one()


def test_a_wrong_period_is_said_and_kept(county: County) -> None:
    browser = county.staff("slj.editor")
    for wrong in ({"from": "昨天", "to": "2026-01-01"}, {"from": "2026-02-01", "to": "2026-01-01"}):
        for answer in (
            browser.get("/slj/transfer", query_string=wrong),
            browser.post("/slj/transfer", data=wrong),
        ):
            assert answer.status_code == 422
            assert f'value="{wrong["from"]}"' in answer.text
            assert "日期请按" in answer.text
    assert f'value="{today().year}-01-01"' in browser.get("/slj/transfer").text
