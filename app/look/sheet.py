"""The form in which a look is arranged, as it is typed: shown again word for word where it is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from app.look.blocks import AREAS, KINDS, MOST_BLOCKS, MOST_ITEMS, Arranged
from app.look.design import SORTS, Design, Friend
from app.look.friends import MOST_FRIENDS, checked_friend
from app.theming.theme import Theme

LONGEST_TITLE, LONGEST_NOTE, MOST_NOTES = 20, 80, 5
LONGEST_SAYING = 60
SPARE_FRIENDS = 2
#: More rows than anybody types; what a program sends beyond them is not looked at.
MOST_ROWS = 200


@dataclass(frozen=True)
class Row:
    """A block as it is typed."""

    kind: str
    title: str = ""
    count: str = ""
    source: str = ""
    area: str = ""
    #: Where it shall stand; rows are put in the order of these numbers.
    place: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that was typed, and what is wrong with it."""

    palette: str
    rows: tuple[Row, ...]
    #: Slugs of columns with the number typed beside each.
    menu: tuple[tuple[str, str], ...]
    notes: str
    friends: tuple[Friend, ...]
    logo_says: str = ""
    banner_says: str = ""
    wrong: tuple[str, ...] = field(default=())

    @property
    def spare_friends(self) -> tuple[Friend, ...]:
        """Empty lines to fill in."""
        return (Friend("other", "", ""),) * SPARE_FRIENDS


def sheet_of(design: Design, slugs: Iterable[str]) -> Sheet:
    """Fill the form from a look."""
    first = [one for one in design.menu if one in (known := list(slugs))]
    ordered = [*first, *(one for one in known if one not in first)] if first else list(slugs)
    return Sheet(
        palette=design.palette,
        rows=numbered(
            Row(one.kind, one.title, str(one.count or ""), one.source, one.area) for one in design.blocks
        ),
        menu=tuple((slug, str(n)) for n, slug in enumerate(ordered, 1)),
        notes="\n".join(design.notes),
        friends=design.friends,
        logo_says=design.logo.says if design.logo else "",
        banner_says=design.banner.says if design.banner else "",
    )


def sheet_from(form: MultiDict[str, str]) -> Sheet:
    """Read what was sent, whatever it is; rows stand in the order of their numbers, moved as asked."""
    names = ("kind", "block_title", "count", "source", "area", "place")
    columns = [form.getlist(name)[:MOST_ROWS] for name in names]
    rows = [Row(*each) for each in zip(*columns, strict=False) if each[0] in KINDS]
    rows.sort(key=lambda row: _number(row.place))
    rows = _moved(rows, form.get("move", ""))
    if (added := form.get("add", "")) in KINDS and "add_block" in form:
        rows.append(Row(added))
    menu = list(
        zip(form.getlist("menu_slug")[:MOST_ROWS], form.getlist("menu_place")[:MOST_ROWS], strict=False)
    )
    menu.sort(key=lambda one: _number(one[1]))
    friends = zip(
        *(form.getlist(f"friend_{name}")[:MOST_ROWS] for name in ("sort", "title", "url")), strict=False
    )
    return Sheet(
        palette=form.get("palette", ""),
        rows=numbered(rows),
        menu=tuple((slug, str(n)) for n, (slug, _) in enumerate(menu, 1)),
        notes=form.get("notes", "")[:2_000],
        friends=tuple(
            Friend(*(part.strip() for part in one)) for one in friends if one[1].strip() or one[2].strip()
        ),
        logo_says=form.get("logo_says", "").strip(),
        banner_says=form.get("banner_says", "").strip(),
    )


def numbered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Give each row the number of its place."""
    return tuple(replace(row, place=str(n)) for n, row in enumerate(rows, 1))


def design_from(
    sheet: Sheet, before: Design, theme: Theme, sources: Mapping[str, str]
) -> tuple[Design, Sheet]:
    """Make a look of what was typed; the sheet comes back with what is wrong, in the words of the screen."""
    wrong: list[str] = []
    if sheet.palette not in theme.palettes:
        wrong.append("配色：请从列表中选择一种。")
    blocks = tuple(_arranged(row, sources, wrong) for row in sheet.rows)
    wrong += _amounts(blocks)
    notes = tuple(line.strip() for line in sheet.notes.splitlines() if line.strip())
    if len(notes) > MOST_NOTES or any(len(line) > LONGEST_NOTE for line in notes):
        wrong.append(f"页脚文字：最多 {MOST_NOTES} 行，每行不超过 {LONGEST_NOTE} 个字。")
    if len(sheet.friends) > MOST_FRIENDS:
        wrong.append(f"友情链接：最多 {MOST_FRIENDS} 条。")
    friends = tuple(checked_friend(one, n, wrong) for n, one in enumerate(sheet.friends[:MOST_FRIENDS], 1))
    if max(len(sheet.logo_says), len(sheet.banner_says)) > LONGEST_SAYING:
        wrong.append(f"图片说明：不超过 {LONGEST_SAYING} 个字。")
    menu = tuple(slug for slug, _ in sheet.menu if slug in sources)
    design = replace(before, palette=sheet.palette, blocks=blocks, menu=menu, notes=notes, friends=friends)
    return design, replace(sheet, wrong=tuple(wrong))


def words_of(design: Design) -> dict[str, str]:
    """Return what visitors would read of a unit's own words, by labels, for the checks."""
    titles = {f"第 {n} 块的标题": one.title for n, one in enumerate(design.blocks, 1) if one.title}
    friends = {f"链接 {n} 的名称": one.title for n, one in enumerate(design.friends, 1)}
    pictures = {
        name: picture.says
        for name, picture in (("标志说明", design.logo), ("横幅说明", design.banner))
        if picture and picture.says
    }
    notes = {"页脚文字": "\n".join(design.notes)} if design.notes else {}
    return {**titles, **friends, **pictures, **notes}


def as_data(sheet: Sheet) -> dict[str, Any]:
    """Return the sheet as plain data."""
    return asdict(sheet)


def _arranged(row: Row, sources: Mapping[str, str], wrong: list[str]) -> Arranged:
    about, where = KINDS[row.kind], f"第 {row.place} 块“{KINDS[row.kind].label}”"
    title, count = row.title.strip(), row.count.strip()
    if len(title) > LONGEST_TITLE:
        wrong.append(f"{where}：标题不超过 {LONGEST_TITLE} 个字。")
    number = int(count) if count.isascii() and count.isdecimal() and len(count) <= 2 else 0  # noqa: PLR2004 - digits
    if about.count and count and not 1 <= number <= MOST_ITEMS:
        wrong.append(f"{where}：条数请填 1 到 {MOST_ITEMS} 的数字。")
    source = row.source if about.has_source else ""
    if source and source not in sources:
        wrong.append(f"{where}：选的栏目已经不在，请重新选择。")
    if row.kind == "column" and not source:
        wrong.append(f"{where}：请选择显示哪个栏目。")
    return Arranged(
        row.kind, title, number if about.count else 0, source, row.area if row.area in AREAS else ""
    )


def _amounts(blocks: tuple[Arranged, ...]) -> list[str]:
    wrong = []
    if len(blocks) > MOST_BLOCKS:
        wrong.append(f"首页最多放 {MOST_BLOCKS} 块，请去掉几块。")
    kinds = [one.kind for one in blocks]
    for kind, about in KINDS.items():
        if kinds.count(kind) > 1 and not about.repeats:
            wrong.append(f"“{about.label}”只能放一块，请去掉多余的。")
        if about.is_fixed and kind not in kinds:
            wrong.append(f"“{about.label}”是县里要求必须有的，请加回来。")
    return wrong


def _moved(rows: list[Row], asked: str) -> list[Row]:
    """Move a row one up or down, or leave it out: ``up-2``, ``down-2``, ``out-2``, by its present place."""
    act, _, number = asked.partition("-")
    at = _index(number, len(rows))
    if at is None:
        return rows
    if act == "out" and not KINDS[rows[at].kind].is_fixed:
        return [*rows[:at], *rows[at + 1 :]]
    to = {"up": at - 1, "down": at + 1}.get(act, at)
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return rows


def _index(number: str, length: int) -> int | None:
    given = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0  # noqa: PLR2004 - digits
    return given - 1 if 1 <= given <= length else None


def _number(place: str) -> float:
    """Return where a row shall stand; what is no number stands last."""
    try:
        number = float(place[:12])
    except ValueError:
        return float("inf")
    return number if number == number else float("inf")  # noqa: PLR0124 - what is not a number is not itself


#: The sorts of links, for the form.
FRIEND_SORTS = SORTS
