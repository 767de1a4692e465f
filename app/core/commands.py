"""Groups of commands that say in one line, in Chinese, what is wrong and how to go on."""

from typing import IO, Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

NO_DATABASE = "数据库连接不上，或者还没有建表。请检查设置，再运行 flask --app wsgi database upgrade。"


class Told(click.ClickException):
    """An error that ends a command, without English around it."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the one line."""
        click.echo(f"错误：{self.message}", file=file, err=True)


class WronglyAsked(Told):
    """A command that was typed wrongly."""

    exit_code = click.UsageError.exit_code


class CommandGroup(AppGroup):
    """Commands of one noun."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            raise Told(NO_DATABASE) from error
        except click.UsageError as error:
            advice = f"用 {error.ctx.command_path if error.ctx else ctx.command_path} --help 看用法。"
            raise WronglyAsked(f"{_in_chinese(error)}{advice}") from error
        except click.ClickException as error:
            raise Told(error.message) from error


def _in_chinese(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            said = f"没有这个选项：{error.option_name}。"
        case click.exceptions.NoSuchCommand():
            said = f"没有这个命令：{error.command_name}。"
        case click.MissingParameter():
            said = f"缺少参数：{_name_of(error)}。"
        case click.BadParameter():
            said = f"参数 {_name_of(error)} 的值不对。{_choices_of(error)}"
        case _:
            said = "多出来的参数，或者写法不对。"
    return said


def _choices_of(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    return f"可以是 {'、'.join(map(str, kind.choices))}。" if isinstance(kind, click.Choice) else ""


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    is_option = isinstance(error.param, click.Option)
    return error.param.opts[0] if is_option else error.param.human_readable_name
