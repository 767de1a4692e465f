"""Made-up counties of any size, seeded: units with columns and years of documents, brought in by COPY.

For PostgreSQL. What a test county is founded with stays: the portal, its columns, the people. The rows are
those that the services would write, with triggers and foreign keys asleep: a million signatures take hours.
"""

import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Table

from app.content.models import Article, Column, Revision
from app.core.clock import COUNTY_ZONE, now
from app.core.database import Base
from app.documents.models import LibraryEntry
from app.portal.models import PortalEntry, PortalMonth, PortalTally
from app.portal.sameness import number_key
from app.search.models import SearchEntry, SearchText
from app.tenancy.models import Host, Tenant
from bench.indexed import index_rows

#: The last document is of today; twenty years and a million documents are one each nine minutes.
STEP = timedelta(minutes=9)
PLACES = (
    *("上塘", "桥头", "瓯北", "沙头", "岩头", "枫林", "碧莲", "大若岩", "巽宅", "鹤盛"),
    *("桥下", "黄田", "乌牛", "三江", "东城", "北城", "南城", "云岭", "茗岙", "溪下"),
)
MATTERS = (
    *("城区停水", "农田水利", "防汛防台", "道路养护", "低保申请", "义务教育招生", "医保缴费", "森林防火"),
    *(
        "食品安全抽检",
        "公租房分配",
        "垃圾分类",
        "河道清淤",
        "就业培训",
        "残疾人补贴",
        "农机购置",
        "楠溪江治理",
    ),
)
ENDINGS = {"通知": "notice", "公告": "announcement", "意见": "policy", "办法": "normative", "计划": "plan"}
PHRASES = (
    *("为进一步做好有关工作，", "根据上级部署和本县实际，", "经研究同意，", "现将有关事项通知如下。"),
    *("请各村居和有关单位认真组织实施，", "对符合条件的家庭按规定给予补助，", "于本月底前上报落实情况。"),
    *("工作人员应当在五个工作日内答复，", "逾期未提出的视为同意，", "联系电话见单位概况。"),
)
SUBJECTS = ("nlsl", "cxjs", "kjjy", "wsjk", "rsrm", "zwgk")
COLUMNS = {"tzgg": "notice", "zcwj": "policy", "gzdt": "news", "ghjh": "plan"}
KINDS = ("township", "department", "institution")
BATCH = 20_000
MODELS = (Tenant, Host, Column, Article, Revision, PortalEntry, PortalTally, PortalMonth, LibraryEntry)
#: What is counted of a portal's entries beside its own columns, and how that is told; no connection counts in
#: the part 8.
COUNTED = {
    PortalTally: {"unit_id": "unit_id"},
    PortalMonth: {"month": "to_char(published_at AT TIME ZONE 'UTC', 'YYYYMM')::int", "part": "8"},
}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Made:
    """What was made, and what of it can be asked for."""

    units: int
    articles: int
    #: The first unit's host, the path of an article of it, and that article's document number.
    host: str
    path: str
    number: str


@dataclass(frozen=True)
class Place:
    """Where articles are filed: a unit's column, and the portal's that it fills."""

    unit: int
    column: int
    slug: str
    target: int


class CountyMaker:
    """Fills the founded database behind a connection that may put triggers to sleep."""

    def __init__(self, link: psycopg.Connection[Any], seed: int) -> None:
        self.link = link
        self.chance = random.Random(seed)  # noqa: S311 - which notice is whose is no secret
        self.portal = self._number("SELECT id FROM tenant WHERE portal_id IS NULL")
        self.writer = self._number("SELECT min(id) FROM account")
        of_portal = link.execute("SELECT slug, id FROM site_column WHERE tenant_id = %s", (self.portal,))
        self.targets: dict[str, int] = dict(of_portal.fetchall())

    def make(self, units: int, articles: int) -> Made:
        """Make so many units with so many articles among them."""
        self.start = now().replace(second=0, microsecond=0) - STEP * articles
        places = list(self._places(list(self._units(units))))
        path, number = self._articles(places, articles)
        for counts, told in COUNTED.items():
            self._copy(counts, self._counted(counts, told))
        for model in MODELS:
            name = sql.Identifier(model.__tablename__)
            count = sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))")
            self.link.execute(count.format(sql.Literal(model.__tablename__), name))
        return Made(units, articles, host_of(1), path, number)

    def _units(self, count: int) -> Iterator[int]:
        first, hosts = self._next(Tenant), self._next(Host)
        tenants, names = [], []
        for at in range(count):
            name = f"{PLACES[at % len(PLACES)]}第{at + 1}办事处"
            tenant = {
                "id": first + at,
                "slug": f"u{at + 1}",
                "kind": KINDS[at % 3],
                "name": name,
                "unit": name,
            }
            tenants.append({**tenant, "portal_id": self.portal, "position": at, "opened_at": self.start})
            names.append(
                {"id": hosts + at, "name": host_of(at + 1), "tenant_id": first + at, "is_primary": True}
            )
        self._copy(Tenant, tenants)
        self._copy(Host, ({**one, "changed_at": self.start} for one in names))
        yield from range(first, first + count)

    def _places(self, units: Sequence[int]) -> Iterator[Place]:
        first = self._next(Column)
        slugs = [(unit, slug) for unit in units for slug in COLUMNS]
        places = [
            Place(unit, first + at, slug, self.targets.get(slug) or self.targets["tzgg"])
            for at, (unit, slug) in enumerate(slugs)
        ]
        self._copy(
            Column,
            (
                {"id": one.column, "tenant_id": one.unit, "slug": one.slug, "title": one.slug}
                | {"type": COLUMNS[one.slug], "portal_id": self.portal, "portal_column_id": one.target}
                for one in places
            ),
        )
        yield from places

    def _articles(self, places: Sequence[Place], count: int) -> tuple[str, str]:
        """Write so many articles, the last of them the first unit's; return its path and document number."""
        models: tuple[type[Base], ...] = (Revision, Article, PortalEntry, LibraryEntry)
        first = {model: self._next(model) for model in models}
        models += (SearchEntry, SearchText)
        rows: dict[type[Base], list[Row]] = {}
        for at in range(count):
            place = places[0] if at == count - 1 else self.chance.choice(places)
            ids = {model: start + at for model, start in first.items()}
            rows = rows or {model: [] for model in models}
            for model, row in self._article(at, place, ids).items():
                rows[model].append(row)
            if len(rows[Article]) == BATCH or at == count - 1:
                last = rows[Revision][-1]
                for model, some in rows.items():
                    self._copy(model, some)
                rows = {}
                self.link.commit()
                sys.stderr.write(f"\r{at + 1:,} of {count:,} articles")
        sys.stderr.write("\n")
        local = (self.start + STEP * (count - 1)).astimezone(COUNTY_ZONE)
        return f"/{places[0].slug}/{local:%Y/%m}/{last['article_id']}.html", last["document_number"]

    def _article(self, at: int, place: Place, ids: Mapping[type[Base], int]) -> dict[type[Base], Row]:
        moment = self.start + STEP * at
        digest = f"{at:064x}"
        revision = {
            "id": ids[Revision],
            "tenant_id": place.unit,
            "article_id": ids[Article],
            "number": 1,
            "author_id": self.writer,
            "created_at": moment,
            "digest": digest,
            **self._text(at, moment),
        }
        article = {
            "id": ids[Article],
            "tenant_id": place.unit,
            "column_id": place.column,
            "state": "published",
            "head_id": ids[Revision],
            "published_id": ids[Revision],
            "index_number": f"U{place.unit}/{moment:%Y}-{at:07d}",
            **dict.fromkeys(("first_published_at", "created_at", "changed_at"), moment),
        }
        number = revision["document_number"]
        indexed = index_rows(
            revision, article, portal=self.portal, column_type=COLUMNS[place.slug], number=number
        )
        indexed[LibraryEntry]["id"] = ids[LibraryEntry]
        return {
            Revision: revision,
            Article: article,
            **indexed,
            PortalEntry: {
                "id": ids[PortalEntry],
                "tenant_id": self.portal,
                "column_id": place.target,
                "unit_id": place.unit,
                "article_id": ids[Article],
                "number_key": number_key(number),
                "text_key": digest,
                **dict.fromkeys(("published_at", "created_at"), moment),
            },
        }

    def _text(self, at: int, moment: datetime) -> dict[str, Any]:
        choice = self.chance.choice
        place, ending = choice(PLACES), choice(list(ENDINGS))
        return {
            "title": f"关于做好{moment:%Y}年{place}{choice(MATTERS)}工作的{ending}",
            "genre": ENDINGS[ending],
            "document_number": f"永{place[0]}〔{moment:%Y}〕{at + 1}号",
            "body": "".join(f"<p>{''.join(self.chance.choices(PHRASES, k=4))}</p>" for _ in range(3)),
            "formed_on": moment.date(),
            "subject": choice(SUBJECTS),
        }

    def _counted(self, model: type[Base], told: Mapping[str, str]) -> list[Row]:
        """Return what a table counts of the new units' entries."""
        names = ("tenant_id", "column_id", *told, "listed")
        places = ", ".join(str(at + 1) for at in range(len(names) - 1))
        rows = self.link.execute(
            f"SELECT tenant_id, column_id, {', '.join(told.values())}, count(*) FROM portal_entry "  # noqa: S608
            f"WHERE unit_id >= (SELECT id FROM tenant WHERE slug = 'u1') GROUP BY {places}"
        ).fetchall()
        start = self._next(model)
        return [{"id": start + at, **dict(zip(names, row, strict=True))} for at, row in enumerate(rows)]

    def _copy(self, model: type[Base], rows: Iterable[Row]) -> None:
        """Bring rows in; what they do not say is as the model's defaults say."""
        table = model.__table__
        assert isinstance(table, Table)
        scalar = {one.name: one.default.arg for one in table.columns if one.default and one.default.is_scalar}
        names = [one.name for one in table.columns if not isinstance(one.type, JSON)]  # These begin empty.
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
        )
        # The library's tally is what triggers make of it, and of nothing else.
        role = sql.SQL("origin" if model is LibraryEntry else "replica")
        self.link.execute(sql.SQL("SET session_replication_role = {}").format(role))
        with self.link.cursor().copy(into) as copy:
            for row in rows:
                values = (row.get(name, scalar.get(name)) for name in names)
                copy.write_row([str(value) if isinstance(value, str) else value for value in values])

    def _next(self, model: type[Base]) -> int:
        highest = sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(model.__tablename__))
        return self._number(highest) + 1

    def _number(self, question: Any) -> int:
        row = self.link.execute(question).fetchone()
        return int(row[0]) if row and row[0] is not None else 0


def make_county(address: str, *, units: int, articles: int, seed: int = 2007) -> Made:
    """Fill a founded database, connecting as a superuser; show progress on standard error."""
    with psycopg.connect(address) as link:
        made = CountyMaker(link, seed).make(units, articles)
    with psycopg.connect(address, autocommit=True) as link:
        link.execute("VACUUM ANALYZE")
    return made


def host_of(number: int) -> str:
    """Return the host of the unit that was made as this one, the first being 1."""
    return f"u{number}.yj.localhost"
