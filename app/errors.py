"""How a broken rule of the domain, or an error of HTTP, becomes a page: in the theme where there is one."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Flask, Response, current_app, g, make_response, render_template, request
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import TenantState
from app.tenancy.resolver import OF_NO_TENANT
from app.theming.pages import ErrorPage, Link, Site
from app.theming.render import plain_error, render
from app.web.frame import current_site, remembered_site, render_framed


@dataclass(frozen=True)
class Explanation:
    """What a status means to the person, and what they can do."""

    title: str
    advice: tuple[str, ...]


OTHER = Explanation(
    "页面暂时无法显示", ("系统遇到了问题，已经记录。", "请稍后再试；仍不能打开时请联系网站维护人员。")
)
EXPLANATIONS = {
    400: Explanation("请求有误", ("浏览器发来的内容不完整或不正确。", "请返回上一页刷新后重试。")),
    401: Explanation("请先登录", ("登录已经结束，或者还没有登录。", "请重新登录后再试。")),
    403: Explanation("没有权限", ("您的账号不能进行这项操作。", "如确需办理，请联系本单位子站管理员。")),
    404: Explanation(
        "页面不存在",
        ("这里没有您要找的内容，可能是地址有误，或内容已经移走。", "请检查地址，或从首页、站点地图查找。"),
    ),
    405: Explanation("不支持的操作", ("这个地址不接受这种访问方式。", "请从页面上的链接或按钮重新进入。")),
    409: Explanation("操作没有完成", ("内容的状态已经变化。", "请返回上一页刷新后再看。")),
    410: Explanation(
        "内容已撤回", ("这里曾经公开的内容已经撤回，或者网站已经关停。", "如有疑问，请与发布单位联系。")
    ),
    413: Explanation("上传的内容过大", ("文件或文字超过了允许的大小。", "请压缩或拆分后再上传。")),
    414: Explanation("地址过长", ("地址比网页能有的长。", "请从首页或站点地图进入。")),
    415: Explanation("读不懂的格式", ("提交的内容不是网页表单的格式。", "请从本站的页面填写后提交。")),
    422: Explanation("填写的内容有误", ("有些内容没有通过检查。", "请返回上一页改正后再提交。")),
    429: Explanation("操作过于频繁", ("短时间内的访问次数过多。", "请稍等几分钟再试。")),
    431: Explanation("请求有误", ("浏览器随地址发来的信息过多。", "请清除浏览器里本站的缓存后再试。")),
    500: OTHER,
    503: Explanation("服务暂停", ("系统正在维护或暂时繁忙。", "请过几分钟再试，已发布的内容不会丢失。")),
}
RETRY_AFTER = "120"  # seconds


def init_app(app: Flask) -> None:
    """Install the error pages."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(RuleBroken, show_broken_rule)
    app.register_error_handler(OperationalError, show_database_away)
    app.register_error_handler(DataError, show_impossible_value)
    app.register_error_handler(OverflowError, show_impossible_value)
    app.register_error_handler(Exception, show_fault)


def show_http_error(error: HTTPException) -> Response:
    """Explain what HTTP knows as an error."""
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirects that werkzeug raises are no errors
        return error.get_response()  # type: ignore[return-value]
    db.session.rollback()
    response = explain(error.code)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def show_broken_rule(error: RuleBroken) -> Response:
    """Tell the person what stands in the way, in their words; nothing of the act remains."""
    db.session.rollback()
    return explain(409, error.message)


def show_database_away(error: OperationalError) -> Response:
    """Say that the service is away for a moment, and when to come again."""
    current_app.logger.error("The database is away", exc_info=error)
    return explain(503)


def show_impossible_value(_error: Exception) -> Response:
    """Answer a value that no row can have, such as a number with thirty digits in a form."""
    db.session.rollback()
    return explain(400)


def show_fault(error: Exception) -> Response:
    """Log our own fault and admit it, without a word of what is inside."""
    current_app.logger.error("Unhandled", exc_info=error)
    db.session.rollback()
    return explain(500)


def explain(status: int, message: str = "") -> Response:
    """Answer with a page for the status, in the frame of the subsite or the console where there is one."""
    known = EXPLANATIONS.get(status, OTHER)
    advice = (message, "请返回上一页查看。") if message else known.advice
    response = make_response(_body(status, known.title, advice), status)
    if status == 503:  # noqa: PLR2004
        response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    return response


def unseen(status: int) -> str:
    """Return the page for a request that no application has seen: gunicorn could not read it, or failed."""
    explanation = EXPLANATIONS.get(status, OTHER)
    return plain_error(status, explanation.title, "".join(explanation.advice))


def _body(status: int, title: str, advice: tuple[str, ...]) -> str:
    if "admin" in current_app.extensions:
        return render_template("console/error.html", status=status, title=title, advice=advice)
    is_away = status == 503  # noqa: PLR2004 - the database may not answer for a new frame
    frame = remembered_site() if is_away else None
    if frame is None and (is_away or g.get("tenant") is None):
        return plain_error(status, title, _without_site(status, advice))
    try:
        return _framed(status, title, advice, frame)
    except Exception:  # An error page must not fail for the reason that asked for it.
        current_app.logger.exception("The error page has no frame")
        return plain_error(status, title, "".join(advice))


def _framed(status: int, title: str, advice: tuple[str, ...], frame: Site | None) -> str:
    if status == 410 and g.tenant.state is TenantState.CLOSED:  # noqa: PLR2004 - as above
        return _closed(request.base_url)
    root = request.script_root
    links = (Link("返回首页", f"{root}/"), Link("站点地图", f"{root}/map.html"))
    page = ErrorPage(title=title, canonical=request.base_url, status=status, advice=advice, links=links)
    return render(page, frame) if frame else render_framed(page)


def _closed(address: str) -> str:
    """Say that the unit's subsite is closed, and lead to its portal: nothing here leads to what is closed."""
    site = current_site()
    assert site.portal is not None
    portal = site.portal.url
    links = (
        Link("县内单位", f"{portal}units/"),
        Link(f"在全县搜索“{site.unit}”", f"{portal}search?q={quote(site.unit)}"),
    )
    page = ErrorPage(
        title=f"“{site.name}”已经关停",
        canonical=address,
        status=410,
        advice=(
            "这个网站公开过的内容不再在这里提供。",
            f"现在由哪个单位负责、内容在哪里，请到县门户“{site.portal.title}”查看，或者拨打页面底部的技术支持电话。",
        ),
        links=(Link(f"到县门户“{site.portal.title}”", portal), *links),
    )
    menu = (Link("县门户首页", portal), links[0])
    footer = replace(site.footer, links=())
    return render(
        page, replace(site, home=portal, menu=menu, footer=footer, announcements=(), is_closed=True)
    )


def _without_site(status: int, advice: tuple[str, ...]) -> str:
    """Return the advice for a page that has no home and no site map to lead to."""
    if status == 404 and request.endpoint not in OF_NO_TENANT:  # noqa: PLR2004 - as above
        return "没有这个网站，请检查网址中的域名有没有写错。"
    return "".join(advice)
