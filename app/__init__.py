"""Two applications on one code base: the subsites' pages, and the staff's console.

The public application has no session, no accounts and no console routes, so nothing that
is kept in the page cache can depend on who asked, and no mistake in a route can put an
action of the console on a public host.
"""

from collections.abc import Mapping

from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect

from app import cli, config, errors, features, pipeline
from app.accounts import session as accounts
from app.api import extension as api
from app.content import storage
from app.core import database
from app.display import exceptions
from app.pagecache import board, folder
from app.pagecache import hooks as pagecache
from app.profile.overview import names_of_leaders
from app.site import waiting
from app.site.frame import current_site
from app.tenancy import directory, shared
from app.theming import registry as themes
from app.web import desk_files, frame, limits, workplace
from app.web.converters import RowIdConverter
from app.web.no_session import NoSession

Overrides = Mapping[str, object]


def create_public_app(overrides: Overrides | None = None) -> Flask:
    """Build the application that answers under every tenant's host name."""
    app = _bare_app(overrides)
    database.hold_readers_to_reading(app)
    app.session_interface = NoSession()
    pagecache.init_app(app)
    limits.init_app(app)
    pipeline.PUBLIC.install(app)
    features.register_public(app)
    api.init_app(app)
    app.extensions[exceptions.KNOWN] = names_of_leaders
    return app


def create_console_app(overrides: Overrides | None = None) -> Flask:
    """Build the application in which staff work, and which the ``flask`` command uses."""
    app = _bare_app(overrides)
    desk_files.init_app(app)
    Babel(app)
    workplace.init_app(app)
    waiting.init_app(app)
    accounts.init_app(app)
    pipeline.CONSOLE.install(app)
    CSRFProtect(app)
    features.register_console(app)
    cli.init_app(app)
    app.extensions["as_visitors_see"] = create_public_app  # For commands that look at pages.
    return app


def _bare_app(overrides: Overrides | None) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.url_map.converters["int"] = RowIdConverter
    config.load(app, overrides or {})
    database.init_app(app)
    directory.init_app(app)
    shared.init_app(app)
    board.init_app(app)
    folder.init_app(app)
    storage.init_app(app)
    themes.init_app(app)
    frame.init_app(app, current_site)
    errors.init_app(app)
    return app
