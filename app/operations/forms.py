"""What the county office fills in."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    Form,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.console.forms import TermForm, office_field
from app.accounts.permissions import Role
from app.provisioning.specs import UNIT_KINDS
from app.tenancy.models import Tenant, TenantKind

KINDS = [SelectChoice(kind, TenantKind(kind).label) for kind in UNIT_KINDS]
ROLES = [SelectChoice(role.value, role.label) for role in Role]
NO_COLUMN = 0
OWN_LABEL = "own"


def _text(label: str, of: Any, *rules: Any) -> StringField:
    """Return a field for a text that a column of the table bounds."""
    return StringField(label, [*rules, Length(max=of.type.length, message="最多 %(max)d 个字，请缩短。")])


class UnitForm(Form):
    name = _text("子站名称", Tenant.name, InputRequired("请填写子站名称。"))
    unit = _text("单位全称", Tenant.unit, InputRequired("请填写单位全称。"))
    credit_code = _text("统一社会信用代码", Tenant.credit_code)
    site_code = _text("网站标识码", Tenant.site_code)
    sponsor = _text("主办单位", Tenant.sponsor)
    organizer = _text("承办单位", Tenant.organizer)
    icp = _text("ICP 备案号", Tenant.icp)
    police = _text("公安备案号", Tenant.police)
    mark_code = _text("党政机关网站标识编号", Tenant.mark_code)
    phone = _text("联系电话", Tenant.phone)
    address = _text("地址", Tenant.address)
    postcode = _text("邮政编码", Tenant.postcode)
    email = _text("电子邮箱", Tenant.email)
    support_phone = _text("技术支持电话", Tenant.support_phone)
    external_url = _text("独立网站网址", Tenant.external_url)


class HostForm(Form):
    unit = StringField("子站", [InputRequired("请选择子站。")])
    name = StringField("域名", [InputRequired("请填写域名。")])


class ColumnForm(Form):
    title = StringField(
        "栏目名称", [InputRequired("请填写栏目名称。"), Length(max=40, message="最多 %(max)d 个字，请缩短。")]
    )
    max_gap_days = IntegerField("更新期限（天）", [Optional()])
    portal_column_id = SelectField("汇聚到门户栏目", coerce=int)
    is_visible = BooleanField("在子站上显示")
    has_pictures = BooleanField("列表带小图：信息里有图片的，标题旁显示第一张")


class PersonForm(Form):
    name = StringField("姓名", [InputRequired("请填写姓名。")])
    login = StringField("登录名", [InputRequired("请填写登录名。")])
    unit = StringField("单位", [InputRequired("请选择单位。")])
    office = office_field()
    email = EmailField("提醒邮箱")
    roles = SelectMultipleField(
        "角色",
        [InputRequired("请至少选一个角色。")],
        choices=ROLES,
        coerce=Role,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        render_kw={"required": False},  # One of them is; the browser would demand every one.
    )


class GrantForm(TermForm):
    login = StringField("登录名", [InputRequired("请填写登录名。")])
    unit = StringField("单位", [InputRequired("请选择单位。")])
    role = SelectField("角色", choices=ROLES, coerce=Role)


class OpenForm(Form):
    name = StringField("单位名称", [InputRequired("请填写单位名称。")])
    kind = SelectField("子站类型", choices=KINDS)
    label = RadioField("标识（域名前缀）", validate_choice=False)
    own_label = StringField("自己填写的标识")
    host = StringField("完整域名")
    external_url = _text("独立网站网址", Tenant.external_url)

    @property
    def slug(self) -> str:
        """The label that was chosen or typed."""
        chosen = "" if self.label.data in (None, OWN_LABEL) else str(self.label.data)
        return (chosen or self.own_label.data or "").strip().lower()
