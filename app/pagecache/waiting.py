"""One rendering for a missing page, however many ask for it: the others wait for it, but not for ever."""

import threading
from collections.abc import Hashable

#: So many pages are remembered that nobody need wait for, because they are not kept.
MOST_KNOWN = 4096
#: Then whoever waits renders the page too: better twice than never.
PATIENCE = 5.0  # seconds


class Renderings:
    """The pages that are being rendered in this process."""

    def __init__(self) -> None:
        self._begun: dict[Hashable, threading.Event] = {}
        self._in_vain: set[Hashable] = set()
        self._lock = threading.Lock()

    def begin(self, key: Hashable, page: Hashable) -> bool:
        """Say whether the page is the caller's to render; else return when somebody else has done it.

        For a page that was not kept the last time, such as a form, nobody waits.
        """
        if self.is_in_vain(page):
            return True
        with self._lock:
            done = self._begun.get(key)
            if done is None:
                self._begun[key] = threading.Event()
                return True
        done.wait(PATIENCE)
        return False

    def is_in_vain(self, page: Hashable) -> bool:
        """Say whether nothing would come of waiting for the page."""
        return page in self._in_vain

    def end(self, key: Hashable, page: Hashable, *, was_kept: bool) -> None:
        """Let go who waits, whatever has become of the page."""
        with self._lock:
            if was_kept:
                self._in_vain.discard(page)
            else:
                if len(self._in_vain) >= MOST_KNOWN:
                    self._in_vain.clear()
                self._in_vain.add(page)
            done = self._begun.pop(key, None)
        if done is not None:
            done.set()
