"""Reminders: one a day, nothing of a text in them, through a real mail server, again when it was away."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from freezegun import freeze_time
from sqlalchemy import func, select

from app.accounts.models import Account, AccountState
from app.content.states import ArticleState
from app.core.database import db
from app.mail import reminders
from app.mail.models import MailState, OutgoingMail
from tests.engines import smtp
from tests.engines.smtp import Mailbox
from tests.worlds import BUREAU, TOWN, County

SIGNER = f"{BUREAU}.signer"
ADDRESS = "lin@example.com"
TITLE = "绝不能外传的标题"
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def waiting(county: County) -> None:
    """Let something wait for a signer who has an address."""
    county.an_article(title=TITLE, state=ArticleState.SUBMITTED)
    set_account(county, SIGNER, email=ADDRESS)


@pytest.fixture
def run(county: County) -> Iterator[Run]:
    config = dict(county.front.console.config)

    def mail(word: str, **settings: str) -> Result:
        county.front.console.config.update(settings)
        return county.front.console.test_cli_runner().invoke(args=["mail", word])

    yield mail
    county.front.console.config.update(config)


@pytest.fixture
def server() -> Iterator[Mailbox]:
    with smtp.serving() as box:
        yield box


def set_account(county: County, login: str, **values: object) -> None:
    with county.everywhere():
        account = db.session.scalars(select(Account).where(Account.login == login)).one()
        for name, value in values.items():
            setattr(account, name, value)


def states(county: County) -> list[tuple[MailState, int, str]]:
    with county.front.console.app_context():
        mails = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
        return [(one.state, one.attempts, one.fault) for one in mails]


def url(box: Mailbox, way: str = "smtp", who: str = "") -> str:
    return f"{way}://{who}localhost:{box.port}"


def test_a_reminder_counts_and_tells_nothing_else(county: County, run: Run) -> None:
    county.an_article(TOWN, title="镇里的通知", state=ArticleState.SUBMITTED)
    run("remind")

    printed = run("send", SMTP_URL="").output

    assert f"{ADDRESS}" in printed
    assert "您有 1 件待办" in printed
    assert "水利局，等我审签：1 件" in printed
    assert "http://console.yj.localhost/inbox" in printed
    for secret in (TITLE, "slj.", "桥头镇", "信息员"):
        assert secret not in printed, secret


def test_one_a_day_however_often_the_command_runs(county: County, run: Run) -> None:
    with freeze_time("2026-11-24 01:00:00") as clock:
        assert "已生成 1 封" in run("remind").output
        assert "已生成 0 封" in run("remind").output
        clock.tick(timedelta(days=1))
        assert "已生成 1 封" in run("remind").output


def test_two_commands_at_once_write_one(county: County, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked before either has written: the database decides."""
    run("remind")
    monkeypatch.setattr(reminders, "_is_reminded", lambda _account: False)

    assert "已生成 0 封" in run("remind").output
    with county.front.console.app_context():
        assert db.session.scalar(select(func.count(OutgoingMail.id))) == 1


@pytest.mark.parametrize("values", [{"email": ""}, {"state": AccountState.ENDED}, {"memberships": []}])
def test_who_has_nothing_to_do_or_no_address_gets_none(
    county: County, run: Run, values: dict[str, object]
) -> None:
    set_account(county, SIGNER, **values)

    assert "已生成 0 封" in run("remind").output


def test_it_arrives_through_a_real_server(county: County, run: Run, server: Mailbox) -> None:
    run("remind")

    result = run("send", SMTP_URL=url(server), MAIL_FROM="zw@example.com")

    assert (result.exit_code, result.output) == (0, "发出 1 封，稍后再试 0 封，不再发送 0 封。\n")
    [mail] = server.mails
    assert (server.recipients, mail["Subject"]) == ([ADDRESS], "您有 1 件待办")
    assert "zw@example.com" in mail["From"]
    assert "永嘉县水利局，等我审签：1 件" in mail.get_content()
    assert states(county) == [(MailState.SENT, 1, "")]
    assert "发出 0 封" in run("send").output
    assert len(server.mails) == 1


def test_a_server_that_is_busy_is_tried_again_later_and_not_for_ever(
    county: County, run: Run, server: Mailbox
) -> None:
    server.answers = [451] * 6
    with freeze_time("2026-11-24 01:00:00") as clock:
        run("remind")
        pauses = [timedelta(minutes=5 * 4**number) for number in range(5)]
        for number, pause in enumerate(pauses, start=1):
            assert "稍后再试 1 封" in run("send", SMTP_URL=url(server)).output
            assert states(county) == [(MailState.WAITING, number, "SMTPRecipientsRefused")]
            clock.tick(pause - timedelta(seconds=1))
            assert "稍后再试 0 封" in run("send").output
            clock.tick(timedelta(seconds=2))
        assert "不再发送 1 封" in run("send").output
    assert states(county) == [(MailState.FAILED, 6, "SMTPRecipientsRefused")]


def test_an_address_that_does_not_exist_is_tried_once(county: County, run: Run, server: Mailbox) -> None:
    server.answers = [550]
    run("remind")

    result = run("send", SMTP_URL=url(server))

    assert "不再发送 1 封" in result.output
    assert ADDRESS not in result.output
    assert states(county) == [(MailState.FAILED, 1, "SMTPRecipientsRefused")]


def test_without_a_server_everything_waits(county: County, run: Run) -> None:
    run("remind")

    result = run("send", SMTP_URL="smtp://127.0.0.1:1")

    assert result.exit_code == 1
    assert "邮件服务器连接不上" in result.output
    assert states(county) == [(MailState.WAITING, 0, "")]


def test_a_reminder_of_a_day_long_past_is_not_sent(county: County, run: Run, server: Mailbox) -> None:
    with freeze_time("2026-11-20 01:00:00"):
        run("remind")
    with freeze_time("2026-11-23 01:00:00"):
        run("send", SMTP_URL=url(server))

    assert server.mails == []
    assert states(county) == [(MailState.FAILED, 0, "Outdated")]


@pytest.mark.parametrize("address", ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://a:x"])
def test_a_malformed_setting_is_said_in_one_line(county: County, run: Run, address: str) -> None:
    run("remind")

    result = run("send", SMTP_URL=address)

    assert result.exit_code == 1
    assert "ZIWANG_SMTP_URL" in result.output
    assert result.output.count("\n") == 1


def test_a_password_goes_out_encrypted_only(
    county: County, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _certificate(folder)
    run("remind")
    with smtp.serving(certificate=certificate) as box:
        address = url(box, "smtp+starttls", "zw:p%40ss@")
        stranger = run("send", SMTP_URL=address)
        assert "SSLCertVerificationError" in stranger.output
        box.is_encrypted = False
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert "发出 1 封" in run("send", SMTP_URL=address).output

    assert box.signed_in == ["\0zw\0p@ss"]
    assert len(box.mails) == 1


def _certificate(folder: Path) -> Path:
    """Write a certificate of our own for localhost, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "localhost.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + written)
    assert ssl.PEM_cert_to_DER_cert(path.read_text().partition("-----BEGIN PRIVATE")[0])
    return path
