"""The record of acts as the office and the auditors read it; nothing here changes it."""

import json
from functools import partial
from typing import Any, ClassVar

from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select

from app.accounts.permissions import Permission
from app.audit.models import AuditRow
from app.core.database import db
from app.operations.guard import at, within
from app.operations.tables import ChoiceFilter, OfficeTable
from app.operations.wording import actor, subject, written
from app.tenancy.models import Tenant
from app.web.cells import Cell

#: What acts are called on the screen; one that is not here is shown as it is stored.
ACTS = {
    "unit.open": "开设子站",
    "unit.change": "修改子站",
    "unit.close": "关停子站",
    "unit.reopen": "重新开通子站",
    "host.add": "增加域名",
    "host.primary": "设主域名",
    "host.remove": "移除域名",
    "column.change": "修改栏目",
    "account.create": "新建账号",
    "account.link_activate": "生成激活链接",
    "account.link_reset": "生成重置链接",
    "account.password": "设置密码",
    "account.grant": "授予角色",
    "account.revoke": "取消角色",
    "account.end": "停用账号",
    "account.end_sessions": "退出其他登录",
    "account.second_factor_on": "启用二次验证",
    "account.second_factor_off": "关闭二次验证",
    "account.recovery_codes": "更换恢复码",
    "account.sign_in": "登录",
    "account.sign_out": "退出登录",
    "account.wait": "登录受限",
    "article.start": "新建信息",
    "article.move": "移动栏目",
    "attachment.store": "上传附件",
    "article.revise": "修改信息",
    "article.submit": "提交审签",
    "article.take_back": "收回",
    "article.give_back": "退回",
    "article.publish": "审签发布",
    "article.sign": "审签",
    "article.approve": "主要领导审核",
    "article.refuse": "主要领导退回",
    "article.flag": "重要标记",
    "article.lift_flag": "取消重要标记",
    "article.emergency": "应急发布",
    "article.countersign": "补签",
    "article.counterapprove": "主要领导补签",
    "article.cancel": "取消定时发布",
    "article.take_down": "涉密下线",
    "article.invalidate": "标记失效",
    "article.revalidate": "取消失效标记",
    "incident.close": "涉密事件结案",
    "article.withdraw": "撤回",
    "article.reopen": "重新起草",
    "article.discard": "作废",
    "article.restore": "恢复草稿",
    "check.ask": "申请放行",
    "check.agree": "同意放行",
    "word.put": "改词表",
    "disclosure.decide": "决定公开类别是否适用",
    "disclosure.review": "复核不公开的信息",
    "catalogue.add": "公开目录加一行",
    "catalogue.change": "改公开目录",
    "catalogue.retire": "停用公开目录的行",
    "catalogue.restore": "恢复公开目录的行",
    "catalogue.tag": "关联信息到公开目录",
    "catalogue.untag": "取消与公开目录的关联",
    "word.drop": "移除词",
    "portal.adopt": "门户采用",
    "portal.pin": "门户置顶",
    "portal.unpin": "取消置顶",
    "portal.hide": "门户隐藏",
    "portal.show": "恢复显示",
}
#: The first word of an act, by what the drop-down list calls it.
ABOUT = {
    "unit": ("子站、域名、栏目", ("unit.", "host.", "column.")),
    "account": ("账号和登录", ("account.",)),
    "article": ("信息和附件", ("article.", "attachment.")),
    "portal": ("门户采用", ("portal.",)),
    "disclosure": ("信息公开", ("disclosure.", "catalogue.")),
}


def _begins_with(words: tuple[str, ...]) -> Any:
    return or_(*(AuditRow.act.startswith(word) for word in words))


class ActTable(OfficeTable):
    """The acts on the portals and their units, newest first."""

    may = Permission.READ_AUDIT
    also = frozenset({Permission.OPERATE_COUNTY})
    list_template = "office/acts.html"
    purpose = "每项操作都留有记录，逐条相扣，不能修改。核验用 flask audit verify。"
    searched = (AuditRow.actor, AuditRow.act, AuditRow.subject, AuditRow.detail, Tenant.name)
    natural_order: ClassVar[tuple[Any, ...]] = (AuditRow.at.desc(), AuditRow.id.desc())
    column_filters = (
        ChoiceFilter(
            "类别",
            "about",
            {name: (label, partial(_begins_with, words)) for name, (label, words) in ABOUT.items()},
        ),
    )
    cells: ClassVar[dict[str, Cell]] = {
        "at": Cell("时间", lambda row: row.at, AuditRow.at),
        "unit": Cell("单位", lambda row: row.unit_name, Tenant.name),
        "number": Cell("序号", lambda row: row.number, AuditRow.number),
        "actor": Cell("操作人", lambda row: actor(row.actor), AuditRow.actor),
        "act": Cell("操作", lambda row: ACTS.get(row.act, row.act), AuditRow.act),
        "subject": Cell("对象", lambda row: subject(row.subject), AuditRow.subject),
        "address": Cell("来源地址", lambda row: row.address or "命令行"),
    }

    def limited(self, query: Any) -> Any:
        return query.join(Tenant, Tenant.id == AuditRow.tenant_id).filter(within(self.portals))

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[AuditRow]]:
        count, rows = super().get_list(*args, **kwargs)
        units = select(Tenant.id, Tenant.name).where(Tenant.id.in_({row.tenant_id for row in rows}))
        names = {tenant_id: name for tenant_id, name in db.session.execute(units)}  # noqa: C416 - rows are no pairs
        for row in rows:
            row.unit_name = names[row.tenant_id]
        return count, rows

    @at("/<int:row_id>/")
    def show(self, row_id: int) -> ResponseReturnValue:
        """Show one act with what was before and after it."""
        row = self.get_one(row_id)
        unit = db.session.get_one(Tenant, row.tenant_id)
        what = json.loads(row.detail)
        return self.render(
            "office/act.html",
            row=row,
            unit=unit,
            what=what,
            act=ACTS.get(row.act, row.act),
            actor=actor(row.actor),
            subject=subject(row.subject),
            written=written,
        )
