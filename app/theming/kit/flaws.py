"""What is wrong with a theme, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Flaw:
    """One mistake: its file below the folder of themes, its line (0 for the whole file), and what to do."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}：{self.says}"
