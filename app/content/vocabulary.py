"""The dated words in which a text says why it is disclosed, or why not: the county's data (GK-01, S-15)."""

from app.content.genres import Genre
from app.core.clock import today
from app.core.rules import vocabulary


def bases() -> dict[str, str]:
    """Return the reasons for disclosure that hold today: label by code."""
    return _labels("basis")


def subjects() -> dict[str, str]:
    """Return the subjects by which information is classified: label by code."""
    return _labels("subjects")


def audiences() -> dict[str, str]:
    """Return whom information is for: label by code."""
    return _labels("audiences")


def closing_clauses() -> dict[str, str]:
    """Return the clauses under which a text is not disclosed by itself: label by code (S-14)."""
    return _labels("closed")


def basis_for(genre: Genre) -> str:
    """Return the code that the data propose for a genre; empty where they propose none."""
    entries = vocabulary("basis", on=today())
    return next((code for code, entry in entries.items() if genre.value in entry.get("genres", ())), "")


def _labels(name: str) -> dict[str, str]:
    return {code: entry["label"] for code, entry in vocabulary(name, on=today()).items()}
