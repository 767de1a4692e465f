"""Whether the process lives, and whether it can serve: for those who watch it, under any host."""

from flask import Blueprint, Response, current_app, request
from sqlalchemy import select

from app.core.database import db
from app.tenancy.directory import directory
from app.tenancy.hostname import normalised
from app.tenancy.models import Tenant

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Answer while the process runs."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    """Answer 200 when the database answers; what it raises becomes 503."""
    db.session.execute(select(Tenant.id).limit(1))
    return Response("ready\n", mimetype="text/plain")


@bp.get("/tls-allowed")
def tls_allowed() -> Response:
    """Tell a front that makes certificates at the first visit whether a host is ours (deploy/Caddyfile)."""
    host = normalised(request.args.get("domain", ""))
    is_ours = host is not None and (host == current_app.config["CONSOLE_HOST"] or directory().find(host))
    return Response("yes\n" if is_ours else "no\n", 200 if is_ours else 404, mimetype="text/plain")
