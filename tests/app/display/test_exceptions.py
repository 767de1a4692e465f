"""S-50: names are written as they are, in a page that is written in traditional characters."""

import tomllib
from pathlib import Path

import pytest
from werkzeug.test import Client

from app.content.states import ArticleState
from app.display.exceptions import exceptions_now
from app.display.traditional import in_traditional
from app.profile.models import CardKind
from tests.app.profile.acts import signed
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

#: What is written, and what a reader of traditional characters expects.
HARD = {
    "岩头镇和大若岩镇": "岩頭鎮和大若岩鎮",
    "岩坦镇攀岩比赛": "岩坦鎮攀巖比賽",
    "石桅岩、狮子岩": "石桅岩、獅子岩",
    "仁里村两委": "仁里村兩委",
    "三里村、十里长街、千里之外": "三里村、十里長街、千里之外",
    "王后以后在皇后镇后街": "王后以後在皇后鎮後街",
    "天后宫": "天后宮",
    "干宝是干部": "干寶是幹部",
    "干杯、干涉、干燥": "乾杯、干涉、乾燥",
    "余秋雨的业余时间": "余秋雨的業餘時間",
    "其余华侨": "其餘華僑",
    "云南的云": "雲南的雲",
    "郁达夫很忧郁": "郁達夫很憂鬱",
    "种师道种树": "种師道種樹",
    "采石矶采石": "采石磯採石",
    "于谦、于右任对于此事": "于謙、于右任對於此事",
    "范仲淹的规范": "范仲淹的規範",
    "头发和发展": "頭髮和發展",
    "台风过后台州": "颱風過後台州",
    "征求意见、长征": "徵求意見、長征",
}
LEADERS = {
    "余德才": "余德才",
    "范志强": "范志強",
    "于海": "于海",
    "钟小华": "鍾小華",
    "岳志强": "岳志強",
    "郁志强": "郁志強",
    "郁小芳": "郁小芳",
    "党志国": "党志國",
    "涂志明": "涂志明",
    "丑志强": "丑志強",
    "干志强": "干志強",
    "叶志云": "葉志雲",
}


def written(county: County, text: str, *leaders: str) -> str:
    """Return a text as a page of the county has it, of whom these people are the leaders."""
    public = county.front.public
    with public.test_request_context("/hant/", base_url=f"http://{HOSTS[BUREAU]}"):
        public.preprocess_request()
        known = {"names_of_leaders": lambda surnames: [one for one in leaders if one[0] in surnames]}
        before = public.extensions["names_of_leaders"]
        public.extensions.update(known)
        try:
            return in_traditional(f"<p>{text}</p>", exceptions_now(asks=True))[3:-4]
        finally:
            public.extensions["names_of_leaders"] = before


@pytest.mark.parametrize(("text", "expected"), HARD.items())
def test_s_50_hard_words_are_written_right(county: County, text: str, expected: str) -> None:
    assert written(county, text) == expected


@pytest.mark.parametrize(("name", "expected"), LEADERS.items())
def test_s_50_a_leaders_name_keeps_its_surname(county: County, name: str, expected: str) -> None:
    assert (
        written(county, f"县长{name}出席，{name}讲话。", *LEADERS) == f"縣長{expected}出席，{expected}講話。"
    )


def test_s_50_what_only_looks_like_a_name_is_none(county: County) -> None:
    leaders = ("余干", "于海", "范文", "后勤")
    for text, expected in {
        "剩余干部": "剩餘幹部",
        "位于海边": "位於海邊",
        "规范文件": "規範文件",
        "战后勤务": "戰後勤務",
        "余　干": "余　幹",
        "于<b>海</b>": "於<b>海</b>",
    }.items():
        assert written(county, text, *leaders) == expected


def test_marks_in_a_text_are_no_names(county: County) -> None:
    assert written(county, "余秋雨\x01\x02\x00以后\x02", "余秋雨") == "余秋雨以後"
    assert written(county, "余秋雨" * 5000) == "余秋雨" * 5000


def test_s_50_the_leaders_of_the_county_are_known_to_all_its_pages(county: County) -> None:
    client = Client(county.front)
    signed(county, CardKind.LEADER, TOWN, name="范志强")
    path = county.path_of(BUREAU, county.an_article(title="范志强检查规范", state=ArticleState.PUBLISHED))
    for host, mount in ((HOSTS[BUREAU], ""), (HOSTS[PORTAL], f"/u/{BUREAU}")):
        page = client.get(f"/hant{mount}{path}", base_url=f"http://{host}").text
        assert "范志強檢查規範" in page
        assert "範志強" not in page
    assert client.get("/hant/nowhere/", base_url=f"http://{HOSTS[BUREAU]}").status_code == 404
    assert client.get("/hant/", base_url="http://nobody.yj.localhost").status_code == 404


def test_a_county_adds_names_of_its_own(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = Path(county.front.public.config["TENANTS_PATH"]) / "rules" / "traditional.toml"
    own = tmp_path / "rules" / "traditional.toml"
    own.parent.mkdir()
    added = (
        '\n[[person]]\nname = "余德才"\n[[name]]\nsimplified = "余坑"\ntraditional = "余坑"\nwhy = "村名"\n'
    )
    own.write_text(shipped.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert written(county, "余德才到余坑") == "餘德才到餘坑"
    monkeypatch.setitem(county.front.public.config, "TENANTS_PATH", str(tmp_path))
    assert written(county, "余德才到余坑") == "余德才到余坑"


def test_every_exception_has_its_reason_and_is_needed(county: County) -> None:
    path = Path(county.front.public.config["TENANTS_PATH"]) / "rules" / "traditional.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for entry in (*data["surname"], *data["name"]):
        assert entry["why"]
        assert in_traditional(f"<p>{entry['simplified']}</p>") != f"<p>{entry['traditional']}</p>", entry
