"""Whether the process lives, and whether it can serve: for those who watch it, under any host."""

from flask import Blueprint, Response
from sqlalchemy import select

from app.core.database import db
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
