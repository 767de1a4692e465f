"""Host labels proposed from a unit's Chinese name: its pinyin, whole or by initials (S-41)."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.tenancy.labels import LONGEST, fault_of
from app.tenancy.readings import SHORT_NAMES, syllables

__all__ = ["Proposal", "fault_of", "proposals", "spellings_of", "stem_of"]

MOST = 8
TOWN = re.compile(r"(?P<place>.+?)(?P<rank>镇|乡|街道)(?:人民政府|办事处|管委会|管理委员会)?")
ENDINGS = re.compile(r"(?<=..)(?:局|办公室|委员会|中心)$")
NOT_A_LEVEL = re.compile(r"(?:市场|市政|市容|市民|区域|区划)")


@dataclass(frozen=True)
class Proposal:
    """A label, how it was made, and why it may not be had; nothing stands in its way without a fault."""

    label: str
    how: str
    fault: str | None


def proposals(name: str, *, taken: Collection[str] = (), county: str = "") -> list[Proposal]:
    """Propose labels for a unit's name, those that may be had first.

    The county's name, where it is given, is left out of the label and used to tell two apart.
    """
    made: dict[str, Proposal] = {}
    for candidate, how in _candidates(name, county):
        letters = candidate.lstrip("0123456789")
        label = letters + candidate[: len(candidate) - len(letters)]  # a label begins with a letter
        if label and label not in made:
            made[label] = Proposal(label, how, fault_of(label, taken=taken))
    found = sorted(made.values(), key=lambda proposal: proposal.fault is not None)[:MOST]
    if found and found[0].fault is not None:
        found = [*_numbered(found, taken), *found]
    return found


def stem_of(name: str, county: str = "") -> str:
    """Leave out what every unit of a county shares: the county's name before, 人民政府 behind."""
    stem = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    level = county[-1:]
    if county and stem.startswith(county):
        stem = stem[len(county) :] or stem
    elif county and level in "市区县旗" and stem.startswith(level) and not NOT_A_LEVEL.match(stem):
        stem = stem[1:] or stem
    elif not county:
        stem = re.sub(r"^(?:[\u4e00-\u9fff]{2,3}?县|县)(?=.{2})", "", stem)
    return stem


def spellings_of(name: str, county: str) -> set[str]:
    """Return the names under which the same unit may stand: with the county's name, its level, or neither."""
    stem = stem_of(name, county)
    return {name, stem, f"{county[-1:]}{stem}", f"{county}{stem}"}


def _candidates(name: str, county: str) -> Iterator[tuple[str, str]]:
    stem = stem_of(name, county)
    town = TOWN.fullmatch(stem)
    if town:
        yield from _town(town["place"], town["rank"])
    else:
        yield from _office(re.sub(r"(?<=..)人民政府$", "", stem))
    yield from _with_region(town["place"] + town["rank"] if town else stem, county or _county_in(name))


def _town(place: str, rank: str) -> Iterator[tuple[str, str]]:
    whole, rank_read = syllables(place), syllables(rank)
    yield "".join(whole), "地名全拼"
    yield _initials(whole + rank_read), "拼音首字母"
    yield "".join(whole + rank_read), "地名全拼加级别"
    yield "".join(whole) + _initials(rank_read), "地名全拼加级别首字母"


def _office(stem: str) -> Iterator[tuple[str, str]]:
    read = syllables(stem)
    short = SHORT_NAMES.get(stem, "")
    yield _initials(syllables(short)), f"简称“{short}”首字母"
    if len("".join(read)) <= LONGEST:
        yield "".join(read), "全拼"
    yield _initials(read)[:LONGEST].rstrip("-"), "拼音首字母"
    core = syllables(ENDINGS.sub("", stem))
    yield "".join(syllables(short)), f"简称“{short}”全拼"
    if len("".join(core)) <= LONGEST:
        yield "".join(core), "全拼，省去末尾"
    yield (_initials(read[:-1]) + "".join(read[-1:]))[:LONGEST], "首字母，末字全拼"
    yield ("".join(read[:1]) + _initials(read[1:]))[:LONGEST], "首字全拼，其余首字母"


def _with_region(stem: str, county: str) -> Iterator[tuple[str, str]]:
    region = _initials(syllables(county.rstrip("市区县旗")))
    own = _initials(syllables(stem))
    if region and own:
        yield f"{own}-{region}"[:LONGEST].rstrip("-"), "拼音首字母加地区"
        yield f"{region}{own}"[:LONGEST], "地区加拼音首字母"


def _county_in(name: str) -> str:
    found = re.match(r"[\u4e00-\u9fff]{2,3}?县(?=.{2})", unicodedata.normalize("NFKC", name))
    return found[0] if found else ""


def _initials(read: list[str]) -> str:
    return "".join(syllable if syllable.isdigit() else syllable[0] for syllable in read)


def _numbered(found: list[Proposal], taken: Collection[str]) -> Iterator[Proposal]:
    for proposal in found:
        for number in range(2, 100):
            label = f"{proposal.label[: LONGEST - 2]}{number}"
            if fault_of(label, taken=taken) is None:
                yield Proposal(label, f"{proposal.how}加序号", None)
                break
