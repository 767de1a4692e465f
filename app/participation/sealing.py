"""What visitors sent, sealed with the platform's key when it comes in, and opened for who may read it."""

import json
from dataclasses import asdict, dataclass

from app.accounts.credentials.sealing import seal, unsealed


@dataclass(frozen=True)
class Words:
    """Who sent something, how to reach them, and what they say."""

    name: str = ""
    contact: str = ""
    text: str = ""

    @property
    def all(self) -> str:
        return f"{self.name} {self.contact} {self.text}"


def closed_up(words: Words) -> str:
    """Return the words so that nobody can read them in the database."""
    return seal(json.dumps(asdict(words), ensure_ascii=False))


def opened(sealed: str) -> Words:
    """Return the words; empty ones for what was deleted, or sealed with a key that is lost."""
    plain = unsealed(sealed) if sealed else None
    return Words(**json.loads(plain)) if plain else Words()
