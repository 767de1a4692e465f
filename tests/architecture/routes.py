"""Every route of both applications and what it answers to whom: the one table of the matrix (M1).

Paths are filled with the ids of a world in which each unit has the same things: {article}, {revision},
{member} (a colleague's account), {membership}, {token} of a file, {path} of a published article.
"""

from dataclasses import dataclass, field

from app.content.states import ArticleState
from app.content.states import ArticleState as State

#: Letters of the roles, as the table below uses them.
ROLES = {"E": "editor", "S": "signer", "L": "leader", "M": "manager", "O": "operator", "A": "auditor"}
EVERYBODY = "ESLMOA"
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
    "publishing.publish": DeskRoute("/articles/{article}/publish", "SL", 303, "POST", State.SUBMITTED),
    "publishing.withdraw": DeskRoute(
        "/articles/{article}/withdraw", "SL", 303, "POST", State.PUBLISHED, REASON
    ),
    "publishing.reopen": DeskRoute("/articles/{article}/reopen", "E", 303, "POST", State.WITHDRAWN),
    "publishing.discard": DeskRoute("/articles/{article}/discard", "E", 303, "POST"),
    "publishing.restore": DeskRoute("/articles/{article}/restore", "E", 303, "POST", State.DISCARDED),
    "intake.index": DeskRoute("/intake/", "E"),
    "intake.receive": DeskRoute("/intake/", "E", 422, "POST"),
    "intake.result": DeskRoute("/intake/{article}", "E"),
    "intake.save": DeskRoute("/intake/{article}", "E", 422, "POST"),
    "people.index": DeskRoute("/people", "M"),
    "people.invite": DeskRoute("/people/invite", "M", 422, "POST"),
    "people.link": DeskRoute("/people/{member}/link", "M", 200, "POST"),
    "people.grant": DeskRoute("/people/{member}/grant", "M", 303, "POST", sends={"role": "leader"}),
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
    "office_acts": "OA",
}
