"""Signing a request to an S3 store (AWS Signature Version 4), as far as making a bucket needs it."""

import hashlib
import hmac
from datetime import UTC, datetime
from functools import reduce
from typing import Protocol

ALGORITHM = "AWS4-HMAC-SHA256"


class Credentials(Protocol):
    """Who signs, and for which region."""

    @property
    def key(self) -> str: ...
    @property
    def secret(self) -> str: ...
    @property
    def region(self) -> str: ...


def headers(method: str, path: str, host: str, credentials: Credentials) -> dict[str, str]:
    """Return the headers that make a request without query and body a signed one."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    body = hashlib.sha256(b"").hexdigest()
    signed = {"host": host, "x-amz-content-sha256": body, "x-amz-date": now}
    names = ";".join(signed)
    lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
    request = f"{method}\n{path}\n\n{lines}\n{names}\n{body}"
    scope = f"{now[:8]}/{credentials.region}/s3/aws4_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    to_sign = f"{ALGORITHM}\n{now}\n{scope}\n{digest}"
    key = reduce(_hmac, scope.split("/"), f"AWS4{credentials.secret}".encode())
    proof = (
        f"Credential={credentials.key}/{scope}, SignedHeaders={names}, Signature={_hmac(key, to_sign).hex()}"
    )
    return {**signed, "authorization": f"{ALGORITHM} {proof}"}


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
