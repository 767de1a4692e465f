"""S-44: a unit arranges its look, tries it, takes it up and goes back; the county's parts stay."""

from io import BytesIO

from PIL import Image
from sqlalchemy import select

from app.audit.models import AuditRow
from app.core.database import db
from app.look.blocks import KINDS
from app.look.models import Look
from bench.articles import publish_articles
from bench.statements import Pages
from tests.app.look.forms import PATH, Fields, fields_of, headings, opened, other_palette, saved, use, wears
from tests.app.site.test_queries import MOST
from tests.worlds import BUREAU, HOSTS, TOWN, County


def png(width: int = 300, height: int = 100) -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (width, height), "#1a4f8a").save(made, "PNG")
    made.seek(0)
    return made


def test_s_44_what_is_prepared_is_seen_by_staff_only_until_it_is_used(county: County) -> None:
    publish_articles(county.front, BUREAU, "gzdt", 3)
    publish_articles(county.front, BUREAU, "tzgg", 3)
    editor, manager, visitor = county.staff("slj.editor"), county.staff("slj.manager"), county.visitor()
    before = visitor.get("/").text
    form = opened(editor)
    at = form["kind"].index("pages")
    form["block_title"][at] = "认识水利局"
    form["place"][form["kind"].index("contact")] = "0.5"
    other = other_palette(editor)
    sent = {**form, "palette": other, "notes": "办公时间：工作日 8:30 至 17:30"}
    assert editor.post(PATH, data=sent).status_code == 303

    assert visitor.get("/").text == before
    tried = editor.get(f"{PATH}preview")
    assert "办公时间：工作日" in tried.text
    assert wears(tried.text, other)
    assert tried.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in tried.headers["Cache-Control"]
    assert tried.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")

    use(manager)

    shown = visitor.get("/").text
    assert wears(shown, other)
    side = headings(shown)
    assert side.index("联系我们") < side.index("政府信息公开")
    assert "办公时间：工作日" in visitor.get("/tzgg/").text
    _is_recorded(county)


def _is_recorded(county: County) -> None:
    with county.inside(BUREAU) as tenant:
        acts = list(db.session.scalars(select(AuditRow.act).where(AuditRow.act.startswith("look."))))
        assert acts == ["look.prepare", "look.use"]
        assert tenant.look["number"] == 2


def test_an_editor_may_not_use_and_a_signer_may_not_arrange(county: County) -> None:
    editor, signer = county.staff("slj.editor"), county.staff("slj.signer")
    saved(editor, palette=other_palette(editor))

    assert editor.post(f"{PATH}use", data={"seen": "0.1"}).status_code == 403
    assert signer.post(PATH, data={}).status_code == 403
    assert "启用这个方案" in signer.get(PATH).text
    use(signer)


def test_blocks_move_by_buttons_without_a_script(county: County) -> None:
    editor = county.staff("slj.editor")
    kinds = opened(editor)["kind"]

    saved(editor, move="down-1")
    assert opened(editor)["kind"][:2] == [kinds[1], kinds[0]]
    saved(editor, move="up-2")
    assert opened(editor)["kind"] == kinds
    saved(editor, move="out-1")
    assert opened(editor)["kind"] == kinds[1:]
    saved(editor, move="up-1")  # Nothing lies above the first.
    saved(editor, add="hearings", add_block="1")
    assert opened(editor)["kind"][-1] == "hearings"


def test_gk_10_what_the_county_asks_for_stays_whatever_is_sent(county: County) -> None:
    editor, manager = county.staff("slj.editor"), county.staff("slj.manager")
    form = opened(editor)
    at = form["kind"].index("disclosure") + 1
    saved(editor, move=f"out-{at}")
    assert "disclosure" in opened(editor)["kind"]

    only: Fields = {
        name: [form[name][0]] for name in ("kind", "block_title", "count", "source", "area", "place")
    }
    assert "县里要求必须有" in saved(editor, status=422, **only)

    saved(editor, menu_place=["9"] * len(form["menu_slug"]))
    use(manager)
    page = county.visitor().get("/").text
    assert "政府信息公开" in headings(page)
    menu = page.partition("主菜单")[2].partition("</nav>")[0]
    assert menu.index("首页") < menu.index("/xxgk/") < menu.index("gzdt") if "gzdt" in menu else True
    assert "我为政府网站找错" in page


def test_a_column_of_choice_with_its_title_and_number(county: County) -> None:
    publish_articles(county.front, BUREAU, "tzgg", 5)
    editor, manager = county.staff("slj.editor"), county.staff("slj.manager")
    answer = editor.post(PATH, data={**opened(editor), "add": "column", "add_block": "1"})
    assert answer.status_code == 422
    assert "请选择显示哪个栏目" in answer.text
    form = fields_of(answer.text)
    form["source"][-1], form["block_title"][-1], form["count"][-1] = "tzgg", "要紧的通知", "2"
    assert editor.post(PATH, data=form).status_code == 303
    use(manager)

    block = county.visitor().get("/").text.partition("要紧的通知")[2].partition("</section>")[0]
    assert block.count('class="teaser"') == 2
    assert "通知公告</h2>" not in county.visitor().get("/").text  # It is not shown a second time.


def test_every_kind_of_block_at_once_stays_within_the_queries(county: County) -> None:
    publish_articles(county.front, BUREAU, "zcwj", 2)
    editor, manager = county.staff("slj.editor"), county.staff("slj.manager")
    for kind in KINDS:
        if kind not in opened(editor)["kind"] and kind != "column":
            saved(editor, add=kind, add_block="1")
    links: Fields = {"friend_sort": ["gov", "topic"], "friend_title": ["中国政府网", "一件事"]}
    saved(editor, **links, friend_url=["https://www.gov.cn/", "https://zt.yj.gov.cn/?a=1"])
    use(manager)

    assert len(Pages(county.front).queries_of(HOSTS[BUREAU], "/")) <= MOST
    page = county.visitor().get("/").text
    assert {"友情链接", "专题", "政策文件", "办事与互动"} <= set(headings(page))
    assert 'href="https://www.gov.cn/"' in page


#: Title, sort and address of a link, and what is said of it.
WRONG_LINKS = (
    ("坏", "other", "javascript:alert(1)", "地址要以 http"),
    ("坏", "other", "https://u:p@evil.example/", "地址要以 http"),
    ("坏", "other", 'https://a.example/"onclick=', "地址要以 http"),
    ("坏", "gov", "https://gov.cn.evil.example/", ".gov.cn 结尾"),
    ("", "other", "https://a.example/", "请填名称"),
    ("名" * 31, "other", "https://a.example/", "不超过 30 个字"),
    ("坏", "x", "https://a.example/", "请选择类别"),
)


def test_a_wrong_link_is_told_and_nothing_typed_is_lost(county: County) -> None:
    editor = county.staff("slj.editor")
    before = {**opened(editor), "notes": "留着我"}
    for title, sort, url, says in WRONG_LINKS:
        sent = {**before, "friend_sort": [sort], "friend_title": [title], "friend_url": [url]}

        answer = editor.post(PATH, data=sent)

        assert answer.status_code == 422
        assert says in answer.text
        form = fields_of(answer.text)
        assert form["notes"] == ["留着我"]
        assert (form["friend_title"][0], form["friend_url"][0]) == (title, url)


def test_hostile_and_huge_forms_are_refused_in_words(county: County) -> None:
    editor = county.staff("slj.editor")
    rows: Fields = {"kind": ["column"] * 500, "place": ["nan", "1e9", "x"] + ["1"] * 497}
    rows |= {name: ["<script>"] * 500 for name in ("block_title", "count", "source", "area")}

    assert "最多放 20 块" in saved(editor, status=422, **rows)
    assert "请从列表中选择一种" in saved(editor, status=422, palette="../x")
    assert "最多 5 行" in saved(editor, status=422, notes="行\n" * 6)
    assert "身份证" in saved(editor, status=422, notes="联系人 330324198001011239 张三")
    assert editor.post(PATH, data={}).status_code == 422


def test_two_editors_are_told_of_each_other(county: County) -> None:
    one, other = county.staff("slj.editor"), county.staff("slj.manager")
    mine, theirs = opened(one), opened(other)
    assert other.post(PATH, data={**theirs, "notes": "乙的话"}).status_code == 303

    answer = one.post(PATH, data={**mine, "notes": "甲的话"})

    assert answer.status_code == 409
    assert "也保存过方案" in answer.text
    assert fields_of(answer.text)["notes"] == ["甲的话"]
    assert one.post(PATH, data=fields_of(answer.text)).status_code == 303
    # Whoever looked at another preview than the newest does not put it on by mistake.
    assert other.post(f"{PATH}use", data={"seen": "0.1"}).status_code == 409
    late = opened(one)
    use(other)
    assert "有人刚刚启用了新的样子" in one.post(PATH, data=late).text


def test_s_44_an_earlier_look_comes_back_and_nothing_is_lost(county: County) -> None:
    editor, manager, visitor = county.staff("slj.editor"), county.staff("slj.manager"), county.visitor()
    at_first = visitor.get("/").text
    saved(editor, palette=other_palette(editor), notes="第二版")
    use(manager)
    assert "第二版" in editor.get(f"{PATH}preview?version=2").text
    assert "第二版" not in editor.get(f"{PATH}preview?version=1").text

    assert manager.post(f"{PATH}versions/1/use").status_code == 303

    assert visitor.get("/").text == at_first
    with county.inside(BUREAU):
        kept = list(db.session.scalars(select(Look).order_by(Look.number)))
        assert [(one.number, one.origin) for one in kept] == [
            (1, "开通以来的样子"),
            (2, "启用新方案"),
            (3, "恢复第 1 版"),
        ]
    assert manager.post(f"{PATH}versions/7/use").status_code == 404


def test_logo_and_banner_are_made_in_sizes_and_answered(county: County) -> None:
    editor, manager, visitor = county.staff("slj.editor"), county.staff("slj.manager"), county.visitor()
    page = saved(editor, status=422, banner=(png(400, 100), "small.png"))
    assert "横幅图片太小" in page
    saved(
        editor,
        logo=(png(), "logo.png"),
        banner=(png(1700, 900), "river.png"),
        focus="top",
        banner_says="楠溪江秋景",
    )
    assert f"/{BUREAU}/look/files/" in editor.get(f"{PATH}preview").text
    use(manager)

    shown = visitor.get("/").text
    assert 'alt="楠溪江秋景"' in shown
    assert 'class="logo"' in visitor.get("/tzgg/").text
    for width in (1600, 960, 480):
        assert f" {width}w" in shown
    name = shown.partition('srcset="')[2].partition(" ")[0]
    answer = visitor.get(name)
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert county.visitor(TOWN).get(name).status_code == 404

    saved(editor, no_banner="1")
    use(manager)
    assert "楠溪江秋景" not in visitor.get("/").text


def test_another_units_editor_finds_nothing(county: County) -> None:
    stranger = county.staff("qiaotou.editor")
    saved(county.staff("slj.editor"), notes="水利局的方案")

    assert stranger.get(PATH).status_code == 404
    assert stranger.get(f"{PATH}preview").status_code == 404
    assert "水利局的方案" not in stranger.get("/qiaotou/look/").text
