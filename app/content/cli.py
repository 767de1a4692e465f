"""flask pictures make: measures and smaller sizes for pictures that were taken in before sizes were made."""

from collections.abc import Iterator

import click
from sqlalchemy import select

from app.content.attachments import content_of, keep_sizes
from app.content.models import Attachment
from app.content.pictures import FORMATS, measured
from app.core.commands import CommandGroup
from app.core.database import db
from app.pagecache.generations import raise_generation
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

BATCH = 50

pictures = CommandGroup("pictures", help="图片：补做尺寸和小图。")


@pictures.command("make", help="为升级前上传的图片记下尺寸、生成小图；可以中断后再运行，没有坏处。")
def make() -> None:
    """Make what is missing, and say how far it has come."""
    done, faulty = 0, 0
    with reaching(Reach.COUNTY):
        for batch in _unmeasured():
            faulty += sum(not _make(one) for one in batch)
            done += len(batch)
            db.session.commit()
            click.echo(f"已处理 {done} 张图片。")
        raise_generation(*db.session.scalars(select(Tenant.id)))
        db.session.commit()
    click.echo(f"完成，共处理 {done} 张图片，其中 {faulty} 张读不出，仍按原样显示。")


def _unmeasured() -> Iterator[list[Attachment]]:
    last = 0
    asked = select(Attachment).where(Attachment.extension.in_(FORMATS), Attachment.width.is_(None))
    while batch := db.session.scalars(
        asked.where(Attachment.id > last).order_by(Attachment.id).limit(BATCH)
    ).all():
        last = batch[-1].id
        yield list(batch)


def _make(file: Attachment) -> bool:
    """Return whether the picture could be read; one that is lost or broken stays as it is."""
    try:
        found = measured(file.extension, content_of(file))
    except FileNotFoundError:
        return False
    keep_sizes(file, found)
    file.width, file.height, file.sizes = found.width, found.height, " ".join(found.sizes)
    return found.width is not None
