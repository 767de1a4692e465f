"""What a visitor has sent through a form, judged before any view believes it."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import abort, request, url_for
from werkzeug.datastructures import MultiDict

from app.core.clock import now
from app.tenancy.current import current_tenant
from app.theming.form_pages import Protection
from app.web import limits
from app.web.challenge import tokens, work
from app.web.challenge.questions import new_question, number_in
from app.web.challenge.script import script_digest
from app.web.challenge.tokens import SOONEST, Token

MEDIA_TYPE = "application/x-www-form-urlencoded"
LARGEST = 64 * 1024  # bytes
#: For each address; in a county many people may share one.
OFTEN = "6 per minute; 60 per hour"
#: Who answers the question instead of letting the browser work.
WITHOUT_SCRIPT = "3 per minute; 10 per hour"
#: For one form of one tenant, whoever sends it.
OVERALL = "120 per minute; 2000 per hour"

TOO_OFTEN = "短时间内提交的次数过多。您填写的内容还在下面，请过几分钟再按“提交”。"
EXPIRED = "页面打开得太久了，为了安全需要重新确认。您填写的内容还在下面，请核对后再按一次“提交”。"
UNKNOWN = "页面的安全标记缺少或不对。您填写的内容还在下面，请核对后再按一次“提交”。"
USED = "这份内容刚才已经提交过，不用再交。要另外再写一份，请改好后再按“提交”。"
TOO_FAST = "提交得太快了，系统分不清是不是本人操作。请稍等几秒，再按一次“提交”。"
WRONG_ANSWER = "下面的小问题答得不对，或没有回答。请看清楚再填，写数字或汉字都可以。"
UNSOLVED = "浏览器的安全校验没有完成。请等页面下方显示“校验完成”后，再按一次“提交”。"


@dataclass(frozen=True)
class Entry:
    """What was sent, and why it cannot be accepted; of a form that was only opened, nothing."""

    sent: MultiDict[str, str] | None = None
    token: Token | None = None
    fault: str = ""
    status: HTTPStatus = HTTPStatus.OK

    @property
    def is_sent(self) -> bool:
        return self.sent is not None

    @property
    def is_good(self) -> bool:
        """Whether something was sent that the view may accept."""
        return self.is_sent and not self.fault

    def refused(self, fault: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> "Entry":
        """Return the same with a reason against it."""
        return replace(self, fault=fault, status=status)

    def protection(self) -> Protection:
        """Return what protects the form when it is shown, or shown again: always a new token."""
        question, answer = new_question()
        token = tokens.new_token(answer)
        return Protection(
            token=token.written(),
            question=question,
            question_fault=WRONG_ANSWER if self.fault == WRONG_ANSWER else "",
            work=work.work_for(token.nonce, token.expires_at),
            script=url_for("challenge.script", digest=script_digest()),
        )


def received() -> Entry:
    """Judge what was sent: where from, how much, how often, with which token, and by a person or not."""
    _refuse_foreign()
    request.max_content_length = LARGEST
    if request.mimetype != MEDIA_TYPE:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    entry = Entry(sent=request.form)
    if not _is_seldom():
        return entry.refused(TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS)
    token = tokens.read(request.form.get("form_token", ""))
    entry = replace(entry, token=token)
    fault = _fault_of(token) or _fault_of_person(token)
    return entry.refused(fault) if fault else entry


def _refuse_foreign() -> None:
    """Refuse what another site's page sends (B6); a browser says so itself, and no other program must."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(HTTPStatus.FORBIDDEN)
    origin = request.headers.get("Origin", "")
    if origin and origin.partition("://")[2].lower() != request.environ.get("HTTP_HOST", "").lower():
        abort(HTTPStatus.FORBIDDEN)


def _is_seldom() -> bool:
    form = str(request.endpoint)
    is_seldom = limits.admits(OFTEN, "form", form, limits.asker())
    if not request.form.get("work"):
        is_seldom &= limits.admits(WITHOUT_SCRIPT, "form without work", form, limits.asker())
    return is_seldom and limits.admits(OVERALL, "form of all", form, str(current_tenant.id))


def _fault_of(token: Token | None) -> str:
    if token is None:
        return UNKNOWN
    if token.expires_at <= now():
        return EXPIRED
    if tokens.is_used(token):
        return USED
    return TOO_FAST if now() < token.issued_at + SOONEST else ""


def _fault_of_person(token: Token | None) -> str:
    assert token is not None
    if done := request.form.get("work", ""):
        return "" if work.is_done(done, token.nonce) else UNSOLVED
    return "" if token.answered_by(number_in(request.form.get("answer", ""))) else WRONG_ANSWER
