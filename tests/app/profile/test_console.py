"""The console's pages of a unit's cards, as clerks and signers use them (S-17 to S-19, ZY-15, GK-05)."""

import io
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from app.core.database import db
from app.profile import queries
from app.profile.models import CardKind, Leader, Profile
from app.profile.values import read
from tests.app.profile.acts import LEADER, OFFICE, PROFILE, proposed, signed
from tests.browser import Browser
from tests.worlds import BUREAU, PROOF, County

HOME = f"/{BUREAU}/profile"


@pytest.fixture
def editor(county: County) -> Browser:
    return county.staff(f"{BUREAU}.editor")


@pytest.fixture
def signer(county: County) -> Browser:
    return county.staff(f"{BUREAU}.signer")


def sent(values: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {name: value for name, value in values.items() if value is not None and not name.endswith("_id")}
    return {"base": "0", **said, **more}


def a_picture(name: str = "照片.png") -> tuple[io.BytesIO, str]:
    file = io.BytesIO()
    Image.new("RGB", (40, 50), (90, 120, 150)).save(file, "PNG")
    return io.BytesIO(file.getvalue()), name


def newest_change(county: County) -> int:
    with county.inside(BUREAU):
        return queries.history()[0].id


def test_a_profile_goes_from_the_clerk_over_the_signer_to_the_readers(
    county: County, editor: Browser, signer: Browser
) -> None:
    handed = editor.post(f"{HOME}/unit", data=sent(PROFILE), follow_redirects=True)
    change = f"{HOME}/changes/{newest_change(county)}"

    assert "已提交" in handed.text
    assert "等审签的改动（1）" in handed.text
    assert "审签公开" not in editor.get(change).text
    assert "审签公开" in signer.get(change).text
    assert signer.post(f"{change}/sign", data={"proof": PROOF["proof"]}).status_code == 422
    wrong = signer.post(f"{change}/sign", data=PROOF | {"proof": "不对的密码"})
    assert wrong.status_code == 422
    assert "密码" in wrong.text
    with county.inside(BUREAU):
        assert queries.shown_profile() is None
    done = signer.post(f"{change}/sign", data=PROOF, follow_redirects=True)
    assert "已审签公开" in done.text
    assert "负责全县水资源的统一管理" in county.visitor(BUREAU).get("/dwgk/").text
    assert signer.post(f"{change}/sign", data=PROOF).status_code == 409


def test_s_17_a_profile_without_its_four_fields_is_not_taken(editor: Browser) -> None:
    for name, says in (
        ("name", "单位全称"),
        ("duties", "机构职责"),
        ("address", "办公地址"),
        ("phone", "联系电话"),
    ):
        answer = editor.post(f"{HOME}/unit", data=sent(PROFILE | {name: " "}))
        assert answer.status_code == 422, name
        assert says in answer.text
        kept = "mailbox"
        assert PROFILE[kept] in answer.text


def test_gk_05_the_guides_six_fields_come_together_or_not_at_all(editor: Browser) -> None:
    answer = editor.post(f"{HOME}/unit", data=sent(PROFILE | {"contact_fax": ""}))
    none = {name: "" for name in PROFILE if name.startswith("contact_")}

    assert answer.status_code == 422
    assert "六项要填齐" in answer.text
    assert editor.post(f"{HOME}/unit", data=sent(PROFILE | none)).status_code == 303


def test_zy_15_a_map_needs_its_number(county: County, editor: Browser) -> None:
    answer = editor.post(f"{HOME}/unit", data=sent(PROFILE, picture=a_picture("地图.png")))

    assert answer.status_code == 422
    assert "审图号" in answer.text
    kept = answer.text.partition('name="kept_picture" value="')[2].partition('"')[0]
    again = sent(PROFILE | {"map_number": "浙S（2026）12号"}, kept_picture=kept)
    assert editor.post(f"{HOME}/unit", data=again).status_code == 303
    with county.inside(BUREAU):
        assert db.session.scalars(select(Profile.map_id)).one() is None  # Nothing is signed yet.


@pytest.mark.parametrize("phone", ["67230001", "电话：0577-67230001", "0577-672300", "12345678901"])
def test_s_19_a_number_that_nobody_can_dial_is_not_taken(editor: Browser, phone: str) -> None:
    answer = editor.post(f"{HOME}/offices/new", data=sent(OFFICE | {"phone": phone}))

    assert answer.status_code == 422
    assert "0577-67236286" in answer.text


@pytest.mark.parametrize("phone", ["0577-67230001", "13800000000、0577-67230001", "400-123-4567", "12345"])
def test_s_19_a_number_that_can_be_dialled_is_taken(editor: Browser, phone: str) -> None:
    assert editor.post(f"{HOME}/offices/new", data=sent(OFFICE | {"phone": phone})).status_code == 303


@pytest.mark.parametrize(
    ("resume", "says"),
    [
        ("<p>身份证号 11010519491231002X。</p>", "身份证"),
        ("<p>手机 13800138000。</p>", "手机号码"),
        ("<p>机密★10年</p>", "密级标志"),
    ],
)
def test_s_69_what_must_not_go_out_is_stopped_on_a_card_too(
    county: County, editor: Browser, resume: str, says: str
) -> None:
    refused = editor.post(f"{HOME}/leaders/new", data=sent(LEADER, resume=resume))

    assert refused.status_code == 409
    assert "发布前检查没有通过。简历" in refused.text
    assert says in refused.text
    assert 'value="张三演"' in refused.text  # Nothing typed is lost.
    with county.inside(BUREAU):
        assert queries.history() == []


def test_s_69_what_is_written_before_a_rule_is_stopped_when_it_is_signed(
    county: County, signer: Browser
) -> None:
    change = proposed(county, CardKind.LEADER, resume="<p>身份证号 11010519491231002X。</p>")

    answer = signer.post(f"{HOME}/changes/{change}/sign", data=PROOF)

    assert answer.status_code == 409
    with county.inside(BUREAU):
        assert queries.shown_leaders() == []


def test_a_portrait_is_seen_by_readers_only_once_it_is_signed(
    county: County, editor: Browser, signer: Browser
) -> None:
    editor.post(f"{HOME}/leaders/new", data=sent(LEADER, picture=a_picture()))
    change = newest_change(county)
    with county.inside(BUREAU):
        picture = queries.picture_by_id(read(queries.change_by_id(change).after)["portrait_id"])
        assert picture is not None
        path = f"/pictures/{picture.token}.png"

    assert county.visitor(BUREAU).get(path).status_code == 404
    signer.post(f"{HOME}/changes/{change}/sign", data=PROOF)
    assert county.visitor(BUREAU).get(path).mimetype == "image/png"
    assert county.visitor("qiaotou").get(path).status_code == 404
    assert path in county.visitor(BUREAU).get("/ldbz/").text


def test_what_is_no_picture_is_refused_and_nothing_typed_is_lost(editor: Browser) -> None:
    for name in ("简历.docx", "照片.png"):
        answer = editor.post(
            f"{HOME}/leaders/new", data=sent(LEADER, picture=(io.BytesIO(b"no picture"), name))
        )
        assert answer.status_code == 422
        assert "演示用的履历" in answer.text


def test_a_stale_form_keeps_what_was_typed(county: County, editor: Browser) -> None:
    leader_id = signed(county, CardKind.LEADER)

    answer = editor.post(f"{HOME}/leaders/{leader_id}", data=sent(LEADER | {"post": "副局长甲"}))

    assert answer.status_code == 409
    assert "刚才有人改过" in answer.text
    assert "副局长甲" in answer.text
    base = answer.text.partition('name="base" value="')[2].partition('"')[0]
    again = editor.post(f"{HOME}/leaders/{leader_id}", data=sent(LEADER | {"post": "副局长甲"}, base=base))
    assert again.status_code == 303


def test_s_18_a_term_is_ended_and_pages_that_name_the_person_are_listed(
    county: County, editor: Browser, signer: Browser
) -> None:
    leader_id = signed(county, CardKind.LEADER)
    signed(county, CardKind.OFFICE, head="张三演")
    editor.post(f"{HOME}/leaders/{leader_id}/end", data={"until": "2026-01-31"})
    change = f"{HOME}/changes/{newest_change(county)}"

    assert "还写着这个名字的页面（1）" in signer.get(change).text
    signer.post(f"{change}/sign", data=PROOF)
    assert "已离任的张三演" in editor.get(HOME).text
    assert "张三演" not in county.visitor(BUREAU).get("/ldbz/").text
    with county.inside(BUREAU):
        assert db.session.scalars(select(Leader.until)).one() is not None


@pytest.mark.parametrize("until", ["", "昨天", "2026-13-01"])
def test_an_unreadable_last_day_ends_nothing(county: County, editor: Browser, until: str) -> None:
    leader_id = signed(county, CardKind.LEADER)

    answer = editor.post(f"{HOME}/leaders/{leader_id}/end", data={"until": until}, follow_redirects=True)

    assert "请填写最后一天" in answer.text


def test_the_history_tells_who_changed_what_and_who_signed(county: County, editor: Browser) -> None:
    signed(county, CardKind.PROFILE)
    proposed(county, CardKind.PROFILE, phone="0577-67239999")

    page = editor.get(f"{HOME}/history").text

    assert "已审签公开" in page
    assert "等审签" in page
    assert "0577-67239999" in page
    assert PROFILE["phone"] in page


def test_hostile_words_stay_words(county: County, editor: Browser, signer: Browser) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    values = LEADER | {"name": bad[:40], "post": bad, "division": bad, "resume": f"<p>{bad}</p>"}
    assert editor.post(f"{HOME}/leaders/new", data=sent(values)).status_code == 303
    change = f"{HOME}/changes/{newest_change(county)}"
    signer.post(f"{change}/sign", data=PROOF)
    for page in (signer.get(change), editor.get(HOME), county.visitor(BUREAU).get("/ldbz/")):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
