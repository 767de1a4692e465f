"""flask documents index: the library's index made anew, for what was public before there was one."""

from collections.abc import Iterator

import click
from sqlalchemy import select

from app.content.models import Article, Revision
from app.core.commands import CommandGroup
from app.core.database import db
from app.documents import effects, index
from app.pagecache.generations import raise_generation
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

BATCH = 500

documents = CommandGroup("documents", help="文件库：重建索引。")


@documents.command("index", help="为已公开的文件重建文件库索引和有效性标注；可以中断后再运行，没有坏处。")
def index_command() -> None:
    """Index everything public again, and say how far it has come."""
    done = 0
    for count in index_again():
        db.session.commit()
        done += count
        click.echo(f"已处理 {done} 篇。")
    click.echo(f"文件库索引已重建，共处理 {done} 篇。")


def index_again() -> Iterator[int]:
    """Index all public texts in batches; who asks commits after each."""
    last = 0
    with reaching(Reach.COUNTY):
        while batch := _after(last):
            for article, revision in batch:
                index.enter(article, revision)
                effects.settle(article)
                last = article.id
            raise_generation(*db.session.scalars(select(Tenant.id)))
            yield len(batch)


def _after(last: int) -> list[tuple[Article, Revision]]:
    shown = (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id)
    asked = select(Article, Revision).join(Revision, shown).where(Article.id > last)
    rows = db.session.execute(asked.order_by(Article.id).limit(BATCH)).all()
    return [(article, revision) for article, revision in rows]
