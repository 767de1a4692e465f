"""deploy/compose.yaml names what there is: settings, commands, images of a version, no secret of its own."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # It brings no types.
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.config import PREFIX, Defaults
from deploy.bootstrap.engines import server
from deploy.bootstrap.places import ROOT
from deploy.bootstrap.programs import StartError
from deploy.front import container
from tests.worlds import County

DEPLOY = ROOT / "deploy"
TEXT = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
GIVEN = re.compile(r"\$\{([A-Z_]+)(:\?|:-)?([^}]*)\}")
#: What may be left out: empty then, and the platform does without.
OPTIONAL = {"STORAGE_URL", "STORAGE_KEY", "STORAGE_SECRET", "SMTP_URL", "REDIS_URL"}


def test_every_setting_is_one_that_the_platform_knows() -> None:
    known = {PREFIX + name for name in vars(Defaults) if name.isupper()}
    for name, service in SERVICES.items():
        named = {one for one in service.get("environment", {}) if one.startswith(PREFIX)}
        assert named <= known, name
    assert {"ZIWANG_SECRET_KEY", "ZIWANG_DATABASE_URL"} <= set(SERVICES["platform"]["environment"])
    assert "ZIWANG_OWNER_DATABASE_URL" not in SERVICES["platform"]["environment"], "the web owns nothing"


def test_no_secret_has_a_default_and_what_is_needed_stops_the_start() -> None:
    found = GIVEN.findall(TEXT)
    assert len(found) > 10
    for name, how, words in found:
        if name.removeprefix(PREFIX) in OPTIONAL:
            assert (how, words) == (":-", ""), name
        else:
            assert how == ":?", name
            assert words.startswith("请设"), name
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD|KEY", name):
                assert GIVEN.fullmatch(value), name


def test_every_image_has_a_version() -> None:
    (base,) = re.findall(r"^FROM (\S+)$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    for image in (base, *(one["image"] for one in SERVICES.values())):
        assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z-]+)?$", image), image


def test_what_waits_and_what_is_trusted_is_there(county: County) -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
    networks = {name: one["networks"] for name, one in SERVICES.items()}
    trusted = SERVICES["platform"]["environment"]["ZIWANG_TRUSTED_PROXIES"]
    assert networks["front"]["county"]["ipv4_address"] == trusted
    program, *words = SERVICES["upgrade"]["command"]
    assert (program, words[:2]) == ("flask", ["--app", "wsgi"])
    asked = county.front.console.test_cli_runner().invoke(args=[*words[2:], "--help"])
    assert asked.exit_code == 0
    assert SERVICES["front"]["command"][-1] == container.__name__
    assert container.GUNICORN.split(":") == [
        "platform",
        SERVICES["platform"]["environment"]["ZIWANG_BIND"][-4:],
    ]
    assert SERVICES["front"]["ports"] == [f"443:{container.TLS}", f"80:{container.PLAIN}"]
    subprocess.run(["/bin/sh", "-n", DEPLOY / "roles.sh"], check=True)  # noqa: S603 - our own file


def test_the_fronts_configuration_is_one_that_nginx_takes(folder: Path) -> None:
    data, keys, run = folder / "data", folder / "keys", folder / "run"
    for one in (data, keys):
        one.mkdir()
    with pytest.raises(StartError, match=r"fullchain\.pem"):
        container.prepared(data, keys, run)
    _certify(keys)

    written = container.prepared(data, keys, run, gunicorn="127.0.0.1:8000")

    nginx = server("nginx")
    assert nginx
    subprocess.run([nginx, "-t", "-e", "stderr", "-p", run, "-c", written], check=True)  # noqa: S603 - our own
    text = written.read_text(encoding="utf-8")
    assert "listen 8443 ssl http2;" in text
    assert "return 308 https://$host$request_uri;" in text
    assert "proxy_set_header X-Forwarded-Proto https;" in text


def _certify(keys: Path) -> None:
    """Make a key and a certificate by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "www.yj.localhost")])
    begin = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (keys / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (keys / "privkey.pem").write_bytes(key.private_bytes(pem, form, plain))
