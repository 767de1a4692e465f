"""Which blueprints exist, and in which of the two applications."""

from flask import Flask

from app.accounts import people as accounts_people
from app.accounts.console import own as accounts_console
from app.api import page as api_page
from app.api import public as api_public
from app.checks import console as checks_console
from app.checks import words_console
from app.content import console as content_console
from app.content import lease_console
from app.content import public as content_public
from app.disclosure import catalogue_console, nodes_console, overdue_console, placing_console
from app.documents import collections_public, lists_public
from app.documents import public as documents_public
from app.documents.console import answering, collecting, linking
from app.exports import console as transfer_console
from app.exports import public as exports_public
from app.intake import console as intake_console
from app.ledger import console as ledger_console
from app.look import announcing as look_announcing
from app.look import console as look_console
from app.look import county_console as look_county
from app.look import public as look_public
from app.operations import admin as operations
from app.participation import public as participation
from app.participation.console import contributions as hearing_contributions
from app.participation.console import hearings
from app.profile import public as profile_public
from app.profile.console import deciding as profile_deciding
from app.profile.console import editing as profile_editing
from app.profile.console import speeches as profile_speeches
from app.publishing.console import ending, handing, revisions, signing
from app.sheets import console as sheets_console
from app.site import areas as site_areas
from app.site import article as site_article
from app.site import cards as site_cards
from app.site import desk as site_desk
from app.site import disclosure as site_disclosure
from app.site import feeds as site_feeds
from app.site import handover as site_handover
from app.site import leaving as site_leaving
from app.site import look as site_look
from app.site import public as site_public
from app.site import search as site_search
from app.site import shortlinks as site_shortlinks
from app.site import standards
from app.theming.assets import serve_asset, serve_favicon
from app.visits import console as visits
from app.web import health, visitors_scripts
from app.web.challenge import script

#: The library, plans and notices, collections.
DOCUMENTS = (documents_public.bp, lists_public.bp, collections_public.bp)
#: The unit's own facts: profile, leaders, offices.
FACTS = (site_cards.bp, profile_public.bp)
#: The four blocks, the catalogue, and the areas over all units.
DISCLOSURE = (site_disclosure.bp, site_areas.bp)
#: Hearings and consultations, and what visitors' forms need.
PARTICIPATION = (participation.bp, script.bp)
#: Reading aloud and copying.
SCRIPTS = (visitors_scripts.bp,)
#: Files of the same texts, and the interface for programs.
OUTLETS = (exports_public.bp, api_public.description, api_page.bp)
PUBLIC = (
    *(site_public.bp, site_article.bp, site_feeds.bp, site_search.bp, content_public.bp),
    *DOCUMENTS,
    *FACTS,
    *DISCLOSURE,
    *PARTICIPATION,
    *OUTLETS,
    site_shortlinks.bp,
    look_public.bp,
    standards.bp,
    site_leaving.bp,
    *SCRIPTS,
)
#: Pages of the person, and pages on a unit's desk with where each lies under the unit's address.
PERSON = (accounts_console.bp, site_desk.start)
#: An article's steps stand in several files of one blueprint.
STEPS = (handing, signing, ending, revisions)
#: So do the pages of the unit's cards.
CARDS = (profile_editing, profile_deciding, profile_speeches)
DESKS = (
    (site_desk.bp, ""),
    (content_console.bp, "/articles"),
    (STEPS[0].bp, "/articles/<int:article_id>"),
    (checks_console.bp, ""),
    (words_console.bp, ""),
    (accounts_people.bp, "/people"),
    (site_handover.bp, "/people/hand-over"),
    (lease_console.bp, "/articles/<int:article_id>/lease"),
    (intake_console.bp, "/intake"),
    (ledger_console.bp, "/ledger"),
    (sheets_console.bp, ""),
    (linking.bp, "/articles/<int:article_id>/links"),
    (answering.bp, "/links"),
    (collecting.bp, "/collections"),
    (CARDS[0].bp, "/profile"),
    (nodes_console.bp, "/disclosure"),
    (catalogue_console.bp, "/disclosure/catalogue"),
    (placing_console.bp, "/articles/<int:article_id>/catalogue"),
    (overdue_console.bp, "/disclosure"),
    (hearings.bp, "/hearings"),
    (hearing_contributions.bp, "/hearings/<int:hearing_id>"),
    (transfer_console.bp, ""),
    (look_console.bp, "/look"),
    (look_announcing.bp, "/look/announcements"),
    (site_look.bp, "/look"),
    (look_county.bp, "/look/themes"),
    (visits.bp, "/visits"),
)


def register_public(app: Flask) -> None:
    """Register the visitors' pages."""
    app.register_blueprint(health.bp)
    for blueprint in PUBLIC:
        app.register_blueprint(blueprint)
    _serve_themes(app)


def register_console(app: Flask) -> None:
    """Register the staff's pages and actions, each unit's under its slug."""
    app.register_blueprint(health.bp)
    for blueprint in PERSON:
        app.register_blueprint(blueprint)
    for desk, below in DESKS:
        app.register_blueprint(desk, url_prefix=f"/<slug>{below}")
    _serve_themes(app)
    operations.init_app(app)


def _serve_themes(app: Flask) -> None:
    """Serve the themes' assets; in the console too, for previews."""
    app.add_url_rule("/favicon.ico", "favicon", serve_favicon)
    app.add_url_rule("/static/<theme>/<string(length=12):digest>/<path:path>", "theme_asset", serve_asset)
