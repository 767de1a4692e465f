"""The proof of work: the browser finds a number by trying, which a person does not notice (altcha)."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from altcha.v1 import ChallengeOptions, create_challenge, extract_params, verify_solution

from app.accounts.credentials.sealing import keyed_hash

ALGORITHM = "SHA-256"
#: A telephone tries some ten thousand numbers a second; on average half of them are tried.
HARDNESS = 30_000
LONGEST = 1_000  # characters of an answer
#: What an answer must have, and of which type each is.
FIELDS: dict[str, type] = {"algorithm": str, "challenge": str, "salt": str, "signature": str, "number": int}


def work_for(nonce: str, expires: datetime) -> str:
    """Return the task of one form, as the script reads it."""
    task = create_challenge(
        ChallengeOptions(
            algorithm="SHA-256", max_number=HARDNESS, hmac_key=_key(), expires=expires, params={"form": nonce}
        )
    )
    return json.dumps(
        {
            "algorithm": task.algorithm,
            "challenge": task.challenge,
            "salt": task.salt,
            "signature": task.signature,
            "most": HARDNESS,
        }
    )


def is_done(answer: str, nonce: str) -> bool:
    """Say whether an answer solves the task of this form, and of no other."""
    solved = _read(answer)
    if solved is None or extract_params(solved).get("form") != [nonce]:
        return False
    is_right, _ = verify_solution(solved, _key())
    return bool(is_right)


def _read(answer: str) -> Any:
    """Return a well formed answer, which the library may look at; None for anything else."""
    if len(answer) > LONGEST:
        return None
    try:
        given = json.loads(base64.b64decode(answer, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(given, dict) or any(type(given.get(name)) is not kind for name, kind in FIELDS.items()):
        return None
    is_ours = given["algorithm"] == ALGORITHM and 0 <= given["number"] <= HARDNESS
    return given if is_ours else None


def _key() -> str:
    return keyed_hash("form work", "altcha")
