"""The commands as the county's IT person runs them: help, one clear line on error, a non-zero end."""

from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from app import create_console_app
from app.content.models import Article, Attachment, Revision, RevisionFile
from app.content.states import ArticleState
from app.core.database import db
from tests.app.content.photographs import a_photograph
from tests.databases import SETTINGS
from tests.worlds import MANIFEST, County

NOTICE = Path(__file__).parents[3] / "tenants" / "yongjia" / "content" / "000-founding-notice.md"


def _run(county: County, *words: str) -> Result:
    return county.front.console.test_cli_runner().invoke(args=list(words))


def test_applying_again_adds_nothing(county: County) -> None:
    result = _run(county, "county", "apply", str(MANIFEST))

    assert (result.exit_code, result.output) == (0, "没有缺少的内容，无需改动。\n")


def test_a_rehearsal_says_all_and_does_nothing(county: County, tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(MANIFEST.read_text("utf-8"), "utf-8")
    units = MANIFEST.with_name("units.csv").read_text("utf-8") + "jyj,永嘉县教育局,department,教育局,,\n"
    (tmp_path / "units.csv").write_text(units, "utf-8")
    manifest = str(tmp_path / "county.toml")

    rehearsed = _run(county, "county", "apply", manifest, "--dry-run")
    assert "+ 子站 jyj 永嘉县教育局" in rehearsed.output
    assert county.visitor("jyj").get("/").status_code == 404

    done = _run(county, "county", "apply", manifest)
    assert done.output.replace("已增加", "将增加") == rehearsed.output
    assert county.visitor("jyj").get("/").status_code == 200


def test_a_broken_manifest_names_file_and_key(county: County, tmp_path: Path) -> None:
    broken = tmp_path / "county.toml"
    broken.write_text(MANIFEST.read_text("utf-8").replace("3303240001", "33"), "utf-8")
    (tmp_path / "units.csv").write_text(MANIFEST.with_name("units.csv").read_text("utf-8"), "utf-8")

    result = _run(county, "county", "apply", str(broken))

    assert result.exit_code == 1
    assert "county.toml" in result.output
    assert "site_code" in result.output
    assert "Traceback" not in result.output


def test_a_unit_is_opened_and_listed(county: County) -> None:
    result = _run(county, "unit", "create", "县商务局", "--kind", "department", "--slug", "swj")

    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "已开通：http://swj.yj.localhost/"
    assert "swj" in _run(county, "unit", "list").output
    refused = _run(county, "unit", "create", "县税务局", "--kind", "department", "--slug", "swj")
    assert refused.exit_code == 1
    assert refused.output.startswith("错误：标识“swj”不能用")


def test_many_units_are_opened_and_a_bad_row_is_told_by_its_line(county: County, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(
        "name,kind,slug\n县教育局,department,jyj\n坏,bureau,\n岩头镇人民政府,township,\n", "utf-8"
    )

    result = _run(county, "unit", "import", str(file))

    assert result.exit_code == 1
    assert "第 3 行（坏）" in result.output
    assert "已开设 2 个，有误 1 个" in result.output
    assert county.visitor("jyj").get("/").status_code == 200


def test_the_founding_notice_is_imported_whole_and_waits_for_its_signature(
    county: County, tmp_path: Path
) -> None:
    """S-01, S-02, S-68, S-69; signing is a person's act, also here (S-64)."""
    notice = tmp_path / "notice.md"
    lines = NOTICE.read_text("utf-8").replace(
        "keywords:", "source_url: https://www.yj.gov.cn/89.html\nkeywords:", 1
    )
    notice.write_text(lines, "utf-8")

    result = _run(county, "article", "import", str(notice), "--unit", "slj", "--column", "zcwj")

    assert result.exit_code == 0, result.output
    with county.inside("slj"):
        article, revision = db.session.execute(
            select(Article, Revision)
            .join(Revision, Revision.id == Article.head_id)
            .where(Article.state == ArticleState.SUBMITTED)
        ).one()
        assert article.published_id is None
        assert revision.title == "永嘉县人民政府办公室关于加强县政府门户网站建设工作的通知"
        assert revision.document_number == "永政办发〔2007〕89号"
        assert (str(revision.formed_on), str(revision.printed_on)) == ("2007-09-11", "2007-09-12")
        assert revision.keywords == "电子政务 网络 通知"
        for clause in (
            "依托县政府门户网站子网站模板功能生成本单位子网",
            "均需由各单位相关负责同志审签",
            "杜绝泄密事件发生",
            "2007年9月12日印发",
        ):
            assert clause in revision.body


def test_pictures_beside_a_file_come_with_it(county: County, tmp_path: Path) -> None:
    notice = tmp_path / "notice.md"
    notice.write_text("---\ntitle: 巡查大坝\n---\n\n![大坝](dam.jpg)\n\n已经巡查。\n", "utf-8")
    words = ("article", "import", str(notice), "--unit", "slj", "--column", "gzdt")

    assert "图片“dam.jpg”不在文件旁边" in _run(county, *words).output
    (tmp_path / "dam.jpg").write_bytes(a_photograph())
    assert _run(county, *words).exit_code == 0

    with county.inside("slj"):
        body, token = db.session.execute(
            select(Revision.body, Attachment.token)
            .join(RevisionFile, RevisionFile.revision_id == Revision.id)
            .join(Attachment, Attachment.id == RevisionFile.attachment_id)
            .where(Revision.title == "巡查大坝")
        ).one()
    assert f'<img src="/files/{token}.jpg" alt="大坝"' in body


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--unit", "nobody", "--column", "tzgg"), "没有子站“nobody”"),
        (("--unit", "slj", "--column", "nowhere"), "没有栏目“nowhere”"),
        (("--unit", "slj", "--column", "tzgg", "--author", "nobody"), "没有账号“nobody”"),
        (("--unit", "slj", "--column", "tzgg", "--author", "qiaotou.editor"), "不是“永嘉县水利局”的信息员"),
        (("--unit", "slj", "--column", "tzgg", "--author", "slj.signer"), "不是“永嘉县水利局”的信息员"),
    ],
)
def test_a_wrong_word_is_one_clear_line(county: County, words: tuple[str, ...], says: str) -> None:
    result = _run(county, "article", "import", str(NOTICE), *words)

    assert result.exit_code == 1
    assert says in result.output
    assert len(result.output.splitlines()) == 1


def test_every_command_has_help(county: County) -> None:
    for group in ("county", "unit", "account", "article", "audit", "database"):
        command = county.front.console.cli.commands[group]
        assert command.help, group
        for name, inner in command.commands.items():  # type: ignore[attr-defined]
            assert inner.help, f"{group} {name}"
            assert _run(county, group, name, "--help").exit_code == 0


def test_a_database_without_tables_is_told_in_one_line(tmp_path: Path) -> None:
    empty = create_console_app({**SETTINGS, "DATA_DIR": str(tmp_path)})

    result = empty.test_cli_runner().invoke(args=["unit", "list"])

    assert result.exit_code == 1
    assert result.output.startswith("错误：数据库连接不上，或者还没有建表。")
    with empty.app_context():
        db.engine.dispose()
