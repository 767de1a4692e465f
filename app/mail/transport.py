"""How a mail leaves the machine: by SMTP to the server that the settings name, or printed in development."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import click
from flask import current_app

from app.core.errors import RuleBroken

#: Seconds for each answer of the server.
PATIENCE = 20
#: The ways of speaking, with their usual ports.
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Transport(Protocol):
    """Takes finished mail."""

    def send(self, message: EmailMessage) -> None:
        """Hand one mail on; raises smtplib.SMTPException or OSError where that fails."""


@dataclass(frozen=True)
class Server:
    """What ZIWANG_SMTP_URL says."""

    way: str
    host: str
    port: int
    user: str
    password: str


class Printed:
    """Mail in development: it can be read where the command runs, and goes nowhere."""

    def send(self, message: EmailMessage) -> None:
        """Print one mail."""
        for name in ("To", "Subject"):
            click.echo(f"{name}: {message[name]}")
        click.echo(f"\n{message.get_content()}")


class Smtp:
    """One conversation with a mail server, in which several mails are sent."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def send(self, message: EmailMessage) -> None:
        """Send one mail."""
        self._connection.send_message(message)


@contextmanager
def opened() -> Iterator[Transport]:
    """Open the way that the settings name for as long as mail is sent."""
    url = str(current_app.config["SMTP_URL"])
    if not url:
        yield Printed()
        return
    connection = _connected(_read(url))
    try:
        yield Smtp(connection)
    finally:
        connection.close()  # QUIT may fail after a lost connection; what was accepted is accepted.


def sender() -> str:
    """Return whose address stands on mail."""
    return str(current_app.config["MAIL_FROM"]) or f"noreply@{current_app.config['CONSOLE_HOST']}"


def _read(url: str) -> Server:
    try:
        parts = urlsplit(url)
        way, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        way, host, port = "", "", None
    if way not in PORTS or not host:
        raise RuleBroken(
            "ZIWANG_SMTP_URL 应为 smtp+starttls://用户:密码@主机:端口，也可以是 smtps:// 或 smtp://。"
        )
    return Server(way, host, port or PORTS[way], unquote(parts.username or ""), unquote(parts.password or ""))


def _connected(server: Server) -> smtplib.SMTP:
    """Connect and sign in; certificates are verified, and a password never goes out in clear to elsewhere."""
    if server.way == "smtps":
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.way == "smtp+starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
    except (smtplib.SMTPException, OSError):
        connection.close()
        raise
    return connection
