"""The forms of the three cards: what is saved waits for a signature."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.checks.short_texts import refuse_stops
from app.content import attachments
from app.content.models import Attachment
from app.core.errors import RuleBroken
from app.profile import queries, services
from app.profile.console.page import MANY, PATHS, back, bp, card_by_id
from app.profile.forms import FORMS, LeaderForm, OfficeForm, ProfileForm, form_of
from app.profile.models import Card, CardKind
from app.profile.naming import pages_naming
from app.profile.values import PICTURES, Values, free_texts, read, values_of
from app.tenancy.current import current_tenant
from app.web.converters import LARGEST_ID

IMAGES = ("jpg", "png", "gif", "webp")
CardForms = ProfileForm | LeaderForm | OfficeForm


@bp.page("/unit", may=Permission.WRITE_PROFILE)
def edit_unit() -> ResponseReturnValue:
    """Show the form of the unit itself."""
    return _filled(CardKind.PROFILE, queries.own_profile())


@bp.action("/unit", may=Permission.WRITE_PROFILE)
def save_unit() -> ResponseReturnValue:
    """Hand in what the unit says of itself."""
    return _save(CardKind.PROFILE, queries.own_profile())


@bp.page("/<any(leaders, offices):sort>/new", may=Permission.WRITE_PROFILE)
def new(sort: str) -> ResponseReturnValue:
    """Show the empty form of a leader or an office."""
    return _filled(MANY[sort], None)


@bp.action("/<any(leaders, offices):sort>/new", may=Permission.WRITE_PROFILE)
def create(sort: str) -> ResponseReturnValue:
    """Hand in a new leader or office."""
    return _save(MANY[sort], None)


@bp.page("/<any(leaders, offices):sort>/<int:card_id>", may=Permission.WRITE_PROFILE)
def edit(sort: str, card_id: int) -> ResponseReturnValue:
    """Show the form of a leader or an office, and which pages name the leader."""
    return _filled(MANY[sort], card_by_id(MANY[sort], card_id))


@bp.action("/<any(leaders, offices):sort>/<int:card_id>", may=Permission.WRITE_PROFILE)
def save(sort: str, card_id: int) -> ResponseReturnValue:
    """Hand in changes of a leader or an office."""
    return _save(MANY[sort], card_by_id(MANY[sort], card_id))


@bp.action("/<any(leaders, offices):sort>/<int:card_id>/end", may=Permission.WRITE_PROFILE)
def end(sort: str, card_id: int) -> ResponseReturnValue:
    """Propose the last day on which a leader or an office is shown."""
    kind = MANY[sort]
    card = card_by_id(kind, card_id)
    until = _day(request.form.get("until", ""))
    if until is None:
        flash("请填写最后一天的日期，例如 2026-01-31。", "warning")
        return back()
    latest = queries.latest_of(kind, card.id)
    values = read(latest.after) if latest and latest.decision is None else values_of(kind, card)
    if not values:
        raise RuleBroken("这一项还没有公开过，不用结束；不要了可以收回修改。")
    if (values.get("since") or "") > until:
        flash("结束日期不能早于开始日期。", "warning")
        return back()
    values = {**values, "until": until}
    services.propose(kind, card, values, current_account(), base=latest.id if latest else 0)
    flash("已提交审签。审签后，过了这一天就不再显示；请同时检查还写着这个名字的页面。", "success")
    return back()


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None


def _filled(kind: CardKind, card: Card | None) -> str:
    """Render the form with what waits to be signed, or else with what is public."""
    latest = queries.latest_of(kind, card.id) if card else None
    values: Values = {"name": current_tenant.unit} if kind is CardKind.PROFILE else {}
    if card and latest and latest.is_open:
        values = read(latest.after)
    elif card:
        values = values_of(kind, card) or (read(latest.after) if latest else values)
    form = form_of(kind, values, latest.id if latest else 0)
    picture = next((values.get(name) for name in PICTURES if values.get(name)), None)
    return _page(kind, card, form, queries.picture_by_id(picture))


def _save(kind: CardKind, card: Card | None) -> ResponseReturnValue:
    form: Any = FORMS[kind](request.form)
    _offer(kind, form, card)
    picture, refusal = _picture(kind)
    if not form.is_right(picture.id if picture else None) or refusal:
        return _page(kind, card, form, picture, refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    values = form.values(picture.id if picture else None)
    try:
        refuse_stops(free_texts(kind, values))
        services.propose(kind, card, values, current_account(), base=form.base_id)
    except RuleBroken as broken:
        latest = queries.latest_of(kind, card.id) if card else None
        form.base.process_data(str(latest.id if latest else 0))
        return _page(kind, card, form, picture, broken.message), HTTPStatus.CONFLICT
    flash("已提交，等本单位负责同志审签；审签前，公众看到的仍是原来的内容。", "success")
    return back()


def _picture(kind: CardKind) -> tuple[Attachment | None, str]:
    """Return the picture that belongs to what was sent, and why a new one was refused.

    A new one is stored before the form is judged, so that nobody has to choose it again.
    """
    upload = request.files.get("picture")
    if kind is CardKind.OFFICE or upload is None or not upload.filename:
        return (None if kind is CardKind.OFFICE else _kept()), ""
    if not upload.filename.lower().endswith(tuple(f".{one}" for one in (*IMAGES, "jpeg"))):
        return _kept(), "照片、地图请上传 JPG、PNG、GIF 或 WebP 图片。"
    try:
        return attachments.store(upload, current_account()), ""
    except RuleBroken as refusal:
        return _kept(), refusal.message


def _kept() -> Attachment | None:
    """Return the picture that the clerk keeps, if it is one of the unit's pictures."""
    given = request.form.get("kept_picture", 0, type=int) or 0
    found = queries.picture_by_id(given) if 0 < given <= LARGEST_ID else None
    return found if found and found.extension in IMAGES else None


def _offer(kind: CardKind, form: CardForms, card: Card | None) -> None:
    if isinstance(form, OfficeForm):
        form.offer(queries.offices(), queries.titles(kind), card.id if card else 0)


def _page(kind: CardKind, card: Card | None, form: Any, picture: Attachment | None, refusal: str = "") -> str:
    _offer(kind, form, card)
    name = form["name"].data if kind is CardKind.LEADER and card else ""
    return render_template(
        f"profile/{kind.value}.html",
        form=form,
        card=card,
        picture=picture,
        refusal=refusal,
        accepted=",".join(f".{one}" for one in IMAGES),
        action=_action(kind, card),
        naming=pages_naming(name) if name else [],
    )


def _action(kind: CardKind, card: Card | None) -> str:
    if kind is CardKind.PROFILE:
        return url_for("profile.save_unit", slug=current_tenant.slug)
    if card is None:
        return url_for("profile.create", slug=current_tenant.slug, sort=PATHS[kind])
    return url_for("profile.save", slug=current_tenant.slug, sort=PATHS[kind], card_id=card.id)
