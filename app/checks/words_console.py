"""The unit's own list of words, kept by its manager."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.permissions import Permission
from app.checks import queries
from app.checks.models import WordKind
from app.checks.wordlists import drop_word, fault_of, put_word
from app.checks.words import LONGEST, SHORTEST
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("words", __name__, template_folder="templates")

LENGTH = f"要有 {SHORTEST} 到 {LONGEST} 个字。"


class WordForm(Form):  # type: ignore[misc]  # WTForms has no types.
    """One word and what is done about it."""

    text = StringField("词", [InputRequired("请填写词。"), Length(SHORTEST, LONGEST, message=LENGTH)])
    kind = SelectField(
        "怎么处理",
        choices=[SelectChoice(one.value, one.label) for one in WordKind],
        default=WordKind.CONFIRM.value,
        validate_choice=False,
    )
    correction = StringField("正确写法", [Length(max=LONGEST, message=f"最多 {LONGEST} 个字。")])
    note = StringField("说明", [Length(max=100, message="最多 100 个字。")])

    def validate(self) -> bool:
        """Say whether the word can stand on a list."""
        is_right = bool(super().validate())
        if self.kind.data not in set(WordKind):
            self.kind.errors = ["请选择列出的处理方式。"]
            return False
        fault = fault_of(" ".join((self.text.data or "").split()), (self.correction.data or "").strip())
        if is_right and fault:
            self.text.errors = [fault]
        return is_right and not fault


@bp.page("/words", may=Permission.MANAGE_WORDS)
def index() -> ResponseReturnValue:
    """List the unit's own words, and offer to add one."""
    return _page(WordForm())


@bp.action("/words", may=Permission.MANAGE_WORDS)
def put() -> ResponseReturnValue:
    """Add a word, or change what is done about it."""
    form = WordForm(request.form)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    entry = put_word(
        form.text.data,
        WordKind(form.kind.data),
        correction=form.correction.data or "",
        note=form.note.data or "",
    )
    flash(f"“{entry.text}”已在本单位词表里。", "success")
    return _back()


@bp.action("/words/<int:word_id>/drop", may=Permission.MANAGE_WORDS)
def drop(word_id: int) -> ResponseReturnValue:
    """Take a word from the unit's list."""
    entry = queries.word_by_id(word_id)
    text = entry.text
    drop_word(entry)
    flash(f"“{text}”已从本单位词表移除。", "success")
    return _back()


def _page(form: WordForm) -> str:
    return render_template("checks/words.html", form=form, words=queries.word_list())


def _back() -> ResponseReturnValue:
    return redirect(url_for("words.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)
