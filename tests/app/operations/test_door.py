"""Nobody enters the office without a county role, and an operator sees the own portal's units only."""

from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from app.accounts.models import Account, AccountState, Membership
from app.accounts.permissions import Permission, Role
from app.core.database import db
from app.tenancy.models import Host, Tenant, TenantKind
from tests.worlds import BUREAU, County

FILLED = {"tenant_id": 2, "row_id": 1, "token": "0" * 32}
#: What is watched without being changed.
WATCHED = ("acts", "standing", "lifted", "emergencies")
FOR_AUDITORS = {
    "office.index",
    "office_acts.show",
    *(
        f"office_{noun}.{view}"
        for noun in ("coverage", "deadlines", "findings")
        for view in ("index", "export")
    ),
    "office_visits.index",
    *(f"office_searches.{view}" for view in ("index_view", "export")),
    *(f"office_{noun}.{view}" for noun in WATCHED for view in ("index_view", "export")),
}


def routes(county: County, method: str) -> list[tuple[Rule, str]]:
    """Return all rules of the office that answer a method, with an address each."""
    url_map = county.front.console.url_map
    adapter = url_map.bind("console.yj.localhost")
    found = [rule for rule in url_map.iter_rules() if rule.endpoint.startswith("office")]
    wanted = [rule for rule in found if method in (rule.methods or ())]
    return [
        (rule, adapter.build(rule.endpoint, {name: FILLED[name] for name in rule.arguments}))
        for rule in wanted
    ]


def test_every_endpoint_says_who_may(county: County) -> None:
    """The lead's walk over all routes reads ``may`` from the view."""
    for rule, _ in routes(county, "GET") + routes(county, "POST"):
        bound: Any = county.front.console.view_functions[rule.endpoint]
        assert isinstance(bound.__self__.may, Permission)


def test_strangers_are_sent_to_sign_in(county: County) -> None:
    stranger = county.stranger()
    pages = routes(county, "GET")
    assert len(pages) > 20
    for _, address in pages:
        answer = stranger.get(address)
        assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/login")
    for _, address in routes(county, "POST"):
        assert stranger.post(address).status_code == 400


def test_auditors_read_the_record_and_nothing_else(county: County) -> None:
    auditor = county.staff("portal.auditor")
    for rule, address in routes(county, "GET"):
        expected = 200 if rule.endpoint in FOR_AUDITORS else 403
        assert auditor.get(address).status_code == expected, address
    for _, address in routes(county, "POST"):
        assert auditor.post(address).status_code == 403, address


def test_an_operator_without_a_second_factor_gets_no_further(county: County) -> None:
    """D9: obligatory for operators, before anything else."""
    with county.everywhere():
        account = db.session.scalars(select(Account).where(Account.login == "portal.operator")).one()
        account.second_factor = ""
    operator = county.staff("portal.operator")
    for _, address in routes(county, "GET"):
        assert operator.get(address).status_code == 302, address


def test_forms_without_token_are_refused(county: County) -> None:
    """B6."""
    operator = county.staff("portal.operator")
    operator.token = ""
    for _, address in routes(county, "POST"):
        assert operator.post(address).status_code == 400, address


def test_every_page_opens_for_the_operator(county: County) -> None:
    operator = county.staff("portal.operator")
    for rule, address in routes(county, "GET"):
        if rule.arguments:  # They need a row that is there, and have tests of their own.
            continue
        answer = operator.get(address, query_string={"id": 1})
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.fixture
def other(county: County) -> County:
    """Return the county beside another one with a portal, a unit and an operator of its own."""
    with county.everywhere():
        portal = Tenant(
            slug="other", kind=TenantKind.PORTAL, name="邻县门户", unit="邻县人民政府", county="邻县"
        )
        portal.domain = "lx.localhost"
        db.session.add(portal)
        db.session.flush()
        unit = Tenant(
            slug="lxj", kind=TenantKind.DEPARTMENT, name="邻县水利局", unit="邻县水利局", portal_id=portal.id
        )
        db.session.add(unit)
        db.session.flush()
        db.session.add(Host(name="www.lx.localhost", tenant_id=portal.id, is_primary=True))
        db.session.add(Host(name="lxj.lx.localhost", tenant_id=unit.id, is_primary=True))
        db.session.add(
            Account(
                login="other.operator",
                name="邻县运维",
                state=AccountState.ACTIVE,
                second_factor="sealed",
                memberships=[Membership(tenant_id=portal.id, role=Role.OPERATOR)],
            )
        )
    return county


def test_lists_keep_to_the_operators_portal(other: County) -> None:
    theirs, ours = other.staff("other.operator"), other.staff("portal.operator")
    for noun in ("units", "hosts", "accounts", "memberships", "columns", "entries", "acts"):
        for way in ("", "export/csv/"):
            assert "slj" not in theirs.get(f"/office/{noun}/{way}").text
            assert "水利局" not in theirs.get(f"/office/{noun}/{way}").text.replace("邻县水利局", "")
            assert "邻县" not in ours.get(f"/office/{noun}/{way}").text
    assert "邻县水利局" in theirs.get("/office/units/").text
    assert "县水利局" in ours.get("/office/units/").text


def test_anothers_row_does_not_exist(other: County) -> None:
    """A foreign id is as good as none, in pages and in acts."""
    theirs = other.staff("other.operator")
    with other.everywhere():
        unit_id = db.session.scalars(select(Tenant.id).where(Tenant.slug == BUREAU)).one()
        host_id = db.session.scalars(select(Host.id).where(Host.tenant_id == unit_id)).one()
        membership_id = db.session.scalars(
            select(Membership.id).where(Membership.tenant_id == unit_id)
        ).first()
    account_id = other.account_id("slj.editor")
    assert theirs.get("/office/units/edit/", query_string={"id": unit_id}).status_code == 404
    assert theirs.get(f"/office/open/{unit_id}/").status_code == 404
    for address, row_id in (
        ("units/close", unit_id),
        ("units/reopen", unit_id),
        ("hosts/primary", host_id),
        ("hosts/remove", host_id),
        ("accounts/link", account_id),
        ("accounts/end", account_id),
        ("memberships/revoke", membership_id),
        ("entries/pin", 1),
        ("entries/hide", 1),
    ):
        answer = theirs.post(f"/office/{address}/", data={"id": row_id, "reason": "试一试"})
        assert answer.status_code == 404, address


def test_a_role_here_gives_no_way_into_an_account_elsewhere(other: County) -> None:
    """A11: who grants a stranger a role must not then hand out a link to all that the stranger may."""
    theirs = other.staff("other.operator")
    granted = theirs.post(
        "/office/memberships/new/", data={"login": "portal.operator", "unit": "lxj", "role": "editor"}
    )
    assert granted.status_code == 302
    page = theirs.get("/office/accounts/").text
    assert "portal.operator" in page
    assert "中国永嘉·" not in page
    row_id = other.account_id("portal.operator")
    answer = theirs.post("/office/accounts/link/", data={"id": row_id}, follow_redirects=True)
    assert "其他门户也有角色" in answer.text
    assert "/activate" not in answer.text
    answer = theirs.post("/office/accounts/end/", data={"id": row_id}, follow_redirects=True)
    assert "其他门户也有角色" in answer.text


@pytest.mark.parametrize(
    "address", ["?id=x", "?id=", "?id=99999999999999999999999", "?id=-1", "?id=1%27", "?id=１"]
)
def test_what_is_no_id_is_not_found(county: County, address: str) -> None:
    operator = county.staff("portal.operator")
    assert operator.get(f"/office/units/edit/{address}").status_code in (302, 404)


@pytest.mark.parametrize("noun", ["units", "hosts", "accounts", "memberships", "columns", "entries", "acts"])
def test_sorting_and_searching_take_anything(county: County, noun: str) -> None:
    """C9: every sort key, quotes and nonsense in the address: an ordered page, never an error."""
    operator = county.staff("portal.operator")
    for query in (
        *({"sort": number, "desc": 1} for number in range(8)),
        {"sort": "1'"},
        {"sort": -1},
        {"search": "' OR 1=1 --%_\\"},
        {"search": "\x00"},
        {"page": -3},
        {"page": 10**12},
        {"page_size": 10**9},
        {"flt_state": "'", "flt_kind": "nothing", "flt_role": "x"},
        {"_external": "1", "_scheme": "javascript", "_anchor": "x", "_method": "POST"},
    ):
        answer = operator.get(f"/office/{noun}/", query_string=query)
        assert answer.status_code == 200, query
        assert "javascript:" not in answer.text
