"""What `wsgi.py run` does once the packages are there: bring the data up to date, say where to go, serve."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from flask import Flask
from gunicorn.app import wsgiapp
from sqlalchemy import select

from app import create_console_app
from app.core.database import db
from app.core.errors import RuleBroken
from app.embedded import data_folder, make_secret, set_defaults
from app.participation.demonstration import hold_demonstration_hearings
from app.provisioning.demonstration import found_demonstration
from app.provisioning.faults import ManifestError
from app.schema import upgrade
from app.tenancy.models import Tenant

ACCOUNTS_FILE = "demo-accounts.txt"


def main() -> NoReturn:
    """Prepare and serve; ends with one line when something stands in the way."""
    os.umask(0o027)  # The data are the owner's; a web server's group may read kept pages.
    data = data_folder()
    data.mkdir(parents=True, exist_ok=True)
    make_secret(data)
    set_defaults(data)
    app = create_console_app()
    try:
        with app.app_context():
            is_new = prepare(app, data)
            db.engine.dispose()  # No connection is taken along into the workers.
    except (RuleBroken, ManifestError) as error:
        raise SystemExit(str(error)) from error
    sys.stdout.flush()
    if is_new:
        begin_anew()
    announce(app, data)
    sys.stdout.flush()
    serve()


def begin_anew() -> NoReturn:
    """Become this command once more, on data that are founded now.

    The storage has started threads to keep the demonstration's pictures. No thread goes along into a forked
    worker, and a worker that believes it has them waits for ever as soon as two files are asked for at once.
    """
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - our own command


def serve() -> NoReturn:
    """Become gunicorn, with the code that is loaded already: workers are forked, not each read anew."""
    sys.argv = ["gunicorn", "-c", "deploy/gunicorn.py", "--preload", "wsgi:app"]
    wsgiapp.run()
    raise SystemExit(0)


def prepare(app: Flask, data: Path) -> bool:
    """Bring the tables up to date; found the demonstration county where there is none, and say if so."""
    upgrade()
    if db.session.scalar(select(Tenant.id).limit(1)) is not None:
        return False
    manifest = Path(app.config["TENANTS_PATH"]) / "yongjia" / "county.toml"
    found_demonstration(manifest, data / ACCOUNTS_FILE)
    hold_demonstration_hearings()
    return True


def announce(app: Flask, data: Path) -> None:
    """Print where to go, who can sign in, and how to stop."""
    port = f":{app.config['PUBLIC_PORT']}" if app.config["PUBLIC_PORT"] else ""
    scheme = app.config["SCHEME"]
    lines = [
        "",
        "子网已启动：",
        f"  县门户    {scheme}://www.yj.localhost{port}/",
        f"  单位子站  {scheme}://slj.yj.localhost{port}/ （其他子站见门户“县内单位”）",
        f"  工作台    {scheme}://{app.config['CONSOLE_HOST']}{port}/",
    ]
    accounts = data / ACCOUNTS_FILE
    if accounts.exists():
        lines.append(f"  演示账号  {accounts}")
    lines += ["按 Ctrl-C 停止。", ""]
    print("\n".join(lines))  # noqa: T201 - this is a command


if __name__ == "__main__":
    main()
