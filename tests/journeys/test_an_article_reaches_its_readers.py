"""Editor writes -> submits -> another signs -> readers of the subsite and of the portal (S-16, S-64)."""

from app.content.states import ArticleState
from tests.worlds import BUREAU, PORTAL, PROOF, TOWN, County

TITLE = "关于城区停水的通知"


def test_a_published_article_appears_on_its_subsite_and_the_portal_with_the_next_request(
    county: County,
) -> None:
    article = county.an_article(state=ArticleState.SUBMITTED)
    subsite, portal = county.visitor(BUREAU), county.visitor(PORTAL)
    for browser in (subsite, portal):  # Fill both page caches with what they show before.
        assert TITLE not in browser.get("/").text

    signer = county.staff("slj.signer")
    head = county.head_of(BUREAU, article)
    answer = signer.post(f"/slj/articles/{article}/publish", data={"revision": head, **PROOF})

    assert answer.status_code == 303
    for browser in (subsite, portal):
        assert TITLE in browser.get("/").text
        assert TITLE in browser.get("/tzgg/").text
    assert "永嘉县水利局" in portal.get("/tzgg/").text
    assert TITLE in subsite.get(county.path_of(BUREAU, article)).text


def test_a_withdrawn_article_is_gone_everywhere_and_its_address_says_so(county: County) -> None:
    article = county.an_article(state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article)
    subsite, portal = county.visitor(BUREAU), county.visitor(PORTAL)
    assert TITLE in portal.get("/tzgg/").text

    signer = county.staff("slj.signer")
    head = county.head_of(BUREAU, article)
    signer.post(f"/slj/articles/{article}/withdraw", data={"revision": head, "reason": "数字有误"})

    assert subsite.get(path).status_code == 410
    for browser in (subsite, portal):
        assert TITLE not in browser.get("/").text
        assert TITLE not in browser.get("/tzgg/").text
        assert TITLE not in browser.get("/feed.atom").text


def test_an_article_is_found_only_on_its_own_host(county: County) -> None:
    path = county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED))

    assert county.visitor(BUREAU).get(path).status_code == 200
    assert county.visitor(TOWN).get(path).status_code == 404
    assert county.visitor(PORTAL).get(f"/u/qiaotou{path}").status_code == 404


def test_the_unit_read_on_the_portal_names_its_own_page_as_canonical(county: County) -> None:
    path = county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED))

    page = county.visitor(PORTAL).get(f"/u/slj{path}")

    assert page.status_code == 200
    assert f'rel="canonical" href="http://slj.yj.localhost{path}"' in page.text
    assert 'href="/u/slj/tzgg/"' in page.text
