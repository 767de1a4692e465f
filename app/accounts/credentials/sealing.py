"""Secrets at rest: sealed where we must read them again, hashed with a key where we only compare."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

KEY_SIZE = 32


def seal(plain: str) -> str:
    """Encrypt a text so that only this deployment can read it."""
    return Fernet(base64.urlsafe_b64encode(_key("seal"))).encrypt(plain.encode()).decode()


def unsealed(sealed: str) -> str | None:
    """Return what was sealed, or None for what this deployment's key did not seal."""
    try:
        return Fernet(base64.urlsafe_b64encode(_key("seal"))).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def keyed_hash(purpose: str, value: str) -> str:
    """Return a hash that nobody without the key can find the value by trying, unlike SHA-256 of a name."""
    return hmac.new(_key(purpose), value.encode(), hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """Return the SHA-256 of a random token; long random values need no key."""
    return hashlib.sha256(token.encode()).hexdigest()


def _key(purpose: str) -> bytes:
    """Derive one key for each purpose, so that none serves two."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return HKDF(SHA256(), KEY_SIZE, salt=None, info=f"ziwang {purpose}".encode()).derive(secret)
