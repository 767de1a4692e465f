"""What is wrong with a file that people wrote: where it stands, and what was expected there."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SHOWN = 20


@dataclass(frozen=True)
class Fault:
    """One thing to mend; the key is a place in the file, such as `unit[3].kind` or a line."""

    path: Path
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}：{self.key}" if self.key else str(self.path)
        return f"{place}：{self.message}"


class ManifestError(ValueError):
    """A file was refused as a whole; every fault found in it is told at once."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(self._told())

    @property
    def path(self) -> Path:
        return self.faults[0].path

    @property
    def key(self) -> str:
        return self.faults[0].key

    @property
    def message(self) -> str:
        return self.faults[0].message

    def _told(self) -> str:
        if len(self.faults) == 1:
            return str(self.faults[0])
        lines = [f"发现 {len(self.faults)} 处问题，什么也没有改动："]
        lines += [f"  {number}. {fault}" for number, fault in enumerate(self.faults[:SHOWN], 1)]
        if len(self.faults) > SHOWN:
            lines.append(f"  另有 {len(self.faults) - SHOWN} 处未列出，改正以上各处后再试。")
        return "\n".join(lines)


class Faults:
    """Collects what is wrong, so that one reading tells all of it."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: Path, key: str, message: str) -> None:
        """Note one fault and go on reading."""
        self.found.append(Fault(path, key, message))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Note the faults that another reading found."""
        self.found.extend(faults)

    def raise_any(self) -> None:
        """Refuse the file if anything was noted."""
        if self.found:
            raise ManifestError(*self.found)
