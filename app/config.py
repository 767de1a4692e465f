"""Settings: defaults here, the deployment's values from ZIWANG_* variables."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parent.parent
PREFIX = "ZIWANG_"


class Defaults:
    """Every setting the code reads; an unknown ZIWANG_* variable is an error."""

    #: Signs sessions and tokens and seals second factors. No default: made at first start, or given.
    SECRET_KEY = ""
    #: Where the embedded database, kept pages and attachments live.
    DATA_DIR = str(ROOT / "var")
    #: Empty: SQLite in the data folder. On PostgreSQL a role that owns nothing.
    DATABASE_URL = ""
    #: On PostgreSQL the role that owns the tables and runs migrations; never used by the web.
    OWNER_DATABASE_URL = ""
    #: Empty: the data folder. Else s3://bucket?endpoint=...&region=..., with the two keys below.
    STORAGE_URL = ""
    STORAGE_KEY = ""
    STORAGE_SECRET = ""
    #: Empty: we send attachments ourselves. nginx: once we have judged, nginx sends those of the data folder.
    FILES_THROUGH = ""
    THEMES_PATH = str(ROOT / "themes")
    TENANTS_PATH = str(ROOT / "tenants")
    #: The one host under which staff work.
    CONSOLE_HOST = "console.yj.localhost"
    #: How visitors reach us: https, or http for the demonstration; the port only if it is not the usual one.
    SCHEME = "https"
    PUBLIC_PORT = ""
    #: host: a subsite's own host is its canonical address; path: /u/<slug>/ on the portal is.
    CANONICAL = "host"
    #: Addresses or networks, separated by commas, whose X-Forwarded-* headers are believed.
    TRUSTED_PROXIES = ""
    #: How often one address may ask the public interface, such as ``300 per minute``.
    API_RATE = "300 per minute"
    #: Bytes.
    UPLOAD_LIMIT = 20 * 1024 * 1024
    PAGE_MEMORY = 20 * 1024 * 1024
    #: Of kept pages on the disk, for all processes and for a web server before them; 0: none.
    PAGE_FOLDER = 1024 * 1024 * 1024
    #: Minutes without a request, and hours at most, after which staff sign in again.
    IDLE_MINUTES = 30
    SESSION_HOURS = 10
    #: Through which server mail goes: smtp://, smtps:// or smtp+starttls://user:password@host:port.
    #: Empty: it is printed.
    SMTP_URL = ""
    #: Whose name stands on it; empty: nobody's at the console's host.
    MAIL_FROM = ""
    #: Empty: how often somebody asks is counted in each process. Else redis://host:port/0, for all together.
    REDIS_URL = ""
    #: Web processes; 0 means as many as suit the machine.
    WORKERS = 0
    BIND = ""


#: A connection takes with it what PostgreSQL has planned for it. So as many are kept as a process has
#: threads, and who comes next gets the one that was used last.
POOL = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 5, "pool_use_lifo": True}
#: What Flask and its extensions must find set, whatever the deployment says.
FIXED = {
    "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SQLALCHEMY_ENGINE_OPTIONS": POOL,
    "WTF_CSRF_TIME_LIMIT": None,  # The session's own end bounds it.
    "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
    "MAX_FORM_PARTS": 200,
    "SEARCH_COUNT_SECONDS": 60,  # For so long at least, words that were asked for wait to be written down.
    "VISIT_COUNT_SECONDS": 10,  # For so long at least, visits wait to be written down.
    "ADMIN_RAISE_ON_INTEGRITY_ERROR": False,
}


def load(app: Flask, overrides: Mapping[str, object]) -> None:
    """Read defaults, then the environment, then what a test or a command overrides.

    Raises RuntimeError for an unknown variable and for a missing secret key.
    """
    app.config.from_object(Defaults)
    app.config.from_mapping(FIXED)
    app.config.from_mapping(_from_environment())
    app.config.from_mapping(overrides)
    if not app.config["SECRET_KEY"]:
        raise RuntimeError("未设置 ZIWANG_SECRET_KEY：请设为一串足够长的随机字符，所有进程共用。")
    if app.config["FILES_THROUGH"] not in ("", "nginx"):
        raise RuntimeError("ZIWANG_FILES_THROUGH 应留空，或写作 nginx。")
    data = Path(app.config["DATA_DIR"])
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["DATABASE_URL"] or f"sqlite:///{data}/ziwang.db"
    app.config["MAX_CONTENT_LENGTH"] = int(app.config["UPLOAD_LIMIT"]) * 4
    is_secure = app.config["SCHEME"] == "https"
    app.config["SESSION_COOKIE_SECURE"] = is_secure
    app.config["SESSION_COOKIE_NAME"] = "__Host-ziwang" if is_secure else "ziwang"


def _from_environment() -> dict[str, object]:
    given = {name[len(PREFIX) :]: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    known = {name: value for name, value in vars(Defaults).items() if name.isupper()}
    if unknown := sorted(given.keys() - known.keys()):
        raise RuntimeError(f"不认识的设置：{'、'.join(PREFIX + name for name in unknown)}。")
    return {name: type(known[name])(value) for name, value in given.items()}
