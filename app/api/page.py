"""The page on which a person reads how programs may read: examples that can be tried at once."""

from flask import current_app

from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here
from app.theming.export_pages import Endpoint, InterfacePage
from app.theming.pages import Link
from app.web.blueprints import PublicBlueprint

bp = PublicBlueprint("api_page", __name__)

FILTERS = (
    ("unit", "单位代码，如 slj；单位子站上不用写"),
    ("column", "栏目代码，即栏目网址里的一段，如 tzgg"),
    ("genre", "体裁，如 notice（通知）、normative（规范性文件）"),
    ("validity", "有效性：valid、pending、amended、abolished、expired"),
    ("year", "发布年份，如 2026"),
    ("limit", "一次多少条，1 到 100，不写是 20"),
    ("cursor", "接着读下一页：把上一次的 next_cursor 原样带回"),
)
PERIODS = {"second": "秒", "minute": "分钟", "hour": "小时", "day": "天"}


@bp.page("/api/")
def interface() -> InterfacePage:
    """Explain the interface, with examples of this site."""
    reach = "全县各单位" if current_tenant.is_portal else "本单位"
    listed = (
        ("信息列表", f"{reach}公开的信息，最新的在前。", "articles?limit=5"),
        (
            "公文",
            "有文号的公文，文号的括号和空格随意，记得一部分也行。",
            "documents?number=%5B2026%5D1%E5%8F%B7",
        ),
        ("单位", f"{reach}的名称、电话和网址。", "units"),
        ("公开目录", "政府信息公开的各个栏目和条数。", "catalogue"),
    )
    return InterfacePage(
        title="开放接口",
        canonical=canonical("/api/"),
        description="供程序读取公开信息的接口：地址、参数和例子。",
        trail=(Link("首页", here("/")),),
        endpoints=tuple(Endpoint(title, what, here(f"/api/v1/{path}")) for title, what, path in listed),
        document=here("/api/v1/openapi.json"),
        catalogues=Link("公开目录下载", here("/xxgk/download/")),
        rate=_in_chinese(str(current_app.config["API_RATE"])),
        filters=FILTERS,
    )


def _in_chinese(rate: str) -> str:
    """Write a rate such as ``300 per minute`` in words; one in another form stays as it is set."""
    number, _, period = rate.partition(" per ")
    return f"每{PERIODS[period]} {number} 次" if period in PERIODS else rate
