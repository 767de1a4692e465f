"""flask mail ...: note who is to be reminded, and send what waits; both may run twice or late."""

import sys
from typing import Any

import click

from app.core.commands import CommandGroup
from app.core.errors import RuleBroken
from app.mail import outbox, reminders
from app.mail.models import MailState

mail = CommandGroup("mail", help="邮件：生成待办提醒，发送等待发送的邮件。")


class Refused(click.ClickException):
    """One clear line instead of a traceback."""

    def show(self, file: Any = None) -> None:
        """Print the line to the standard error."""
        click.echo(f"错误：{self.message}", file=file or sys.stderr)


@mail.command("remind", help="给有待办、填了邮箱的人各写一封提醒；每人每天最多一封，重复运行不会多写。")
def remind() -> None:
    """Write the day's reminders."""
    written = sum(reminders.remind())
    click.echo(f"已生成 {written} 封提醒，用 mail send 发出。")


@mail.command(
    "send", help="发送等待发送的邮件；发不出的隔一段时间再试，最多试 6 次。没有设置邮件服务器时打印出来。"
)
def send() -> None:
    """Send what waits."""
    counted = dict.fromkeys(MailState, 0)
    unreachable = ""
    try:
        for outcome in outbox.send_waiting():
            if not outcome.mail_id:
                unreachable = outcome.fault
                continue
            counted[outcome.state] += 1
            if outcome.fault:
                click.echo(f"第 {outcome.mail_id} 封没有发出（{outcome.fault}）。", err=True)
    except RuleBroken as broken:
        raise Refused(broken.message) from broken
    sent, waiting, failed = (
        counted[state] for state in (MailState.SENT, MailState.WAITING, MailState.FAILED)
    )
    click.echo(f"发出 {sent} 封，稍后再试 {waiting} 封，不再发送 {failed} 封。")
    if unreachable:
        raise Refused(f"邮件服务器连接不上或中断（{unreachable}），其余的下次再发。")
