"""A rescan finds old defects after a list changes, and the commands say how it goes."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from app.checks.models import CheckHit, WordEntry
from app.content.genres import Genre
from app.content.states import ArticleState
from app.core.database import db
from tests.worlds import BUREAU, PORTAL, TOWN, County

OLD = "<p>永加县水利局的通知。</p>"


@pytest.fixture
def commands(county: County) -> FlaskCliRunner:
    return county.front.console.test_cli_runner()


def counted(county: County) -> int:
    with county.everywhere():
        return db.session.scalar(select(func.count(CheckHit.id)).where(CheckHit.rule == "word.stop")) or 0


def test_a_changed_list_finds_what_is_public_by_unit(
    county: County, commands: FlaskCliRunner, folder: Path
) -> None:
    for slug in (BUREAU, TOWN):
        county.an_article(slug, body=OLD, state=ArticleState.PUBLISHED, genre=Genre.NOTICE)
    county.an_article(BUREAU, body=OLD)
    words = folder / "words.csv"
    words.write_text("text,correction,severity,note\n永加县,永嘉县,stop,县名\n", encoding="utf-8-sig")

    before = commands.invoke(args=["checks", "rescan"])
    none = counted(county)
    imported = commands.invoke(args=["checks", "words", "import", str(words)])
    after = commands.invoke(args=["checks", "rescan"])

    assert (before.exit_code, none) == (0, 0)
    assert "已加入 1 个词" in imported.output
    assert re.search(r"水利局：已复查 (\d+)/\1 篇，发现 1 处", after.output), after.output
    assert counted(county) == 2
    office = county.staff("portal.auditor").get("/office/standing/").text
    assert office.count("禁用的字词") == 2
    assert "永加县" in county.staff(f"{BUREAU}.editor").get(f"/{BUREAU}/checks").text


def test_running_again_changes_nothing_and_what_is_mended_goes(
    county: County, commands: FlaskCliRunner
) -> None:
    article = county.an_article(body=OLD, state=ArticleState.PUBLISHED)
    with county.inside(BUREAU) as tenant:
        db.session.add(WordEntry(tenant_id=tenant.id, text="永加县", kind="stop"))
    for _ in range(2):
        assert commands.invoke(args=["checks", "rescan", "--unit", BUREAU]).exit_code == 0
        assert counted(county) == 1
    signer = county.staff(f"{BUREAU}.signer")
    withdrawn = {"revision": county.head_of(BUREAU, article), "reason": "写错县名"}

    signer.post(f"/{BUREAU}/articles/{article}/withdraw", data=withdrawn)
    shown = county.staff("portal.operator").get("/office/standing/").text
    commands.invoke(args=["checks", "rescan"])

    assert "禁用的字词" not in shown
    assert counted(county) == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "text,severity\n字,stop\n", "第 2 行"),
        ("a.csv", "text,severity\n两字,gone\n", "severity"),
        ("a.csv", b"\xff\xfe\x00", "UTF-8"),
        ("a.toml", "[[word]]\ntext = 1\n", "第 1 个词"),
        ("a.toml", "word = [", "读不了"),
        ("a.toml", "word = 5", "词表"),
    ],
)
def test_a_wrong_file_is_told_in_one_line_and_adds_nothing(
    county: County, commands: FlaskCliRunner, folder: Path, name: str, content: str | bytes, said: str
) -> None:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    answer = commands.invoke(args=["checks", "words", "import", str(file)])

    assert answer.exit_code == 1
    assert said in answer.output
    assert "Traceback" not in answer.output
    with county.everywhere():
        assert db.session.scalar(select(func.count(WordEntry.id))) == 0


def test_an_unknown_unit_is_told(county: County, commands: FlaskCliRunner) -> None:
    for args in (["checks", "rescan", "--unit", "nobody"], ["checks", "rescan", "--unit", PORTAL]):
        answer = commands.invoke(args=args)
        assert (answer.exit_code == 1) == ("nobody" in args), answer.output
