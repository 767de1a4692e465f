"""The office opens subsites: proposals, refusals with reasons, and a host that answers at once everywhere."""

import io
import json
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import close_all_sessions

from app.content.models import Column
from app.core.database import db
from app.front import Front
from app.operations import births
from app.portal.models import PortalEntry
from app.tenancy.models import Host, Tenant
from tests.browser import Browser
from tests.databases import SETTINGS, Database
from tests.worlds import County


def opened(operator: Browser, **fields: str) -> str:
    """Send the form; return the page that the operator then sees."""
    data = {"portal": "portal", "kind": "department", "label": "own", "own_label": "", "host": "", **fields}
    return operator.post("/office/open/", data=data, follow_redirects=True).text


def tenants(county: County) -> int:
    with county.everywhere():
        return db.session.scalar(select(func.count(Tenant.id))) or 0


def test_a_name_brings_proposals_with_their_making(county: County) -> None:
    """S-41: two bureaus share initials, so others are proposed, and the refused ones say why."""
    page = county.staff("portal.operator").get("/office/open/", query_string={"name": "县林业局"}).text
    assert "lyj" in page
    assert "linyeju" in page
    assert "拼音首字母" in page
    page = county.staff("portal.operator").get("/office/open/", query_string={"name": "审理局"}).text
    assert "shenliju" in page
    assert "<del>slj</del>" in page
    assert "“slj”已被其他子站使用" in page


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("www", "保留字"),
        ("console", "保留字"),
        ("slj", "已被其他子站使用"),
        ("s1j", "容易混淆"),
        ("Xn--a", "编码"),
        ("a", "至少"),
        ("9ab", "以字母开头"),
        ("ab--c", "连用"),
    ],
)
def test_labels_that_cannot_be_had_are_refused_with_the_reason(
    county: County, label: str, reason: str
) -> None:
    before = tenants(county)
    page = opened(county.staff("portal.operator"), name="县林业局", own_label=label)
    assert reason in page
    assert f'value="{label}"' in page, "what was typed is kept"
    assert tenants(county) == before


@pytest.mark.parametrize("host", ["abc.com", "slj.yj.localhost", "not a host", "1.2.3.4"])
def test_hosts_that_cannot_be_had_are_refused(county: County, host: str) -> None:
    """ZY-01."""
    before = tenants(county)
    page = opened(county.staff("portal.operator"), name="县林业局", own_label="lyj", host=host)
    assert "域名" in page
    assert "flash error" in page
    assert tenants(county) == before


@pytest.fixture
def second(database: Database) -> Iterator[Front]:
    """Return another worker on the same data."""
    front = Front({**SETTINGS, "DATA_DIR": str(database.folder), **database.address()})
    yield front
    close_all_sessions()
    for app in (front.public, front.console):
        with app.app_context():
            db.engine.dispose()


def test_the_host_answers_at_once_in_every_process(county: County, second: Front) -> None:
    """The other worker has looked at the hosts before."""
    elsewhere = Browser(second, host="lyj.yj.localhost")
    assert elsewhere.get("/").status_code == 404
    page = opened(county.staff("portal.operator"), name="永嘉县林业局", label="lyj")
    assert "http://lyj.yj.localhost/" in page
    for browser in (elsewhere, county.visitor("lyj")):
        answer = browser.get("/")
        assert answer.status_code == 200
        assert "永嘉县林业局" in answer.text
        assert "3303240001" in answer.text, "the footer is the portal's until the unit has its own"
        assert browser.get("/xxgk/").status_code == 200
    assert "永嘉县林业局" in county.visitor("portal").get("/units/").text


def test_a_form_sent_twice_opens_one_subsite(county: County) -> None:
    operator = county.staff("portal.operator")
    opened(operator, name="永嘉县林业局", label="lyj")
    before = tenants(county)
    assert "“lyj”已被其他子站使用" in opened(operator, name="永嘉县林业局", label="lyj")
    page = opened(operator, name="永嘉县林业局", own_label="linyeju")
    assert "一个单位只开设一个网站" in page
    assert tenants(county) == before


def test_a_fault_in_the_middle_leaves_nothing(county: County) -> None:
    """No half subsite: the row, its hosts and its columns go with the transaction."""
    operator = county.staff("portal.operator")
    with county.everywhere():
        slj = db.session.scalars(select(Tenant).where(Tenant.slug == "slj")).one()
        db.session.add(Host(name="far.example.gov.cn", tenant_id=slj.id, is_primary=False))
    page = opened(operator, name="永嘉县林业局", own_label="lyj", host="far.example.gov.cn")
    assert "（slj）使用，请换一个" in page
    with county.everywhere():
        assert db.session.scalar(select(Tenant).where(Tenant.slug == "lyj")) is None
        assert db.session.scalar(select(Host).where(Host.name == "lyj.yj.localhost")) is None


def upload(operator: Browser, text: str) -> str:
    """Upload a file; return the address of the batch."""
    answer = operator.post(
        "/office/open/batch/",
        data={"file": (io.BytesIO(text.encode()), "名单.csv")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    return str(answer.location)


def finished(operator: Browser, address: str) -> str:
    """Confirm, and go on until there is nothing left to open; return the result."""
    for _ in range(20):
        if 'action="' + address + "run" not in (page := operator.get(address).text):
            return page
        operator.post(address + "run")
    raise AssertionError("the batch does not end")


LIST = """name,kind,slug,host
永嘉县林业局,县直部门,,
永嘉县坏类型局,不存在,,
永嘉县水利局,县直部门,,
永嘉县财政局,department,czj,
永嘉县保留局,县直部门,admin,
永嘉县外站局,县直部门,wzj,abc.com
"""


def test_a_batch_is_shown_before_and_told_by_line_after(county: County) -> None:
    """One bad row does not stop the others."""
    operator = county.staff("portal.operator")
    before = tenants(county)
    address = upload(operator, LIST)
    preview = operator.get(address).text
    assert "确认开设 2 个" in preview
    assert "子站类型“不存在”不存在" in preview
    assert tenants(county) == before, "a preview opens nothing"
    page = finished(operator, address)
    assert "已开设 2，已有 1，不能开设 3。" in page
    assert tenants(county) == before + 2
    assert county.visitor("czj").get("/").status_code == 200
    again = upload(operator, LIST)
    assert "将开设" not in operator.get(again).text.partition("<caption")[0], "what is open is skipped"


def test_an_interrupted_batch_is_taken_up_again(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is sent twice, or the machine stops between opening and noting it: nothing is opened twice."""
    monkeypatch.setattr(births, "AT_ONCE", 1)
    operator = county.staff("portal.operator")
    address = upload(operator, LIST)
    operator.post(address + "run")
    page = operator.get(address).text
    assert "data-continue" in page
    assert "还有 1" in page
    opened(operator, name="永嘉县财政局", own_label="czj")
    assert "已开设 1，已有 2，不能开设 3。" in finished(operator, address)


def test_a_batch_is_its_uploaders_own(county: County) -> None:
    operator = county.staff("portal.operator")
    address = upload(operator, LIST)
    folder = county.front.console.config["DATA_DIR"]
    token = address.strip("/").rpartition("/")[2]
    path = f"{folder}/run/batches/{token}.json"
    with open(path) as file:  # noqa: PTH123 - short
        kept = json.load(file)
    with open(path, "w") as file:  # noqa: PTH123
        json.dump({**kept, "signer_id": -1}, file)
    answer = operator.get(address)
    assert answer.status_code == 409
    assert "请重新上传同一份文件" in answer.text


@pytest.mark.both_databases
def test_two_operators_with_one_label_open_one_subsite(county: County) -> None:
    """Both send at the same moment: one is told why not, and no half subsite stays behind."""
    names = ("永嘉县林业局", "永嘉县旅游局")
    pages: dict[str, str] = {}
    together = threading.Barrier(2)

    def send(name: str, operator: Browser) -> None:
        together.wait()
        pages[name] = opened(operator, name=name, own_label="lyj")

    threads = [threading.Thread(target=send, args=(name, county.staff("portal.operator"))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("的子站已开通" in page for page in pages.values()) == [False, True]
    loser = next(page for page in pages.values() if "的子站已开通" not in page)
    assert "已被其他子站使用" in loser
    with county.everywhere():
        assert len(db.session.scalars(select(Tenant).where(Tenant.unit.in_(names))).all()) == 1
        assert len(db.session.scalars(select(Host).where(Host.name == "lyj.yj.localhost")).all()) == 1


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "name,kind\n", "\x00\x01"])
def test_what_is_no_list_is_refused_in_words(county: County, text: str) -> None:
    operator = county.staff("portal.operator")
    answer = operator.post(
        "/office/open/batch/",
        data={"file": (io.BytesIO(text.encode()), "x.csv")},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert "flash error" in answer.text


def test_a_new_subsite_has_what_its_kind_names(county: County) -> None:
    opened(county.staff("portal.operator"), name="碧莲镇人民政府", kind="township", label="bilian")
    with county.everywhere():
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == "bilian")).one()
        columns = db.session.scalar(select(func.count(Column.id)).where(Column.tenant_id == unit.id)) or 0
        assert columns > 10
        assert (
            db.session.scalar(select(func.count(PortalEntry.id)).where(PortalEntry.unit_id == unit.id))
            is not None
        )
