"""A unit's hearings: propose one, have it signed, link what came of it (S-22)."""

from datetime import datetime, time, timedelta
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content import desk_queries
from app.core.clock import COUNTY_ZONE, now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.participation import desk, queries, services
from app.participation.forms import TermsForm
from app.participation.limits import answer_due, kept_until
from app.participation.models import Hearing
from app.participation.states import stage_at
from app.publishing.console.signing import shown_again
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.converters import LARGEST_ID

TEMPLATES = "../templates"
#: How long a consultation is open where nobody says otherwise.
USUAL = timedelta(days=30)

bp = DeskBlueprint("hearings", __name__, template_folder=TEMPLATES)


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """List the unit's hearings and consultations."""
    return render_template("participation/index.html", rows=desk.rows())


@bp.page("/new", may=Permission.WRITE_ARTICLE)
def new() -> ResponseReturnValue:
    """Offer to propose a hearing that an article announces."""
    start = datetime.combine(today() + timedelta(days=1), time(8), COUNTY_ZONE)
    form = TermsForm(
        data={
            "opens_at": start,
            "closes_at": (start + USUAL).replace(hour=17),
            "takes_opinions": True,
            "kind": "consultation",
            "article_id": request.args.get("article", 0, type=int),
        }
    )
    return _form(form, None)


@bp.action("/", may=Permission.WRITE_ARTICLE)
def create() -> ResponseReturnValue:
    """Propose a hearing; a signer opens it."""
    form = _sent()
    chosen = {article_id for article_id, _, _ in desk.articles_to_choose()}
    is_right = form.validate()
    if form.article_id.data not in chosen:
        form.article_id.errors = ["请选择这次活动的公告；还没有写公告的，先在“信息”里写好。"]
        is_right = False
    if not is_right:
        return _form(form, None), HTTPStatus.UNPROCESSABLE_ENTITY
    article = desk_queries.article_on_desk(form.article_id.data)
    try:
        hearing = services.start(article, form.terms(), current_account())
    except RuleBroken as broken:  # Said above the form, in which everything stays.
        return _again(form, None, broken)
    flash("已保存。请另一位负责同志审签，审签后访客才能看到。", "success")
    return _show(hearing.id)


@bp.page("/<int:hearing_id>", may=Permission.READ_DESK)
def show(hearing_id: int) -> ResponseReturnValue:
    """Show a hearing: what readers see, what is proposed, how many took part, what came of it."""
    return page(desk.hearing_on_desk(hearing_id))


@bp.page("/<int:hearing_id>/edit", may=Permission.WRITE_ARTICLE)
def edit(hearing_id: int) -> ResponseReturnValue:
    """Offer to propose other terms."""
    hearing = desk.hearing_on_desk(hearing_id)
    newest = queries.newest_terms(hearing.id)
    form = TermsForm(obj=newest, data={"kind": newest.kind.value})
    form.kind.data = newest.kind.value
    return _form(form, hearing, base=newest.id)


@bp.action("/<int:hearing_id>/edit", may=Permission.WRITE_ARTICLE)
def save(hearing_id: int) -> ResponseReturnValue:
    """Propose other terms; until they are signed readers see what was signed before."""
    hearing = desk.hearing_on_desk(hearing_id)
    form, base = _sent(), _seen("base")
    if not form.validate():
        return _form(form, hearing, base=base), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        services.propose(hearing, form.terms(), current_account(), base=base)
    except RuleBroken as broken:
        return _again(form, hearing_id, broken, base=base)
    flash("已保存。请另一位负责同志审签，审签后才会公开。", "success")
    return _show(hearing_id)


@bp.action("/<int:hearing_id>/sign", may=Permission.SIGN_ARTICLE)
def sign(hearing_id: int) -> ResponseReturnValue:
    """Open a hearing, or change an open one, as another than the writer, with the password once more."""
    hearing = desk.hearing_on_desk(hearing_id)
    by = current_account()
    method, refusal = shown_again(by)
    if refusal:
        return page(desk.hearing_on_desk(hearing_id), wrong=refusal.says), refusal.status
    services.sign(hearing, by, terms=_seen("terms"), method=method)
    flash("已审签。公告发布后，到了开始时间访客就能参与。", "success")
    return _show(hearing_id)


@bp.action("/<int:hearing_id>/link", may=Permission.WRITE_ARTICLE)
def link(hearing_id: int) -> ResponseReturnValue:
    """Say which articles are the minutes and the result."""
    hearing = desk.hearing_on_desk(hearing_id)
    services.link(hearing, minutes=_seen("minutes") or None, result=_seen("result") or None)
    flash("已保存。纪要和结果发布后，活动页面上就有链接。", "success")
    return _show(hearing_id)


def page(hearing: Hearing, *, wrong: str = "") -> str:
    """Render a hearing's page; with what was wrong with the signer's proof."""
    newest, signed = queries.newest_terms(hearing.id), desk.signed_terms(hearing)
    terms = signed or newest
    result = queries.link_of(hearing.result_id)
    due = answer_due(terms.closes_at)
    stage = stage_at(now(), terms.opens_at, terms.closes_at, has_result=result is not None)
    return render_template(
        "participation/show.html",
        hearing=hearing,
        newest=newest,
        signed=signed,
        stage=stage,
        announcement=desk.head_of(hearing.article_id),
        is_public=queries.of_article(hearing.article_id) is not None,
        tally=queries.tally_of(hearing.id),
        signatures=queries.signatures_of(hearing.id),
        articles=desk.articles_to_choose(),
        is_own=newest.author_id == current_account().id,
        due=due,
        is_late=signed is not None and stage.value == "closed" and due < today(),
        kept_until=kept_until(terms.closes_at),
        is_over=terms.closes_at <= now(),
        quotable=desk.count_quotable(hearing),
        has_second_factor=bool(current_account().second_factor),
        wrong=wrong,
    )


def _form(form: TermsForm, hearing: Hearing | None, *, base: int = 0, fault: str = "") -> str:
    return render_template(
        "participation/edit.html",
        form=form,
        hearing=hearing,
        base=base,
        fault=fault,
        articles=desk.articles_to_choose(),
    )


def _again(
    form: TermsForm, hearing_id: int | None, broken: RuleBroken, *, base: int = 0
) -> ResponseReturnValue:
    """Show the form again after a rule was broken; nothing of the act remains."""
    db.session.rollback()
    hearing = desk.hearing_on_desk(hearing_id) if hearing_id else None
    return _form(form, hearing, base=base, fault=broken.message), HTTPStatus.UNPROCESSABLE_ENTITY


def _sent() -> TermsForm:
    return TermsForm(request.form)


def _seen(name: str) -> int:
    """Return the id that a form names; 0, which is none, where unreadable."""
    return min(max(request.form.get(name, 0, type=int), 0), LARGEST_ID)


def _show(hearing_id: int) -> ResponseReturnValue:
    return redirect(url_for("hearings.show", slug=current_tenant.slug, hearing_id=hearing_id), 303)
