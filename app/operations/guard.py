"""The county office's door: who may pass by a role on a portal, and sees no more than that portal's units."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, TypeVar, cast

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import BaseView, expose
from flask_admin.helpers import get_redirect_target
from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.accounts.permissions import GRANTS, Permission
from app.accounts.session import Standing, Who, current_account, standing
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching
from app.web.blueprints import refuse_unless

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

TAKEN_MEANWHILE = "刚刚有人保存了相同的内容（例如同一个标识、域名或代码），这次没有保存。请核对后再试。"


def at(rule: str, *methods: str) -> Callable[[View], View]:
    """Answer under an address below the view's own: GET, or the methods that are named."""
    return cast("Callable[[View], View]", expose(rule, methods or ("GET",)))


def portals_of(account: Account, permissions: Iterable[Permission]) -> frozenset[int]:
    """Return the portals on which one of the person's roles grants one of the permissions."""
    roles = frozenset[object]().union(*(GRANTS[permission] for permission in permissions))
    return frozenset(one.tenant_id for one in account.memberships if one.is_held and one.role in roles)


def within(portals: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a tenant is one of the portals, or a unit of one."""
    ids = sorted(portals)
    return Tenant.id.in_(ids) | Tenant.portal_id.in_(ids)


class OfficeView(BaseView):
    """A page of the office, for people wholly signed in who have the permission on at least one portal."""

    #: Who may; read by the test that walks over all routes.
    may: Permission = Permission.OPERATE_COUNTY
    #: Who may as well.
    also: frozenset[Permission] = frozenset()

    def is_accessible(self) -> bool:
        """Say whether the person who asks may see this page at all."""
        return standing() is Standing.FULL and bool(self.portals)

    @property
    def portals(self) -> frozenset[int]:
        """The portals over whose units the person may see and act here."""
        return portals_of(current_account(), {self.may, *self.also})

    def _handle_view(self, name: str, **kwargs: Any) -> ResponseReturnValue | None:  # noqa: ARG002
        if (refusal := refuse_unless(Who.SIGNED_IN)) is not None:
            return refusal
        return None if self.is_accessible() else abort(HTTPStatus.FORBIDDEN)

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Look over all tenants for as long as the view takes; an act is one transaction."""
        with reaching(Reach.COUNTY):
            answer = fn(self, *args, **kwargs)
            if request.method == "POST":
                db.session.commit()
        return answer

    def render(self, template: str, **values: Any) -> str:
        """Return a page in the office's frame."""
        return str(super().render(template, **values))

    def attempt(self, act: Callable[[], object], says: str = "") -> bool:
        """Try an act of a service; nothing of it remains where a rule says no, and the person is told why."""
        try:
            act()
            db.session.flush()
        except RuleBroken as broken:
            return self._refused(broken.message)
        except IntegrityError:
            return self._refused(TAKEN_MEANWHILE)
        if says:
            flash(says, "success")
        return True

    def back(self) -> ResponseReturnValue:
        """Send the person back to the list they came from."""
        return redirect(get_redirect_target() or self.get_url(".index_view"), HTTPStatus.SEE_OTHER)

    @staticmethod
    def _refused(message: str) -> bool:
        db.session.rollback()
        flash(message, "error")
        return False
