"""Texts as tokens, and questions as words (ZY-19).

The index holds single characters and pairs of neighbours of every Chinese passage, and every Latin word or
figure whole: any two characters of a text find it, wherever a dictionary would cut. Words come in when a
question is read: it is cut with the county's own words, each word asks for its pairs, and words decide the
order of what is found. So a new unit's name needs no new index.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import rjieba

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
#: Control and format characters, such as zero-width spaces, and marks that lie over a letter.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
_SPACE = frozenset("\t\n\r\v\f")
LONGEST_TOKEN = 40
#: A larger text is cut: what PostgreSQL takes for one row ends at a megabyte.
MOST_TOKENS = 50_000
#: Characters; more than any county writes with.
MOST_REMEMBERED = 30_000

_known: set[str] = set()


class _Folds(dict[int, str]):
    """What each character becomes, remembered when it is met: str.translate asks for it."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        found = self._fold(chr(code))
        if len(self) < MOST_REMEMBERED:
            self[code] = found
        return found


def folded(text: str) -> str:
    """Return a text in one width and case, without what cannot be seen."""
    return text.translate(_FOLDS)


def aligned(text: str) -> str:
    """Fold a text sign by sign, so that what is found stands at the same place in the text itself."""
    return text.translate(_ALIGNED)


def _fold(character: str) -> str:
    if character in _SPACE:
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFKC", character).lower()


def _fold_in_place(character: str) -> str:
    """Leave alone what would vanish or grow: both are rare."""
    found = _fold(character)
    return found if len(found) == 1 else character


_FOLDS, _ALIGNED = _Folds(_fold), _Folds(_fold_in_place)


def runs_of(text: str) -> list[str]:
    """Return the passages of letters and figures in a text that is folded."""
    return _RUN.findall(text)


def key_of(text: str) -> str:
    """Return the letters and figures of a text alone, by which two titles are compared."""
    return "".join(runs_of(folded(text)))


def tokens(text: str) -> Iterator[str]:
    """Yield what the index keeps of a text, with repetitions."""
    for run in runs_of(folded(text)):
        if _IS_HAN.match(run):
            yield from run
            yield from pairs(run)
        else:
            yield run[:LONGEST_TOKEN]


def distinct(found: Iterable[str]) -> list[str]:
    """Return tokens without repetitions, as many as a row holds."""
    kept: dict[str, None] = {}
    for token in found:
        kept[token] = None
        if len(kept) >= MOST_TOKENS:
            break
    return list(kept)


def pairs(run: str) -> list[str]:
    """Return the pairs of neighbours of a passage."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def words(text: str) -> list[str]:
    """Return a question's words in order, each once."""
    return words_of(runs_of(folded(text)))


def words_of(runs: Iterable[str]) -> list[str]:
    """Return the words of some passages in order, each once."""
    cut: dict[str, None] = {}
    for run in runs:
        for word in rjieba.cut(run) if _IS_HAN.match(run) else [run[:LONGEST_TOKEN]]:
            cut[word] = None
    return list(cut)


def parts_of(word: str) -> list[str]:
    """Return the shorter words in a long one."""
    return [part for part in rjieba.cut_for_search(word) if 1 < len(part) < len(word)]


def asked_of(word: str) -> list[str]:
    """Return the tokens that a text must have in which a word stands."""
    found: list[str] = []
    for run in runs_of(folded(word)):
        if not _IS_HAN.match(run):
            found.append(run[:LONGEST_TOKEN])
        else:
            found += pairs(run) or [run]
    return found


def learn(names: Iterable[str]) -> None:
    """Let the process know the county's own words; knowing one too many does no harm."""
    for name in names:
        if name not in _known and len(name) > 1:
            _known.add(name)
            rjieba.add_word(name, rjieba.suggest_freq(name), "n")
