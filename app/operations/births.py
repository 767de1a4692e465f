"""Opening subsites in the office: one transaction each, in the operator's name."""

import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations.guard import TAKEN_MEANWHILE
from app.provisioning.apply import kinds
from app.provisioning.identity import site_of
from app.provisioning.lists import UnitRequest, requests_in
from app.provisioning.opening import Opener, open_unit, tenant_by_slug
from app.provisioning.platform import template_author
from app.provisioning.requests import spec_of
from app.tenancy.models import Tenant, TenantState
from app.tenancy.naming import stem_of

#: Rows that one request opens.
AT_ONCE = 10
KEPT_FOR = 7 * 24 * 3_600  # seconds
TOKEN = re.compile(r"[0-9a-f]{32}")
WAITS, OPENED, STANDS, FAILED = "waits", "opened", "stands", "failed"


def open_one(portal_id: int, signer_id: int, name: str, kind: str, **places: str) -> Tenant:
    """Open a subsite at the places given (slug, host, url), or where its name proposes; the caller commits.

    One opening at a time for each portal, so that of two operators with the same label one is told so.
    """
    portal = db.session.scalars(select(Tenant).where(Tenant.id == portal_id).with_for_update()).one()
    spec = spec_of(name, kind, portal, **places)
    opener = Opener(template_author(), db.session.get_one(Account, signer_id))
    for _ in open_unit(spec, kinds()[kind], portal, opener):
        pass
    tenant = tenant_by_slug(spec.slug)
    assert tenant is not None
    return tenant


@dataclass(frozen=True)
class Row:
    """One row of a file: what is asked for, and what has become of it."""

    line: int
    name: str
    kind: str
    slug: str
    host: str
    state: str
    #: Why it failed, or would.
    fault: str = ""
    #: Where an independent unit keeps its own site.
    url: str = ""


@dataclass
class Batch:
    """A file of units to open, kept in the data folder until it is done, so that it can be taken up again."""

    token: str
    portal_id: int
    signer_id: int
    is_begun: bool
    rows: list[Row]

    @classmethod
    def received(cls, raw: bytes, portal: Tenant, signer: Account) -> Self:
        """Keep a file as it came; reading it is for the page that shows it, since that changes nothing."""
        batch = cls(secrets.token_hex(16), portal.id, signer.id, is_begun=False, rows=[])
        (_folder() / f"{batch.token}.csv").write_bytes(raw)
        batch.keep()
        return batch

    @classmethod
    def find(cls, token: str, signer_id: int) -> Self | None:
        """Return the operator's own batch."""
        path = _folder() / f"{token}.json"
        if not TOKEN.fullmatch(token) or not path.is_file():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["signer_id"] != signer_id:
            return None
        return cls(**{**kept, "rows": [Row(**row) for row in kept["rows"]]})

    def foresee(self) -> None:
        """Find out what would happen with each row, once; nothing is opened yet.

        Raises RuleBroken where the file as a whole cannot be read.
        """
        if self.rows:
            return
        portal = db.session.get_one(Tenant, self.portal_id)
        standing = {
            stem_of(tenant.unit, portal.county): tenant.slug
            for tenant in db.session.scalars(
                select(Tenant).where(Tenant.portal_id == portal.id, Tenant.state == TenantState.OPEN)
            )
        }
        raw = (_folder() / f"{self.token}.csv").read_bytes()
        self.rows = [
            _foreseen(request, standing.get(stem_of(request.name, portal.county)))
            for request in requests_in(raw, portal)
        ]
        self.keep()

    def keep(self) -> None:
        """Write the batch down; a reader sees it before or after, never half."""
        path = _folder() / f"{self.token}.json"
        unfinished = path.with_suffix(f".{os.getpid()}.new")
        unfinished.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        unfinished.replace(path)

    def count(self, *states: str) -> int:
        """Return how many rows are in one of the states."""
        return sum(row.state in states for row in self.rows)

    @property
    def shown(self) -> list[Row]:
        """The rows to look at: all before and after, only what failed while it goes on."""
        is_running = self.is_begun and not self.is_done
        return [row for row in self.rows if row.state == FAILED] if is_running else self.rows

    @property
    def is_done(self) -> bool:
        return self.is_begun and not self.count(WAITS)

    def go_on(self) -> None:
        """Open the next rows, each in a transaction of its own; what cannot be opened stops no other."""
        self.foresee()
        self.is_begun = True
        waiting = [place for place, row in enumerate(self.rows) if row.state == WAITS]
        for place in waiting[:AT_ONCE]:
            self.rows[place] = self._opened(self.rows[place])
        self.keep()

    def _opened(self, row: Row) -> Row:
        try:
            # The page was sent twice, or taken up again after a stop.
            if site_of(row.name, db.session.get_one(Tenant, self.portal_id)):
                return replace(row, state=STANDS)
            places = {"slug": row.slug, "host": row.host, "url": row.url}
            open_one(self.portal_id, self.signer_id, row.name, row.kind, **places)
            db.session.commit()
        except RuleBroken as broken:
            db.session.rollback()
            return replace(row, state=FAILED, fault=broken.message)
        except IntegrityError:
            db.session.rollback()
            return replace(row, state=FAILED, fault=TAKEN_MEANWHILE)
        return replace(row, state=OPENED)


def _foreseen(request: UnitRequest, slug: str | None) -> Row:
    """Return what would happen with a row, whose unit may have a subsite with this slug."""
    row = Row(request.line, request.name, request.kind, request.slug, request.host, WAITS, url=request.url)
    if slug is None:
        return replace(row, state=FAILED, fault=request.fault) if request.fault else row
    if request.slug in ("", slug) or not request.fault:
        return replace(row, state=STANDS, slug=slug)
    return replace(row, state=FAILED, fault=f"“{request.name}”已有子站（{slug}），一个单位只开设一个网站。")


def _folder() -> Path:
    folder = Path(current_app.config["DATA_DIR"]) / "run" / "batches"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in _outdated(folder):
        old.unlink(missing_ok=True)
    return folder


def _outdated(folder: Path) -> Iterator[Path]:
    latest = time.time() - KEPT_FOR
    return (path for path in folder.iterdir() if path.stat().st_mtime < latest)
