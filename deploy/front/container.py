"""nginx as a container of its own (deploy/compose.yaml): `python3 -m deploy.front.container` becomes it."""

import os
from pathlib import Path

from deploy.bootstrap.programs import StartError, become
from deploy.front.nginx import Listening, configuration, program

DATA, CERTIFICATES, RUN = Path("/data"), Path("/certificates"), Path("/tmp/nginx")  # noqa: S108 - a tmpfs of its own
GUNICORN = "platform:8000"
#: Ports that need no rights.
TLS, PLAIN = "8443", "8080"


def prepared(
    data: Path = DATA, certificates: Path = CERTIFICATES, run: Path = RUN, gunicorn: str = GUNICORN
) -> Path:
    """Write the configuration and return where it is. Raises StartError where a certificate is missing."""
    for name in ("fullchain.pem", "privkey.pem"):
        if not (certificates / name).is_file():
            message = f"没有找到证书文件 {certificates / name}，请放入 ZIWANG_CERTIFICATES 所指的文件夹。"
            raise StartError(message)
    run.mkdir(parents=True, exist_ok=True)
    listen = Listening(TLS, certificates, PLAIN)
    written = run / "nginx.conf"
    written.write_text(
        configuration(data, listen, gunicorn=gunicorn, scheme="https", run=run), encoding="utf-8"
    )
    return written


def main() -> None:
    """Become nginx, or say in one line what is missing."""
    try:
        written = prepared()
        become([Path(program(os.environ)), "-e", "stderr", "-p", RUN, "-c", written])
    except StartError as trouble:
        raise SystemExit(str(trouble)) from None


if __name__ == "__main__":
    main()
