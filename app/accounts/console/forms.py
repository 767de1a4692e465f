"""What people fill in about themselves and their colleagues."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    DateField,
    EmailField,
    Form,
    PasswordField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.credentials import passwords
from app.accounts.models import Account
from app.accounts.permissions import UNIT_ROLES, Role
from app.accounts.roster import LONGEST_OFFICE, Term

ROLE_CHOICES = [SelectChoice(role.value, role.label) for role in UNIT_ROLES]


class SignInForm(Form):  # type: ignore[misc]  # WTForms says nothing of its types.
    login = StringField("登录名", [InputRequired("请输入登录名。")])
    password = PasswordField("密码", [InputRequired("请输入密码。")])


class CodeForm(Form):  # type: ignore[misc]  # as above
    code = StringField("验证码", [InputRequired("请输入验证码。")])


class OwnPasswordForm(Form):  # type: ignore[misc]  # as above
    current = PasswordField("当前密码", [InputRequired("请输入当前密码。")])


class EnrolForm(CodeForm):
    #: Asked of people who have been signed in for a while; removed for the others.
    current = PasswordField("当前密码", [InputRequired("请输入当前密码。")])


class NewPasswordForm(Form):  # type: ignore[misc]  # as above
    password = PasswordField("新密码", [InputRequired("请输入新密码。")])
    again = PasswordField("再输入一次新密码", [InputRequired("请再输入一次新密码。")])

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def validate_password(self, field: PasswordField) -> None:
        """Hold the choice against the rules for passwords."""
        account = self._account
        if found := passwords.faults(field.data, login=account.login, name=account.name):
            raise ValidationError("".join(found))

    def validate_again(self, field: PasswordField) -> None:
        """Catch slips of the hand, since nobody sees what is typed."""
        if field.data != self.password.data:
            raise ValidationError("两次输入的新密码不一致，请重新输入。")


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField("当前密码", [InputRequired("请输入当前密码。")])


class EmailForm(Form):  # type: ignore[misc]  # as above
    email = EmailField("提醒邮箱")


def office_field() -> StringField:
    """Return the field for an office, which the forms for roles share."""
    too_long = Length(max=LONGEST_OFFICE, message="职务最多 %(max)d 个字，请缩短。")
    return StringField("职务", [too_long])


class InviteForm(Form):  # type: ignore[misc]  # as above
    login = StringField("登录名", [InputRequired("请填写登录名。")])
    name = StringField("姓名", [InputRequired("请填写姓名。")])
    office = office_field()
    email = EmailField("提醒邮箱")
    roles = SelectMultipleField(
        "角色",
        [InputRequired("请至少选一个角色。")],
        choices=ROLE_CHOICES,
        coerce=Role,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class TermForm(Form):  # type: ignore[misc]  # as above
    office = office_field()
    since = DateField("开始日期", [Optional()])
    until = DateField("结束日期", [Optional()])

    @property
    def term(self) -> Term:
        """What was filled in, for the services."""
        return Term(self.office.data or "", self.since.data, self.until.data)

    def fault(self) -> str:
        """Return the first thing that is wrong, in a sentence; nothing where all is well."""
        if self.validate():
            return ""
        field = next(one for one in self if one.errors)
        return "日期请按 2026-03-01 这样填写。" if isinstance(field, DateField) else str(field.errors[0])


class HandOverForm(Form):  # type: ignore[misc]  # as above
    leaver_id = SelectField("交出的同志", [InputRequired("请选择交出工作的同志。")], coerce=int)
    successor_id = SelectField("接手的同志", [InputRequired("请选择接手工作的同志。")], coerce=int)
    office = office_field()
    note = TextAreaField("交接说明", [Length(max=300, message="最多 %(max)d 个字，请缩短。")])

    def offer(self, people: Iterable[Account]) -> None:
        """Let the two be chosen among the people of the unit; nobody is chosen beforehand."""
        names = [SelectChoice(person.id, str(person)) for person in people]
        self.leaver_id.choices = self.successor_id.choices = [SelectChoice(0, "请选择"), *names]

    def validate_leaver_id(self, field: SelectField) -> None:
        """Ask for a choice."""
        if not field.data:
            raise ValidationError("请选择交出工作的同志。")

    def validate_successor_id(self, field: SelectField) -> None:
        """Ask for a choice of somebody else."""
        if not field.data:
            raise ValidationError("请选择接手工作的同志。")
        if field.data == self.leaver_id.data:
            raise ValidationError("接手的同志要另选一位。")


class RoleForm(TermForm):
    role = SelectField("角色", choices=ROLE_CHOICES, coerce=Role)
