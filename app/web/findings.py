"""What an inspector would find: one shape for all areas, shown to the unit on its desk and to the county."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A rule that is not met, and what mends it."""

    #: The rule's identifier, such as ``GK-02``.
    rule: str
    #: One sentence for a clerk: what is wrong and what to do.
    what: str
    #: Where it is mended, below the unit's address in the console; empty where there is no one place.
    path: str = ""
