"""The county office's desk: Flask-Admin over all tenants of an operator's portals, under /office/."""

from flask import Blueprint, Flask
from flask_admin import Admin
from sqlalchemy.orm import DeclarativeBase

from app.accounts.models import Account, Membership
from app.audit.models import AuditRow
from app.checks.models import CheckHit, WordEntry
from app.content.models import Column
from app.core.database import db
from app.operations.accounts import AccountTable
from app.operations.acts import ActTable
from app.operations.banners_view import BannersView
from app.operations.columns import ColumnTable
from app.operations.disclosure import CoverageView, DelaysView, FindingsView
from app.operations.entries import EntryTable
from app.operations.hosts import HostTable
from app.operations.memberships import MembershipTable
from app.operations.mourning_view import MourningView
from app.operations.opening import OpeningView
from app.operations.overview import Overview
from app.operations.searches import SearchTable
from app.operations.signing import EmergencyTable, IncidentTable, LiftedTable
from app.operations.standing import StandingTable
from app.operations.tables import OfficeTable
from app.operations.tenants import TenantTable
from app.operations.visits import VisitsView
from app.operations.words import WordTable
from app.portal.models import PortalEntry
from app.publishing.models import Emergency, Flag, Incident
from app.search.models import SearchCount
from app.tenancy.models import Host, Tenant

#: In the order of the menu: what is listed, how, under which name, and under which address.
TABLES: tuple[tuple[type[OfficeTable], type[DeclarativeBase], str, str], ...] = (
    (TenantTable, Tenant, "子站", "units"),
    (HostTable, Host, "域名", "hosts"),
    (AccountTable, Account, "账号", "accounts"),
    (MembershipTable, Membership, "成员", "memberships"),
    (ColumnTable, Column, "栏目", "columns"),
    (EntryTable, PortalEntry, "汇聚", "entries"),
    (WordTable, WordEntry, "词表", "words"),
    (StandingTable, CheckHit, "复查结果", "standing"),
    (SearchTable, SearchCount, "热门搜索", "searches"),
    (LiftedTable, Flag, "标记取消", "lifted"),
    (EmergencyTable, Emergency, "应急发布", "emergencies"),
    (IncidentTable, Incident, "涉密下线", "incidents"),
    (ActTable, AuditRow, "操作记录", "acts"),
)


def init_app(app: Flask) -> None:
    """Lay out the desk."""
    app.register_blueprint(Blueprint("office_pages", __name__, template_folder="templates"))
    admin = Admin(app, name="县级后台", index_view=Overview(name="总览", endpoint="office", url="/office"))
    admin.add_view(OpeningView(name="开设子站", endpoint="office_open", url="open"))
    admin.add_view(CoverageView(name="公开覆盖", endpoint="office_coverage", url="coverage"))
    admin.add_view(DelaysView(name="公开时限", endpoint="office_deadlines", url="deadlines"))
    admin.add_view(FindingsView(name="检查问题", endpoint="office_findings", url="findings"))
    admin.add_view(MourningView(name="哀悼日", endpoint="office_mourning", url="mourning"))
    admin.add_view(BannersView(name="全县横幅", endpoint="office_banners", url="banners"))
    admin.add_view(VisitsView(name="访问统计", endpoint="office_visits", url="visits"))
    for table, model, name, noun in TABLES:
        admin.add_view(table(model, db, name=name, endpoint=f"office_{noun}", url=noun))
