"""What visitors fill in to take part, and what staff fill in about a hearing."""

import re
from typing import Any

from wtforms import BooleanField, Form, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.content.forms import ChineseMomentField
from app.participation.sealing import Words
from app.participation.services import Terms
from app.participation.states import ContributionKind, HearingKind
from app.theming.form_pages import FormField

LONGEST_TEXT = 3_000
CONSENT = "同意本单位为办理这次活动使用我填写的个人信息"
#: What no text of a person needs, and no table or file holds well.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def _line(value: str | None) -> str:
    return " ".join(_CONTROL.sub("", value or "").split())


def _text(value: str | None) -> str:
    return _CONTROL.sub("", (value or "").replace("\r\n", "\n")).strip()


def _at_most(length: int) -> Any:
    return Length(max=length, message=f"最多 {length} 个字。")


class VisitorsForm(Form):  # type: ignore[misc]  # WTForms says nothing of its types.
    """What both forms ask: who somebody is, and that the unit may use it."""

    text: Any
    name = StringField("姓名", [DataRequired("请填写姓名。"), _at_most(30)], filters=[_line])
    contact = StringField("联系电话", filters=[_line])
    consent = BooleanField(CONSENT, [InputRequired("要提交，请先勾选同意。")])

    def words(self) -> Words:
        """Return what the person said, and who they are."""
        return Words(self.name.data, self.contact.data, self.text.data)


class OpinionForm(VisitorsForm):
    """An opinion on what a unit intends."""

    text = TextAreaField(
        "您的意见", [DataRequired("请写下您的意见。"), _at_most(LONGEST_TEXT)], filters=[_text]
    )
    contact = StringField("联系电话", [Optional(), _at_most(60)], filters=[_line])
    may_be_quoted = BooleanField("可以在公布结果时摘登我的意见")


class SignUpForm(VisitorsForm):
    """Signing up for a hearing."""

    contact = StringField(
        "联系电话",
        [DataRequired("请填写联系电话，通知您参加时要用。"), _at_most(60)],
        filters=[_line],
    )
    text = TextAreaField("报名说明", [Optional(), _at_most(LONGEST_TEXT)], filters=[_text])


FORMS = {ContributionKind.OPINION: OpinionForm, ContributionKind.SIGN_UP: SignUpForm}
#: In which order they are asked, how each is shown, and what is said beside it.
SHOWN = {
    ContributionKind.OPINION: (
        ("text", "text", "", LONGEST_TEXT, "off"),
        ("name", "line", "", 30, "name"),
        ("contact", "tel", "可以不填。填了，单位有疑问时能联系您。", 60, "tel"),
        ("may_be_quoted", "tick", "不写姓名，个人信息会遮盖。", 0, "off"),
        ("consent", "tick", "不公开，不作他用，到期删除。", 0, "off"),
    ),
    ContributionKind.SIGN_UP: (
        ("name", "line", "", 30, "name"),
        ("contact", "tel", "", 60, "tel"),
        ("text", "text", "可以写您的身份（如居民代表、经营者）和想谈的内容。", LONGEST_TEXT, "off"),
        ("consent", "tick", "不公开，不作他用，到期删除。", 0, "off"),
    ),
}


def fields_of(form: VisitorsForm, kind: ContributionKind) -> tuple[FormField, ...]:
    """Return the form's fields as the theme shows them, with what was typed and what is wrong."""
    return tuple(
        FormField(
            name,
            form[name].label.text,
            shown,
            _typed(form[name].data),
            hint,
            form[name].errors[0] if form[name].errors else "",
            is_required=bool(form[name].flags.required),
            longest=longest,
            autocomplete=autocomplete,
        )
        for name, shown, hint, longest, autocomplete in SHOWN[kind]
    )


def _typed(data: object) -> str:
    if isinstance(data, bool):
        return "yes" if data else ""
    return str(data or "")


class TermsForm(Form):  # type: ignore[misc]  # as above
    """What readers will see of a hearing."""

    article_id = SelectField("公告", coerce=lambda value: int(value or 0), validate_choice=False)
    kind = SelectField("方式", choices=[SelectChoice(one.value, one.label) for one in HearingKind])
    subject = StringField(
        "事项", [DataRequired("请写明就什么事项听取意见。"), _at_most(120)], filters=[_line]
    )
    opens_at = ChineseMomentField("开始时间", [InputRequired("请填写开始时间。")])
    closes_at = ChineseMomentField("截止时间", [InputRequired("请填写截止时间。")])
    held_at = ChineseMomentField("听证会时间", [Optional()])
    place = StringField("听证会地点", [_at_most(120)], filters=[_line])
    quota = IntegerField(
        "名额", [Optional(), NumberRange(1, 10_000, "名额请填 1 到 10000 之间的整数，不限就不填。")]
    )
    takes_opinions = BooleanField("接受网上意见")
    takes_sign_ups = BooleanField("接受网上报名（听证）")
    contact = StringField("联系方式", [DataRequired("请填写联系人和电话。"), _at_most(200)], filters=[_line])

    def terms(self) -> Terms:
        """Return what was filled in."""
        given = {name: self[name].data for name in Terms.__dataclass_fields__}
        return Terms(**{**given, "kind": HearingKind(self.kind.data)})
