"""GK-11, ZY-20: relating documents on the desk, answering other units, and keeping collections."""

import re

from sqlalchemy import select

from app.audit.services import flaws
from app.content.genres import Genre
from app.content.states import ArticleState
from app.core.database import db
from app.documents.models import CollectionEntry, DocumentLink, Kind
from app.publishing import services as publishing
from app.tenancy.models import Tenant
from tests.app.documents.acts import a_document, acted_on, marks_of, publish, relate
from tests.app.publishing.acts import article_of, head_of, person
from tests.browser import Browser
from tests.worlds import BUREAU, PORTAL, PROOF, TOWN, County


def tenant_id(county: County, slug: str) -> int:
    with county.front.console.app_context():
        return db.session.scalars(select(Tenant.id).where(Tenant.slug == slug)).one()


def links_of(county: County) -> list[int]:
    with county.everywhere():
        return list(db.session.scalars(select(DocumentLink.id)))


def said(browser: Browser, path: str, data: dict[str, str], status: int = 303) -> str:
    answer = browser.post(path, data=data)
    assert answer.status_code == status, answer.text
    return answer.text


def test_gk_11_an_editor_finds_relates_and_hands_in(county: County) -> None:
    old = a_document(county)
    new = a_document(county, number=2, state=ArticleState.DRAFT)
    editor, path = county.staff("slj.editor"), f"/slj/articles/{new}/links/"
    assert "没有找到" in editor.get(f"{path}?words=没有这个").text
    for words in ("第1号", "[2026]1", "slj发〔2026〕1号", "2026 1"):
        assert f':{old}"' in editor.get(f"{path}?words={words}").text, words
    target = f"{tenant_id(county, BUREAU)}:{old}"
    for data in ({}, {"target": target, "kind": "x"}, {"target": "9" * 40, "kind": "abolishes"}):
        assert "请先查找文件" in said(editor, path, {**data, "words": "第1号"}, 422)
    assert "体裁" in said(editor, path, {"target": target, "kind": "interprets", "words": "第1号"}, 422)
    said(editor, path, {"target": target, "kind": "abolishes"})
    assert "草稿，发布时生效" in editor.get(path).text
    assert f"第{1}号" in editor.get(path).text
    publish(county, BUREAU, new)
    assert marks_of(county, BUREAU, old)[0] == "abolished"
    assert "已生效" in county.staff("slj.editor").get(f"/slj/articles/{old}/links/").text


def test_gk_11_another_units_document_is_found_by_its_title_once_it_is_public(county: County) -> None:
    town = a_document(county, TOWN, title="桥头镇河道保洁办法")
    draft = a_document(county, TOWN, number=2, title="桥头镇河道保洁细则", state=ArticleState.DRAFT)
    own = a_document(county, number=3, title="本局河道保洁通知", state=ArticleState.DRAFT)
    new = a_document(county, number=4, state=ArticleState.DRAFT)
    page = county.staff("slj.editor").get(f"/slj/articles/{new}/links/?words=河道保洁").text
    assert f'"{tenant_id(county, TOWN)}:{town}"' in page
    assert f'"{tenant_id(county, BUREAU)}:{own}"' in page
    assert f':{draft}"' not in page
    assert "保洁细则" not in page
    assert "没有找到" in county.staff("slj.editor").get(f"/slj/articles/{new}/links/?words=%25").text


def test_what_is_being_signed_is_not_related_any_more(county: County) -> None:
    old = a_document(county)
    new = a_document(county, number=2, state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        pass
    data = {"target": f"{tenant_id(county, BUREAU)}:{old}", "kind": "amends"}
    editor = county.staff("slj.editor")
    editor.post(f"/slj/articles/{new}/submit", data={"revision": county.head_of(BUREAU, new)})
    assert "正在审签" in said(editor, f"/slj/articles/{new}/links/", data, 422)


def test_s_64_a_signer_shows_who_it_is_before_a_public_relation_changes(county: County) -> None:
    old, new = a_document(county), a_document(county, number=2)
    signer, path = county.staff("slj.signer"), f"/slj/articles/{new}/links"
    data = {"target": f"{tenant_id(county, BUREAU)}:{old}", "kind": "amends", "words": "第1号"}
    assert "密码" in said(signer, f"{path}/sign", {**data, "proof": "falsch"}, 422)
    assert marks_of(county, BUREAU, old)[0] == "valid"
    said(signer, f"{path}/sign", {**data, **PROOF})
    assert marks_of(county, BUREAU, old)[0] == "amended"
    (link,) = links_of(county)
    said(signer, f"{path}/{link}/end", {"proof": ""}, 422)
    said(signer, f"{path}/{link}/end", dict(PROOF))
    assert marks_of(county, BUREAU, old)[0] == "valid"


def test_gk_11_the_other_unit_answers_on_its_desk(county: County) -> None:
    old = a_document(county, TOWN)
    _, link = acted_on(county, (TOWN, old))
    desk = county.staff("qiaotou.signer").get("/qiaotou/links/").text
    assert "关于印发qiaotou第1号管理办法的通知" in desk
    assert "slj发〔2026〕2号" in desk
    assert "由本单位负责同志" in county.staff("qiaotou.editor").get("/qiaotou/links/").text
    signer = county.staff("qiaotou.signer")
    said(signer, f"/qiaotou/links/{link}/agree", {"proof": "x"}, 422)
    assert "请写明" in said(signer, f"/qiaotou/links/{link}/refuse", {"reason": ""}, 422)
    said(signer, f"/qiaotou/links/{link}/agree", dict(PROOF))
    assert marks_of(county, TOWN, old)[0] == "abolished"
    assert "现在没有" in signer.get("/qiaotou/links/").text
    for slug in (BUREAU, TOWN):
        with county.inside(slug) as tenant:
            assert list(flaws(tenant.id)) == []


def test_gk_11_the_county_office_may_answer_for_a_unit(county: County) -> None:
    old = a_document(county, TOWN)
    _, link = acted_on(county, (TOWN, old))
    said(county.staff("portal.operator"), f"/qiaotou/links/{link}/agree", dict(PROOF))
    assert marks_of(county, TOWN, old)[0] == "abolished"


def test_a_request_is_not_shown_before_it_is_signed_or_after_it_is_withdrawn(county: County) -> None:
    old = a_document(county, TOWN)
    new, _ = acted_on(county, (TOWN, old))
    signer = county.staff("slj.signer")
    sent = {"revision": county.head_of(BUREAU, new), "reason": "发错了"}
    assert signer.post(f"/slj/articles/{new}/withdraw", data=sent).status_code == 303
    assert "现在没有" in county.staff("qiaotou.signer").get("/qiaotou/links/").text
    page = county.staff("qiaotou.signer").get(f"/qiaotou/articles/{old}/links/").text
    assert "slj第2号" not in page, "a title that was withdrawn is read nowhere"


def test_a_collection_is_kept_by_signers_and_read_by_all(county: County) -> None:
    first, second = a_document(county), a_document(county, number=2)
    draft = a_document(county, number=3, state=ArticleState.DRAFT)
    manager, bureau = county.staff("slj.manager"), tenant_id(county, BUREAU)
    assert "请填写" in said(manager, "/slj/collections/", {"title": " ", "description": "说明还在"}, 422)
    assert "说明还在" in said(
        manager, "/slj/collections/", {"title": "长" * 81, "description": "说明还在"}, 422
    )
    answer = manager.post("/slj/collections/", data={"title": "水利政策汇编", "description": "管理办法"})
    path = answer.location
    assert "水利政策汇编" not in county.visitor().get("/documents/collections/").text, "empty ones wait"
    for article in (first, second):
        said(manager, f"{path}entries", {"target": f"{bureau}:{article}"})
    assert "已经在" in said(manager, f"{path}entries", {"target": f"{bureau}:{first}"}, 422)
    for wrong in (
        f"{bureau}:{draft}",
        f"{tenant_id(county, TOWN)}:{first}",
        "1:",
        "x",
        f"{bureau}:{'9' * 30}",
    ):
        said(manager, f"{path}entries", {"target": wrong}, 422)
    with county.inside(BUREAU):
        last = db.session.scalars(select(CollectionEntry.id).order_by(CollectionEntry.id.desc())).first()
    said(manager, f"{path}entries/{last}/up", {})
    public = path.replace("/slj", "/documents")
    page = county.visitor().get(public).text
    assert page.index("第2号") < page.index("第1号")
    assert county.visitor(PORTAL).get(public).status_code == 404
    withdrawn = {"revision": county.head_of(BUREAU, second), "reason": "发错了"}
    county.staff("slj.signer").post(f"/slj/articles/{second}/withdraw", data=withdrawn)
    assert "第2号" not in county.visitor().get(public).text
    assert "已撤回的信息" in manager.get(path).text
    said(manager, f"{path}remove", {})
    assert county.visitor().get(public).status_code == 404


def test_a_portals_collection_takes_any_units_documents(county: County) -> None:
    article = a_document(county, TOWN)
    operator = county.staff("portal.operator")
    path = operator.post("/portal/collections/", data={"title": "全县汇编"}).location
    assert f':{article}"' in operator.get(f"{path}?words=[2026]1").text
    said(operator, f"{path}entries", {"target": f"{tenant_id(county, TOWN)}:{article}"})
    page = county.visitor(PORTAL).get(path.replace("/portal", "/documents")).text
    assert "qiaotou第1号" in page


def test_zy_20_an_editor_says_why_nothing_is_explained(county: County) -> None:
    article = a_document(county, genre=Genre.POLICY)
    editor, path = county.staff("slj.editor"), f"/slj/articles/{article}/links/"
    assert "3 个工作日" in editor.get(path).text
    assert "请写明" in said(editor, f"{path}exemption", {"reason": ""}, 422)
    said(editor, f"{path}exemption", {"reason": "人事任免"})
    assert "已标为不需解读：人事任免" in editor.get(path).text
    said(editor, f"{path}exemption/lift", {})
    assert "不需解读：" not in editor.get(path).text


def test_s_64_a_signer_signs_the_relations_that_were_on_the_page(county: County) -> None:
    old, other = a_document(county), a_document(county, number=4)
    new = a_document(county, number=2, genre=Genre.NOTICE, state=ArticleState.DRAFT)
    relate(county, BUREAU, new, (BUREAU, old))
    with county.inside(BUREAU):
        article = article_of(new)
        publishing.submit(article, person("slj.editor"), revision=head_of(article))
    signer, path = county.staff("slj.signer"), f"/slj/articles/{new}"
    page = signer.get(path).text
    assert "草稿，发布时生效" in page
    seen = re.findall(r'name="links" value="([^"]*)"', page)[0]
    with county.inside(BUREAU):
        article = article_of(new)
        publishing.take_back(article, person("slj.editor"), revision=head_of(article))
    relate(county, BUREAU, new, (BUREAU, other), Kind.AMENDS)
    with county.inside(BUREAU):
        article = article_of(new)
        publishing.submit(article, person("slj.editor"), revision=head_of(article))
    sent = {"revision": str(county.head_of(BUREAU, new)), **PROOF}
    assert "请看过“关联文件”再签" in said(signer, f"{path}/publish", {**sent, "links": seen}, 409)
    seen = re.findall(r'name="links" value="([^"]*)"', signer.get(path).text)[0]
    said(signer, f"{path}/publish", {**sent, "links": seen})
    assert marks_of(county, BUREAU, old)[0] == "abolished"
