"""What programs are told when something is wrong: problem+json in Chinese, whatever failed (RFC 9457)."""

import json
from collections.abc import Mapping

from flask import Response, request

PROBLEM = "application/problem+json"
PREFIX = "/api/v1/"
TITLES = {
    400: ("请求有误", "请检查地址和参数，cursor 要原样带回上一次返回的 next_cursor。"),
    404: ("没有找到", "这里没有您要的内容，可能地址有误，或内容不再公开。"),
    405: ("不支持的方法", "这个接口只能读取，请用 GET。"),
    410: ("已经关停", "这个网站已经关停。"),
    422: ("参数有误", "有的参数不正确，请对照接口说明修改。"),
    429: ("请求过于频繁", "请按 Retry-After 所说的秒数等一等再来。"),
    503: ("暂停服务", "系统正在维护或暂时繁忙，请过几分钟再试。"),
}
OTHER = ("暂时无法回答", "系统遇到了问题，已经记录，请稍后再试。")
#: Statuses from here on are errors.
FIRST_ERROR = 400


def wrong_values(messages: Mapping[str, list[str]]) -> Response:
    """Answer 422 with the names of the values that are wrong."""
    answer = Response(status=422)
    said = {name: [_in_chinese(words) for words in found] for name, found in messages.items()}
    return _written(answer, "参数不正确：" + "、".join(said) + "。请对照接口说明修改。", said)


def speak_to_programs(response: Response) -> Response:
    """Turn the page of an error into what a program reads; let pages of every site read what we answer."""
    if not request.path.startswith(PREFIX):
        return response
    is_error = response.status_code >= FIRST_ERROR
    if is_error and response.mimetype != PROBLEM:
        response = _written(response, TITLES.get(response.status_code, OTHER)[1], {})
    elif response.mimetype == "application/json":
        response.add_etag()
        response.make_conditional(request)
    if request.method == "OPTIONS":
        response.mimetype = "text/plain"  # It has no words, of whatever sort.
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _written(response: Response, detail: str, errors: Mapping[str, list[str]]) -> Response:
    problem: dict[str, object] = {
        "type": "about:blank",
        "title": TITLES.get(response.status_code, OTHER)[0],
        "status": response.status_code,
        "detail": detail,
    }
    if errors:
        problem["errors"] = errors
    response.set_data(json.dumps(problem, ensure_ascii=False).encode())
    response.content_type = PROBLEM
    return response


def _in_chinese(words: str) -> str:
    return words if any("\u4e00" <= sign <= "\u9fff" for sign in words) else "值不正确。"
