"""What the county office watches of signing: marks that were lifted, emergencies, incidents (S-65, S-66)."""

from typing import Any, ClassVar

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import exists

from app.accounts.models import Account
from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content.models import Article
from app.content.states import Ending
from app.core.database import db
from app.operations.guard import at, within
from app.operations.tables import OfficeTable
from app.publishing import incidents
from app.publishing.models import Emergency, Flag, Incident, SignOff
from app.tenancy.models import Tenant
from app.web.cells import Cell, Link

HIDDEN = "（涉密下线，不显示）"


class SigningTable(OfficeTable):
    """Rows about one revision each, of all units, newest first; the office and the auditors read them."""

    may = Permission.READ_AUDIT
    also = frozenset({Permission.OPERATE_COUNTY})
    list_template = "office/standing.html"
    #: The attributes that hold a person's id.
    people: ClassVar[tuple[str, ...]] = ()

    def limited(self, query: Any) -> Any:
        return query.join(Tenant, Tenant.id == self.model.tenant_id).filter(within(self.portals))

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[Any]]:
        count, rows = super().get_list(*args, **kwargs)
        units = db.session.query(Tenant).filter(Tenant.id.in_({row.tenant_id for row in rows}))
        known = {unit.id: unit for unit in units}
        ids = {getattr(row, name) for row in rows for name in self.people} - {None}
        names = {one.id: one.name for one in db.session.query(Account).filter(Account.id.in_(ids))}
        secret = db.session.query(Article.id).filter(
            Article.id.in_({row.article_id for row in rows}), Article.ending == Ending.SECRECY
        )
        taken_down = {row.id for row in secret}
        for row in rows:
            row.unit = known[row.tenant_id]
            #: In place of what quotes a text that was taken down for secrecy.
            row.hidden = HIDDEN if row.article_id in taken_down else ""
            row.named = {name: names.get(getattr(row, name), "") for name in self.people}
            address = url_for("publishing.show", slug=row.unit.slug, article_id=row.article_id)
            row.link = Link(f"第 {row.article_id} 号", address)
        return count, rows


class LiftedTable(SigningTable):
    """Marks that a signer took away, so that the leader did not sign."""

    purpose = "各单位的负责同志取消的重要标记：取消后不用主要领导审核，请看理由是否站得住。"
    searched = (Tenant.name, Tenant.slug)  # Words that are hidden are not found either.
    natural_order = (Flag.lifted_at.desc(), Flag.id.desc())
    people = ("raised_by_id", "lifted_by_id")
    cells: ClassVar[dict[str, Cell]] = {
        "unit": Cell("单位", lambda row: row.unit.name, Tenant.name),
        "article": Cell("信息", lambda row: row.link),
        "weight": Cell("标记", lambda row: row.weight.label, Flag.weight),
        "evidence": Cell("为什么标记", lambda row: row.hidden or row.evidence, wraps=True),
        "who": Cell("取消人", lambda row: row.named["lifted_by_id"]),
        "at": Cell("取消时间", lambda row: row.lifted_at, Flag.lifted_at),
        "why": Cell("取消的理由", lambda row: row.hidden or row.lifted_reason, wraps=True),
    }

    def limited(self, query: Any) -> Any:
        return super().limited(query).filter(Flag.lifted_at.is_not(None))


class EmergencyTable(SigningTable):
    """Publications on the operator's word, and whether somebody has signed them since."""

    purpose = "没有审签就公开的紧急信息，事后要由单位补签。"
    searched = (Tenant.name, Tenant.slug)
    natural_order = (Emergency.at.desc(), Emergency.id.desc())
    people = ("account_id",)
    cells: ClassVar[dict[str, Cell]] = {
        "unit": Cell("单位", lambda row: row.unit.name, Tenant.name),
        "article": Cell("信息", lambda row: row.link),
        "at": Cell("公开时间", lambda row: row.at, Emergency.at),
        "who": Cell("办理人", lambda row: row.named["account_id"]),
        "reason": Cell("紧急情况", lambda row: row.hidden or row.reason, wraps=True),
        "signed": Cell("补签", lambda row: row.signed),
    }

    def get_list(self, *args: Any, **kwargs: Any) -> tuple[int, list[Any]]:
        count, rows = super().get_list(*args, **kwargs)
        waiting = db.session.query(Article.id).filter(
            Article.id.in_({row.article_id for row in rows}), Article.unsigned_since.is_not(None)
        )
        signed = db.session.query(Emergency.id).filter(
            Emergency.id.in_({row.id for row in rows}),
            exists().where(
                SignOff.tenant_id == Emergency.tenant_id,
                SignOff.revision_id == Emergency.revision_id,
                SignOff.at >= Emergency.at,
            ),
        )
        unsigned, done = {row.id for row in waiting}, {row.id for row in signed}
        for row in rows:
            is_signed = row.id in done and row.article_id not in unsigned
            row.signed = (
                "已补签"
                if is_signed
                else "还没有补签"
                if row.article_id in unsigned
                else "已撤回或被新版代替"
            )
        return count, rows


class IncidentTable(SigningTable):
    """Texts that were taken down for secrecy, until somebody has written down what was done."""

    may = Permission.OPERATE_COUNTY
    also = frozenset()
    list_template = "office/incidents.html"
    purpose = "涉密下线的信息：核查处置后，写明措施结案。这里不显示标题和内容。"
    searched = (Tenant.name, Tenant.slug, Incident.reason)
    natural_order = (Incident.closed_at.is_not(None), Incident.at.desc())
    people = ("account_id", "closed_by_id")
    cells: ClassVar[dict[str, Cell]] = {
        "unit": Cell("单位", lambda row: row.unit.name, Tenant.name),
        "article": Cell("信息", lambda row: row.link),
        "since": Cell("公开过的时间", lambda row: row.public_since, Incident.public_since),
        "at": Cell("下线时间", lambda row: row.at, Incident.at),
        "who": Cell("办理人", lambda row: row.named["account_id"]),
        "reason": Cell("情况", lambda row: row.reason, wraps=True),
        "measures": Cell("处置", lambda row: row.measures or "还没有结案", wraps=True),
        "closed": Cell("结案", lambda row: row.closed_at, Incident.closed_at),
    }

    @at("/close/", "POST")
    def close(self) -> ResponseReturnValue:
        """Write down what was done about an incident."""
        incident, by = self.asked(), current_account()
        measures = request.form.get("reason", "")
        self.attempt(lambda: incidents.close(incident, by, measures=measures), "已结案。")
        return self.back()
