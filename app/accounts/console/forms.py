"""What people fill in about themselves and their colleagues."""

from typing import Any

from wtforms import Form, PasswordField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.credentials import passwords
from app.accounts.models import Account
from app.accounts.permissions import UNIT_ROLES, Role

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


class InviteForm(Form):  # type: ignore[misc]  # as above
    login = StringField("登录名", [InputRequired("请填写登录名。")])
    name = StringField("姓名", [InputRequired("请填写姓名。")])
    roles = SelectMultipleField(
        "角色",
        [InputRequired("请至少选一个角色。")],
        choices=ROLE_CHOICES,
        coerce=Role,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class RoleForm(Form):  # type: ignore[misc]  # as above
    role = SelectField("角色", choices=ROLE_CHOICES, coerce=Role)
