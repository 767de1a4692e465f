"""Every route of both applications and what it answers to whom: the one table of the matrix (M1).

Paths are filled with the ids of a world in which each unit has the same things: {article}, {revision},
{member} (a colleague's account), {membership}, {hand_over}, {waiver}, {word}, {ledger}, {flag},
{token} of a file, {path} of a published article, {stem} the same without .html.
"""

from dataclasses import dataclass, field

from app.content.states import ArticleState
from app.content.states import ArticleState as State
from tests.worlds import PROOF

#: Letters of the roles, as the table below uses them.
ROLES = {
    "E": "editor",
    "S": "signer",
    "L": "leader",
    "M": "manager",
    "Y": "secrecy",
    "O": "operator",
    "A": "auditor",
}
EVERYBODY = "ESLMYOA"
REASON = {"reason": "内容有误"}


@dataclass(frozen=True)
class DeskRoute:
    """A route on a unit's desk: who of the unit and of the county is let in, and what they get."""

    path: str
    who: str
    answer: int = 200
    method: str = "GET"
    #: In which state the article is whose id stands in the path.
    state: ArticleState = State.DRAFT
    sends: dict[str, str] = field(default_factory=dict)
    #: False: it is sent by POST and yet only looks, or is refused by a rule here.
    changes: bool = True


@dataclass(frozen=True)
class PersonRoute:
    """A route that concerns no unit, by how far the person has come in signing in."""

    path: str
    nobody: int
    #: The second factor is still to be shown, or to be set up.
    due: int
    enrolling: int
    signed_in: int
    method: str = "GET"


@dataclass(frozen=True)
class PublicRoute:
    """A page for visitors: what a unit's subsite and the portal answer."""

    path: str
    unit: int = 200
    portal: int = 200


DESK = {
    "desk.home": DeskRoute("/", EVERYBODY),
    "desk.preview": DeskRoute("/articles/{article}/preview", EVERYBODY),
    "articles.index": DeskRoute("/articles/", EVERYBODY),
    "articles.new": DeskRoute("/articles/new", "E"),
    "articles.create": DeskRoute("/articles/", "E", 422, "POST"),
    "articles.edit": DeskRoute("/articles/{article}/edit", "E"),
    "articles.save": DeskRoute("/articles/{article}/edit", "E", 422, "POST"),
    "articles.file": DeskRoute("/articles/files/{token}", EVERYBODY),
    "publishing.show": DeskRoute("/articles/{article}", EVERYBODY),
    "publishing.revision": DeskRoute("/articles/{article}/revisions/{revision}", EVERYBODY),
    "publishing.submit": DeskRoute("/articles/{article}/submit", "E", 303, "POST"),
    "publishing.take_back": DeskRoute("/articles/{article}/take-back", "E", 303, "POST", State.SUBMITTED),
    "publishing.give_back": DeskRoute(
        "/articles/{article}/give-back", "SL", 303, "POST", State.SUBMITTED, REASON
    ),
    "publishing.refuse": DeskRoute("/articles/{article}/refuse", "L", 303, "POST", State.SIGNED, REASON),
    "publishing.publish": DeskRoute("/articles/{article}/publish", "SL", 303, "POST", State.SUBMITTED, PROOF),
    "publishing.approve": DeskRoute("/articles/{article}/approve", "L", 303, "POST", State.SIGNED, PROOF),
    "publishing.lift": DeskRoute(
        "/articles/{article}/flags/{flag}/lift", "SL", 303, "POST", State.SUBMITTED, REASON
    ),
    "publishing.publish_at_once": DeskRoute(
        "/articles/{article}/emergency", "O", 303, "POST", State.SUBMITTED, REASON | PROOF
    ),
    # Nothing of the world is public in an emergency: who may is told that there is nothing to sign.
    "publishing.countersign": DeskRoute(
        "/articles/{article}/countersign", "SL", 409, "POST", State.PUBLISHED, PROOF
    ),
    "publishing.counterapprove": DeskRoute(
        "/articles/{article}/counterapprove", "L", 409, "POST", State.PUBLISHED, PROOF
    ),
    "publishing.cancel": DeskRoute("/articles/{article}/cancel", "SL", 409, "POST", State.PUBLISHED, REASON),
    "publishing.withdraw": DeskRoute(
        "/articles/{article}/withdraw", "SL", 303, "POST", State.PUBLISHED, REASON
    ),
    "publishing.take_down": DeskRoute(
        "/articles/{article}/take-down", "SLYO", 303, "POST", State.PUBLISHED, REASON
    ),
    "publishing.invalidate": DeskRoute(
        "/articles/{article}/invalidate", "SL", 303, "POST", State.PUBLISHED, REASON
    ),
    "publishing.revalidate": DeskRoute(
        "/articles/{article}/revalidate", "SL", 409, "POST", State.PUBLISHED, REASON
    ),
    "publishing.compare": DeskRoute("/articles/{article}/compare", EVERYBODY),
    # The world's articles have one text: taking it up again changes nothing.
    "publishing.bring_back": DeskRoute(
        "/articles/{article}/revisions/{revision}/restore", "E", 303, "POST", changes=False
    ),
    "sheets.sheet": DeskRoute("/articles/{article}/sheet", EVERYBODY),
    "sheets.paper": DeskRoute("/articles/{article}/sheet.pdf", EVERYBODY),
    "sheets.index": DeskRoute("/sheets", EVERYBODY),
    "sheets.table": DeskRoute("/sheets.csv", EVERYBODY),
    "sheets.workbook": DeskRoute("/sheets.xlsx", EVERYBODY),
    "transfer.index": DeskRoute("/transfer", EVERYBODY),
    "transfer.export": DeskRoute(
        "/transfer", EVERYBODY, 200, "POST", sends={"from": "2020-01-01", "to": "2026-12-31", "kind": "csv"}
    ),
    "publishing.reopen": DeskRoute("/articles/{article}/reopen", "E", 303, "POST", State.WITHDRAWN),
    "publishing.discard": DeskRoute("/articles/{article}/discard", "E", 303, "POST"),
    "publishing.restore": DeskRoute("/articles/{article}/restore", "E", 303, "POST", State.DISCARDED),
    "checks.overview": DeskRoute("/checks", EVERYBODY),
    "checks.show": DeskRoute("/articles/{article}/checks", EVERYBODY),
    "checks.mask": DeskRoute("/articles/{article}/checks/mask", "E", 409, "POST", changes=False),
    "checks.ask": DeskRoute("/articles/{article}/checks/ask", "E", 409, "POST", changes=False),
    "checks.agree": DeskRoute("/articles/{article}/checks/{waiver}/agree", "SL", 303, "POST"),
    # The world's waiver is of a stop that a signer lets pass, not the secrecy officer.
    "checks.clear": DeskRoute("/articles/{article}/checks/{waiver}/clear", "Y", 409, "POST"),
    "checks.check_form": DeskRoute("/articles/check", "E", 200, "POST", changes=False),
    "words.index": DeskRoute("/words", "M"),
    "words.put": DeskRoute("/words", "M", 422, "POST"),
    "words.drop": DeskRoute("/words/{word}/drop", "M", 303, "POST"),
    "intake.index": DeskRoute("/intake/", "E"),
    "intake.receive": DeskRoute("/intake/", "E", 422, "POST"),
    "intake.result": DeskRoute("/intake/{article}", "E"),
    "intake.save": DeskRoute("/intake/{article}", "E", 422, "POST"),
    "ledger.index": DeskRoute("/ledger/", "E"),
    "ledger.receive": DeskRoute("/ledger/", "E", 422, "POST"),
    "ledger.show": DeskRoute("/ledger/{ledger}", "E"),
    "ledger.run": DeskRoute("/ledger/{ledger}", "E", 422, "POST"),
    "ledger.submit": DeskRoute("/ledger/{ledger}/submit", "E", 303, "POST", changes=False),
    "ledger.faulty": DeskRoute("/ledger/{ledger}/faulty.csv", "E"),
    "people.index": DeskRoute("/people", "M"),
    "people.invite": DeskRoute("/people/invite", "M", 422, "POST"),
    "people.link": DeskRoute("/people/{member}/link", "M", 200, "POST"),
    "people.grant": DeskRoute("/people/{member}/grant", "M", 303, "POST", sends={"role": "leader"}),
    "people.email": DeskRoute(
        "/people/{member}/email", "M", 303, "POST", sends={"email": "wang@example.com"}
    ),
    "people.change": DeskRoute(
        "/people/roles/{membership}/change", "M", 303, "POST", sends={"office": "副局长"}
    ),
    "handover.index": DeskRoute("/people/hand-over", "M"),
    "handover.give": DeskRoute("/people/hand-over", "M", 422, "POST"),
    "handover.note": DeskRoute("/people/hand-over/{hand_over}", "M"),
    "lease.hold": DeskRoute("/articles/{article}/lease", "E", 200, "POST"),
    "lease.take_over": DeskRoute("/articles/{article}/lease/take-over", "E", 303, "POST"),
    "people.revoke": DeskRoute("/people/roles/{membership}/revoke", "M", 303, "POST"),
}

PERSON = {
    "start.chooser": PersonRoute("/", 302, 302, 302, 302),
    "start.inbox": PersonRoute("/inbox", 302, 302, 302, 200),
    "accounts.sign_in": PersonRoute("/login", 200, 200, 200, 302),
    "accounts.enter": PersonRoute("/login", 422, 422, 422, 422, "POST"),
    "accounts.forgot": PersonRoute("/forgot", 200, 200, 200, 200),
    "accounts.activate": PersonRoute("/activate/unknown", 404, 404, 404, 404),
    "accounts.choose_password": PersonRoute("/activate/unknown", 404, 404, 404, 404, "POST"),
    "accounts.second_factor": PersonRoute("/login/second-factor", 302, 200, 303, 303),
    "accounts.show_second_factor": PersonRoute("/login/second-factor", 401, 422, 303, 303, "POST"),
    "accounts.enrol": PersonRoute("/login/set-up", 302, 303, 200, 200),
    "accounts.enrolment_picture": PersonRoute("/login/set-up/qr.svg", 302, 404, 404, 404),
    "accounts.confirm_enrolment": PersonRoute("/login/set-up", 401, 303, 404, 404, "POST"),
    "accounts.sign_out": PersonRoute("/logout", 401, 303, 303, 303, "POST"),
    "accounts.account": PersonRoute("/account", 302, 302, 302, 200),
    "accounts.change_password": PersonRoute("/account/password", 401, 403, 403, 422, "POST"),
    "accounts.change_email": PersonRoute("/account/email", 401, 403, 403, 303, "POST"),
    "accounts.turn_off_second_factor": PersonRoute("/account/second-factor/off", 401, 403, 403, 422, "POST"),
    "accounts.renew_recovery_codes": PersonRoute("/account/recovery-codes", 401, 403, 403, 404, "POST"),
    "accounts.end_other_sessions": PersonRoute("/account/sessions/end-others", 401, 403, 403, 303, "POST"),
}

#: Of the process and of the code, not of people or tenants.
OPEN = {
    "health.alive": "/healthz",
    "health.ready": "/readyz",
    "static": "/static/console/console.css",
    "theme_asset": "/static/base/000000000000/site.css",
}

PUBLIC = {
    "site.home": PublicRoute("/"),
    "site.column": PublicRoute("/tzgg/"),
    "site.disclosure": PublicRoute("/xxgk/"),
    "site.directory": PublicRoute("/units/", unit=404),
    "site.site_map": PublicRoute("/map.html"),
    "site.mounted": PublicRoute("/u/slj", unit=404, portal=308),
    "site.manage": PublicRoute("/manage", unit=302, portal=302),
    "article.article": PublicRoute("{path}", portal=404),
    "content.file": PublicRoute("/files/{token}.txt", portal=404),
    "exports.article": PublicRoute("{stem}.pdf", portal=404),
    "exports.whole": PublicRoute("/xxgk/catalogue.csv"),
    "exports.download": PublicRoute("/xxgk/download/"),
    "api_page.interface": PublicRoute("/api/"),
    "api_description.openapi": PublicRoute("/api/v1/openapi.json"),
    "api.articles": PublicRoute("/api/v1/articles"),
    "api.article": PublicRoute("/api/v1/articles/{article}"),
    "api.documents": PublicRoute("/api/v1/documents"),
    "api.units": PublicRoute("/api/v1/units"),
    "api.catalogue": PublicRoute("/api/v1/catalogue"),
    "feeds.site_feed": PublicRoute("/feed.atom"),
    "feeds.column_feed": PublicRoute("/tzgg/feed.atom"),
    "feeds.site_map": PublicRoute("/sitemap.xml"),
    "feeds.robots": PublicRoute("/robots.txt"),
}

#: The county office's tables are Flask-Admin's, walked rather than listed: who of the county each is for.
OFFICE = "/office"
OFFICE_VIEWS = {
    "office": "OA",
    "office_open": "O",
    "office_units": "O",
    "office_hosts": "O",
    "office_accounts": "O",
    "office_memberships": "O",
    "office_columns": "O",
    "office_entries": "O",
    "office_words": "O",
    "office_standing": "OA",
    "office_lifted": "OA",
    "office_emergencies": "OA",
    "office_incidents": "O",
    "office_acts": "OA",
}
