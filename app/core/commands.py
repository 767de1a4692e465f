"""Groups of commands that say in one line when the database is not there."""

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

NO_DATABASE = "数据库连接不上，或者还没有建表。请检查设置，再运行 flask --app wsgi database upgrade。"


class CommandGroup(AppGroup):
    """Commands of one noun."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(NO_DATABASE) from error
