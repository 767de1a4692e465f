"""The pages on which the office opens subsites: one by its name, many from a file (S-40, S-41)."""

from http import HTTPStatus

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.session import current_account
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations import queries
from app.operations.births import AT_ONCE, Batch, open_one
from app.operations.forms import OWN_LABEL, OpenForm
from app.operations.guard import OfficeView, at, within
from app.provisioning.hostnames import taken_labels
from app.provisioning.lists import MOST_ROWS
from app.tenancy.addresses import home_of_tenant
from app.tenancy.models import Tenant, TenantKind
from app.tenancy.naming import Proposal, proposals

TOWNSHIPS = ("镇", "乡", "街道", "镇人民政府", "乡人民政府", "街道办事处")
INSTITUTIONS = ("中心", "馆", "院", "学校", "中学", "小学", "幼儿园", "站", "所")
GONE = "找不到这份名单，可能已过期或由另一位同志上传。请重新上传同一份文件，已开设的会自动跳过。"


class OpeningView(OfficeView):
    """A form that proposes host labels for a name, and opens the subsite."""

    @at("/", "GET", "POST")
    def index(self) -> ResponseReturnValue:
        """Propose labels for the name in the address; open what is sent."""
        form = OpenForm(request.form if request.method == "POST" else request.args)
        portal = self._portal()
        if request.method == "POST" and form.validate():
            opened: list[int] = []
            if self.attempt(lambda: opened.append(_opened(form, portal.id))):
                return redirect(self.get_url(".done", tenant_id=opened[0]), HTTPStatus.SEE_OTHER)
            return self._page(form), HTTPStatus.CONFLICT
        return self._page(form), HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY

    @at("/<int:tenant_id>/")
    def done(self, tenant_id: int) -> ResponseReturnValue:
        """Show the address that answers now, and what to do next."""
        unit = db.session.query(Tenant).filter(Tenant.id == tenant_id, within(self.portals)).one_or_none()
        if unit is None:
            abort(HTTPStatus.NOT_FOUND)
        return self.render("office/opened.html", unit=unit, home=f"{home_of_tenant(unit.id)}/")

    @at("/batch/", "GET", "POST")
    def upload(self) -> ResponseReturnValue:
        """Take a file of units, and go on to what would happen with each."""
        if request.method == "POST":
            read: list[Batch] = []
            if not self.attempt(lambda: read.append(self._read())):
                return redirect(self.get_url(".upload"), HTTPStatus.SEE_OTHER)
            return redirect(self.get_url(".batch", token=read[0].token), HTTPStatus.SEE_OTHER)
        return self.render("office/upload.html", portals=queries.portals_among(self.portals), most=MOST_ROWS)

    @at("/batch/<token>/")
    def batch(self, token: str) -> ResponseReturnValue:
        """Show what will happen with each row, how far it has come, or what has become of it."""
        batch = self._batch(token)
        if not self.attempt(batch.foresee):
            return redirect(self.get_url(".upload"), HTTPStatus.SEE_OTHER)
        words = {kind.value: kind.label for kind in TenantKind}
        return self.render("office/batch.html", batch=batch, at_once=AT_ONCE, kind_words=words)

    @at("/batch/<token>/run", "POST")
    def run(self, token: str) -> ResponseReturnValue:
        """Open the next rows."""
        self._batch(token).go_on()
        return redirect(self.get_url(".batch", token=token), HTTPStatus.SEE_OTHER)

    def _page(self, form: OpenForm) -> str:
        portal = self._portal()
        found = _proposed(form.name.data, portal)
        if not form.kind.raw_data:
            form.kind.data = kind_for(form.name.data or "")
        form.label.choices = [SelectChoice(one.label, one.label) for one in found if one.fault is None]
        return self.render(
            "office/open.html",
            form=form,
            portal=portal,
            portals=queries.portals_among(self.portals),
            free=[one for one in found if one.fault is None],
            refused=[one for one in found if one.fault],
            own=OWN_LABEL,
        )

    def _portal(self) -> Tenant:
        portals = queries.portals_among(self.portals)
        asked = request.values.get("portal", portals[0].slug)
        return next((one for one in portals if one.slug == asked), None) or abort(HTTPStatus.NOT_FOUND)

    def _read(self) -> Batch:
        file = request.files.get("file")
        if not file:
            raise RuleBroken("请选择一个 CSV 文件。")
        return Batch.received(file.read(), self._portal(), current_account())

    def _batch(self, token: str) -> Batch:
        batch = Batch.find(token, current_account().id)
        if batch is None or batch.portal_id not in self.portals:
            raise RuleBroken(GONE)
        return batch


def kind_for(name: str) -> str:
    """Guess a unit's kind from the last words of its name, to be chosen first."""
    endings = {TenantKind.TOWNSHIP: TOWNSHIPS, TenantKind.INSTITUTION: INSTITUTIONS}
    return next(
        (kind.value for kind, ends in endings.items() if name.endswith(ends)), TenantKind.DEPARTMENT.value
    )


def _opened(form: OpenForm, portal_id: int) -> int:
    name, kind, host = form.name.data, form.kind.data, (form.host.data or "").strip()
    url = (form.external_url.data or "").strip()
    return open_one(portal_id, current_account().id, name, kind, slug=form.slug, host=host, url=url).id


def _proposed(name: str | None, portal: Tenant) -> list[Proposal]:
    name = "".join((name or "").split())[:60]
    return proposals(name, taken=taken_labels(portal), county=portal.county) if name else []
