"""Every route of both applications and what it answers to whom: the one table of the matrix (M1).

Paths are filled with the ids of a world in which each unit has the same things: {article}, {revision},
{leader} (with a {change} that waits), {member} (a colleague's account), {membership}, {hand_over}, {waiver},
{word}, {flag}, {token} of a file, {path} of a published article, {stem} the same without .html, its {short}
code, {ledger}, {link}, {request}, {collection} and {entry}, {node}, {row}, {hearing} that is open,
{contribution} to it with its {reference}.
"""

from dataclasses import dataclass, field

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
    state: State = State.DRAFT
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


@dataclass(frozen=True)
class FormRoute:
    """A form for visitors: where it stands on a unit's subsite, and what is sent that it accepts."""

    path: str
    sends: dict[str, str]


DESK = {
    "desk.home": DeskRoute("/", EVERYBODY),
    "desk.problems": DeskRoute("/findings", EVERYBODY),
    "desk.preview": DeskRoute("/articles/{article}/preview", EVERYBODY),
    "visits.index": DeskRoute("/visits/", EVERYBODY),
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
    "disclosure.nodes": DeskRoute("/disclosure/", EVERYBODY),
    "disclosure.set_aside": DeskRoute(
        "/disclosure/nodes/{node}/set-aside", "SLM", 303, "POST", sends={"reason": "没有行政处罚权"}
    ),
    # Nothing of the world is set aside: who may is told so.
    "disclosure.take_up": DeskRoute("/disclosure/nodes/{node}/take-up", "SLM", 409, "POST"),
    "catalogue.index": DeskRoute("/disclosure/catalogue/", EVERYBODY),
    "catalogue.new": DeskRoute("/disclosure/catalogue/new", "ESM"),
    "catalogue.create": DeskRoute("/disclosure/catalogue/", "ESM", 422, "POST"),
    "catalogue.show": DeskRoute("/disclosure/catalogue/{row}", EVERYBODY),
    "catalogue.edit": DeskRoute("/disclosure/catalogue/{row}/edit", "ESM"),
    "catalogue.save": DeskRoute("/disclosure/catalogue/{row}/edit", "ESM", 422, "POST"),
    "catalogue.retire": DeskRoute("/disclosure/catalogue/{row}/retire", "ESM", 303, "POST"),
    "catalogue.restore": DeskRoute("/disclosure/catalogue/{row}/restore", "ESM", 409, "POST"),
    "placing.show": DeskRoute("/articles/{article}/catalogue", "ESM"),
    "placing.save": DeskRoute("/articles/{article}/catalogue", "ESM", 303, "POST", changes=False),
    "catalogue.tag": DeskRoute("/disclosure/catalogue/{row}/articles/{article}", "ESM", 303, "POST"),
    "catalogue.untag": DeskRoute(
        "/disclosure/catalogue/{row}/articles/{article}/remove", "ESM", 303, "POST", changes=False
    ),
    "overdue.index": DeskRoute("/disclosure/overdue", EVERYBODY),
    # The world's article is disclosed: nothing to review.
    "overdue.review": DeskRoute("/disclosure/reviews/{article}", "SLM", 422, "POST", changes=False),
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
    "links.show": DeskRoute("/articles/{article}/links/", EVERYBODY),
    "links.propose": DeskRoute("/articles/{article}/links/", "E", 422, "POST"),
    "links.add": DeskRoute("/articles/{article}/links/sign", "SL", 422, "POST", State.PUBLISHED, PROOF),
    "links.remove": DeskRoute("/articles/{article}/links/{link}/remove", "E", 303, "POST"),
    "links.end": DeskRoute("/articles/{article}/links/{link}/end", "SL", 303, "POST", State.PUBLISHED, PROOF),
    # The world's document is exempt already.
    "links.exempt": DeskRoute("/articles/{article}/links/exemption", "E", 422, "POST"),
    "links.need": DeskRoute("/articles/{article}/links/exemption/lift", "E", 303, "POST"),
    "answers.index": DeskRoute("/links/", EVERYBODY),
    "answers.agree": DeskRoute("/links/{request}/agree", "SLO", 303, "POST", State.PUBLISHED, PROOF),
    "answers.refuse": DeskRoute("/links/{request}/refuse", "SLO", 303, "POST", State.PUBLISHED, REASON),
    "look.index": DeskRoute("/look/", EVERYBODY),
    "look.save": DeskRoute("/look/", "EM", 422, "POST", changes=False),
    "look.use": DeskRoute("/look/use", "SLM", 409, "POST", changes=False),
    "look.discard": DeskRoute("/look/discard", "EM", 303, "POST", changes=False),
    "look.go_back": DeskRoute("/look/versions/9/use", "SLM", 404, "POST", changes=False),
    "look.file": DeskRoute("/look/files/{token}-10.png", EVERYBODY, 404),
    "announcements.index": DeskRoute("/look/announcements/", EVERYBODY),
    "announcements.set_one": DeskRoute("/look/announcements/", "SLM", 422, "POST", changes=False),
    "announcements.end_one": DeskRoute("/look/announcements/end", "SLM", 422, "POST", changes=False),
    "look_preview.preview": DeskRoute("/look/preview", EVERYBODY),
    # A unit has no units of its own; the portal's preview has, in tests/app/site/test_photos.py.
    "look_preview.file": DeskRoute("/look/preview/files/slj/{token}-10.png", EVERYBODY, 404),
    # A unit's desk has no change of themes; the portal's has, and its own tests walk it.
    "themes.index": DeskRoute("/look/themes/", "O", 404),
    "themes.switch": DeskRoute("/look/themes/", "O", 404, "POST", changes=False),
    "themes.undo": DeskRoute("/look/themes/x/undo", "O", 404, "POST", changes=False),
    "collecting.index": DeskRoute("/collections/", EVERYBODY),
    "collecting.create": DeskRoute("/collections/", "SLMO", 422, "POST"),
    "collecting.show": DeskRoute("/collections/{collection}/", EVERYBODY),
    "collecting.describe": DeskRoute("/collections/{collection}/", "SLMO", 422, "POST"),
    "collecting.put_in": DeskRoute("/collections/{collection}/entries", "SLMO", 422, "POST"),
    "collecting.move_up": DeskRoute("/collections/{collection}/entries/{entry}/up", "SLMO", 303, "POST"),
    "collecting.take_out": DeskRoute("/collections/{collection}/entries/{entry}/remove", "SLMO", 303, "POST"),
    "collecting.remove": DeskRoute("/collections/{collection}/remove", "SLMO", 303, "POST"),
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
    "profile.index": DeskRoute("/profile", EVERYBODY),
    "profile.history": DeskRoute("/profile/history", EVERYBODY),
    "profile.edit_unit": DeskRoute("/profile/unit", "EM"),
    "profile.save_unit": DeskRoute("/profile/unit", "EM", 422, "POST"),
    "profile.new": DeskRoute("/profile/leaders/new", "EM"),
    "profile.create": DeskRoute("/profile/offices/new", "EM", 422, "POST"),
    "profile.edit": DeskRoute("/profile/leaders/{leader}", "EM"),
    "profile.save": DeskRoute("/profile/leaders/{leader}", "EM", 422, "POST"),
    "profile.end": DeskRoute(
        "/profile/leaders/{leader}/end", "EM", 303, "POST", sends={"until": "2026-12-31"}
    ),
    "profile.move": DeskRoute("/profile/leaders/{leader}/move", "EM", 303, "POST", sends={"direction": "up"}),
    "profile.speeches_of": DeskRoute("/profile/leaders/{leader}/speeches", "EM"),
    "profile.choose_speeches": DeskRoute(
        "/profile/leaders/{leader}/speeches", "EM", 303, "POST", changes=False
    ),
    "profile.change": DeskRoute("/profile/changes/{change}", EVERYBODY),
    "profile.sign": DeskRoute("/profile/changes/{change}/sign", "SL", 303, "POST", sends=PROOF),
    "profile.give_back": DeskRoute("/profile/changes/{change}/give-back", "SL", 303, "POST", sends=REASON),
    "profile.take_back": DeskRoute("/profile/changes/{change}/take-back", "EM", 303, "POST"),
    # The world's units have no data of their disclosure office that could have changed.
    "profile.confirm_guide": DeskRoute("/profile/guide/confirm", "SL", 303, "POST", changes=False),
    "hearings.index": DeskRoute("/hearings/", EVERYBODY),
    "hearings.new": DeskRoute("/hearings/new", "E"),
    "hearings.create": DeskRoute("/hearings/", "E", 422, "POST"),
    "hearings.show": DeskRoute("/hearings/{hearing}", EVERYBODY),
    "hearings.edit": DeskRoute("/hearings/{hearing}/edit", "E"),
    "hearings.save": DeskRoute("/hearings/{hearing}/edit", "E", 422, "POST"),
    # The world's hearings are signed already: who may is told that there is nothing to sign.
    "hearings.sign": DeskRoute("/hearings/{hearing}/sign", "SL", 409, "POST", sends=PROOF),
    "hearings.link": DeskRoute("/hearings/{hearing}/link", "E", 303, "POST"),
    "contributions.read": DeskRoute("/hearings/{hearing}/contributions", "ESL", 200, "POST"),
    "contributions.table": DeskRoute("/hearings/{hearing}/contributions.csv", "ESL", 200, "POST"),
    "contributions.spam": DeskRoute(
        "/hearings/{hearing}/contributions/{contribution}/spam", "ESL", 303, "POST", sends=REASON
    ),
    "contributions.count": DeskRoute(
        "/hearings/{hearing}/contributions/{contribution}/count", "ESL", 303, "POST"
    ),
    # It is still open: there is no result to tell.
    "contributions.draft_result": DeskRoute("/hearings/{hearing}/result", "E", 409, "POST"),
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
    "health.tls_allowed": "/tls-allowed?domain=slj.yj.localhost",
    "static": "/static/console/console.css",
    "favicon": "/favicon.ico",
    "theme_asset": "/static/base/000000000000/site.css",
    "challenge.script": "/static/visitors/000000000000/challenge.js",
    "visitors_scripts.script": "/static/visitors/000000000000/reading.js",
}

PUBLIC = {
    "site.home": PublicRoute("/"),
    "look_files.file": PublicRoute("/look/files/{token}-10.png", unit=404, portal=404),
    "site.column": PublicRoute("/tzgg/"),
    "xxgk.disclosure": PublicRoute("/xxgk/"),
    "xxgk.catalogue": PublicRoute("/xxgk/catalogue/"),
    "xxgk.row": PublicRoute("/xxgk/catalogue/0101/"),
    "areas.index": PublicRoute("/jczwgk/", unit=404),
    "areas.area": PublicRoute("/jczwgk/shjz/", unit=404),
    "site.directory": PublicRoute("/units/", unit=404),
    "site.site_map": PublicRoute("/map.html"),
    "site.mounted": PublicRoute("/u/slj", unit=404, portal=308),
    "site.login": PublicRoute("/login", unit=302, portal=302),
    "site.manage": PublicRoute("/manage", unit=302, portal=302),
    "documents.shelf": PublicRoute("/documents/"),
    "notices.plans": PublicRoute("/documents/plans/"),
    "notices.notices_page": PublicRoute("/notices/"),
    "collections.collections_page": PublicRoute("/documents/collections/"),
    "collections.collection": PublicRoute("/documents/collections/{collection}/", portal=404),
    "cards.units": PublicRoute("/jgzl/", unit=404),
    "cards.leaders": PublicRoute("/ldzc/", unit=404),
    "article.article": PublicRoute("{path}", portal=404),
    "content.file": PublicRoute("/files/{token}.txt", portal=404),
    # The world's pictures are of no card.
    "pictures.picture": PublicRoute("/pictures/{token}.txt", unit=404, portal=404),
    "exports.article": PublicRoute("{stem}.pdf", portal=404),
    "exports.lawful": PublicRoute("/xxgk/catalogue-four.csv"),
    "exports.whole": PublicRoute("/xxgk/catalogue.csv"),
    "exports.download": PublicRoute("/xxgk/download/"),
    "exports.listed": PublicRoute("/xxgk/list/"),
    "api_page.interface": PublicRoute("/api/"),
    "api_description.openapi": PublicRoute("/api/v1/openapi.json"),
    "api.articles": PublicRoute("/api/v1/articles"),
    "api.article": PublicRoute("/api/v1/articles/{article}"),
    "api.documents": PublicRoute("/api/v1/documents"),
    "api.units": PublicRoute("/api/v1/units"),
    "api.catalogue": PublicRoute("/api/v1/catalogue"),
    "shortlinks.lead": PublicRoute("/s/{short}", unit=302, portal=404),
    "shortlinks.picture": PublicRoute("/s/{short}.svg", portal=404),
    "feeds.site_feed": PublicRoute("/feed.atom"),
    "feeds.column_feed": PublicRoute("/tzgg/feed.atom"),
    "feeds.site_map": PublicRoute("/sitemap.xml"),
    "feeds.site_map_part": PublicRoute("/sitemap-0.xml"),
    "feeds.robots": PublicRoute("/robots.txt"),
    # Without a signature there is no such page.
    "leaving.leave": PublicRoute("/leave", unit=404, portal=404),
    "standards.manifest": PublicRoute("/manifest.webmanifest"),
    "standards.security": PublicRoute("/.well-known/security.txt"),
    "search.search": PublicRoute("/search?q=停水"),
    "participation.index": PublicRoute("/participate/"),
    "participation.closed": PublicRoute("/participate/closed/"),
    "participation.hearing": PublicRoute("/participate/{hearing}/", portal=404),
    "participation.sent": PublicRoute("/participate/{hearing}/sent/{reference}/", portal=404),
}

#: The forms that visitors may send: the only routes of the public application that take POST. Each is tried
#: in tests/app/web/test_challenge.py with every way of getting round its protection.
FORMS = {
    "participation.opinion": FormRoute(
        "/participate/{hearing}/opinion/",
        {"text": "建议保留老码头。", "name": "李楠溪", "contact": "0577-67220000", "consent": "yes"},
    ),
    "participation.sign_up": FormRoute(
        "/participate/{hearing}/sign-up/",
        {"name": "李楠溪", "contact": "0577-67220000", "text": "居民代表", "consent": "yes"},
    ),
}
