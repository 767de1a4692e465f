"""One rendering for a missing page, however many ask for it: the others wait for it, but not for ever."""

import threading
from collections.abc import Hashable

#: Then whoever waits renders the page too: better twice than never.
PATIENCE = 5.0  # seconds


class Renderings:
    """The pages that are being rendered in this process."""

    def __init__(self) -> None:
        self._begun: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def begin(self, key: Hashable) -> bool:
        """Say whether the page is the caller's to render; else return when somebody else has done it."""
        with self._lock:
            done = self._begun.get(key)
            if done is None:
                self._begun[key] = threading.Event()
                return True
        done.wait(PATIENCE)
        return False

    def end(self, key: Hashable) -> None:
        """Let go who waits, whatever has become of the page."""
        with self._lock:
            done = self._begun.pop(key, None)
        if done is not None:
            done.set()
