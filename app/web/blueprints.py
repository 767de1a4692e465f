"""The sorts of blueprint: pages for visitors; pages and actions for staff, none without saying who may."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.permissions import Permission
from app.accounts.session import Standing, Who, current_account, standing
from app.core.database import db
from app.core.lookup import one_or_404
from app.tenancy.current import CurrentTenant
from app.tenancy.models import Tenant
from app.tenancy.scope import bind
from app.theming.pages import Page
from app.web.challenge.door import FormView, answer_form
from app.web.frame import render_framed

PublicView = TypeVar("PublicView", bound=Callable[..., Page])
RawView = TypeVar("RawView", bound=Callable[..., ResponseReturnValue])
View = Callable[..., ResponseReturnValue]
Guard = Callable[[dict[str, Any]], ResponseReturnValue | None]


class PublicBlueprint(Blueprint):
    """Pages that anyone may read and the page cache may keep."""

    def page(self, rule: str) -> Callable[[PublicView], PublicView]:
        """Answer GET with the Page that the view returns, in the tenant's theme."""

        def decorate(view: PublicView) -> PublicView:
            self.add_url_rule(rule, view.__name__, wraps(view)(lambda **args: render_framed(view(**args))))
            return view

        return decorate

    def answer(self, rule: str) -> Callable[[RawView], RawView]:
        """Answer GET with what is no page: a feed, a file, a redirect."""

        def decorate(view: RawView) -> RawView:
            self.add_url_rule(rule, view.__name__, view)
            return view

        return decorate

    def form(self, rule: str) -> Callable[[FormView], FormView]:
        """Answer GET with a page that holds a form, and POST with what becomes of what a visitor sent.

        The view is given an Entry, which has been judged already (app/web/challenge/entry.py).
        """

        def decorate(view: FormView) -> FormView:
            answered = wraps(view)(lambda **args: answer_form(view, args))
            self.add_url_rule(rule, view.__name__, answered, methods=["GET", "POST"])
            return view

        return decorate


class StaffBlueprint(Blueprint):
    """What all routes of the console share: a declared guard, and one transaction for each action."""

    def _declare(self, rule: str, method: str, may: Permission | Who, guard: Guard) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            @wraps(view)
            def guarded(**args: Any) -> ResponseReturnValue:
                refusal = guard(args)
                if refusal is not None:
                    return refusal
                answer = view(**args)
                if method == "POST":
                    db.session.commit()
                return answer

            guarded.may = may  # type: ignore[attr-defined]  # Read by the test that walks over all routes.
            self.add_url_rule(rule, view.__name__, guarded, methods=[method])
            return view

        return decorate


class PersonBlueprint(StaffBlueprint):
    """Pages that concern the person, not a unit: signing in, the own account, the inbox."""

    def page(self, rule: str, *, who: Who) -> Callable[[View], View]:
        """Answer GET: show something, change nothing."""
        return self._declare(rule, "GET", who, lambda _: refuse_unless(who))

    def action(self, rule: str, *, who: Who) -> Callable[[View], View]:
        """Answer POST: change something in one transaction, then redirect."""
        return self._declare(rule, "POST", who, lambda _: refuse_unless(who))


class DeskBlueprint(StaffBlueprint):
    """Pages and actions on one unit's desk, under /<slug>/ of the console."""

    def page(self, rule: str, *, may: Permission) -> Callable[[View], View]:
        """Answer GET: show something, change nothing."""
        return self._declare(rule, "GET", may, lambda args: _enter_desk(args, may))

    def action(self, rule: str, *, may: Permission) -> Callable[[View], View]:
        """Answer POST: change something in one transaction, then redirect."""
        return self._declare(rule, "POST", may, lambda args: _enter_desk(args, may))


def refuse_unless(who: Who) -> ResponseReturnValue | None:
    """Send the person where they can become who the page is for; None where they already are."""
    now = standing()
    if now.is_at_least(who):
        return None
    if request.method not in ("GET", "HEAD"):
        abort(401 if now is Standing.NOBODY else 403)
    return redirect(url_for(now.next_step, next=request.full_path.removesuffix("?")))


def _enter_desk(args: dict[str, Any], may: Permission) -> ResponseReturnValue | None:
    """Bind the unit in the address, if the person has the permission there.

    A unit in which the person is nothing and a unit that does not exist give the same answer.
    """
    if (refusal := refuse_unless(Who.SIGNED_IN)) is not None:
        return refusal
    tenant = CurrentTenant.of(one_or_404(select(Tenant).where(Tenant.slug == args.pop("slug"))))
    account = current_account()
    if not account.may(Permission.READ_DESK, tenant.id, tenant.home_portal_id):
        abort(404)
    if not account.may(may, tenant.id, tenant.home_portal_id):
        abort(403)
    g.tenant = tenant
    bind(tenant.id)
    return None
