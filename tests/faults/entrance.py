"""The front door for a gunicorn whose workers die often: warm in the master, so that each serves at once."""

from werkzeug.test import Client

from app.core.database import db
from tests.worlds import BUREAU, HOSTS, PORTAL
from wsgi import app


def warm() -> None:
    """Read all templates once, and take no connection along into the workers."""
    front = app.build()
    for name in front.console.jinja_env.list_templates(["html"]):
        front.console.jinja_env.get_template(name)
    for slug in (BUREAU, PORTAL):
        Client(front).get("/tzgg/", base_url=f"http://{HOSTS[slug]}")
    front.public.extensions["pages"].clear()
    front.public.extensions["page_folder"].clear()
    front.public.extensions["sites"].forget()
    for one in (front.public, front.console):
        with one.app_context():
            db.engine.dispose()


warm()
