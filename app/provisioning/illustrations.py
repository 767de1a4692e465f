"""Pictures that lie beside a text file and that its Markdown shows: files of the unit, as an editor's are."""

import io
import re
from pathlib import Path

from werkzeug.datastructures import FileStorage

from app.accounts.models import Account
from app.content.attachments import file_path, store
from app.core.errors import RuleBroken

SHOWN = re.compile(r'<img src="([^"/:]+)"')


def taken_along(body: str, folder: Path, by: Account) -> tuple[str, tuple[int, ...]]:
    """Keep the pictures that a text names by their files; return the text with addresses, and their ids.

    Raises RuleBroken where one is not in the folder of the text, or is refused as an upload would be.
    """
    ids: list[int] = []
    for name in dict.fromkeys(SHOWN.findall(body)):
        picture = folder / name
        if not picture.is_file():
            raise RuleBroken(f"正文里的图片“{name}”不在文件旁边，请放到同一个文件夹。")
        kept = store(FileStorage(io.BytesIO(picture.read_bytes()), name), by)
        ids.append(kept.id)
        body = body.replace(f'<img src="{name}"', f'<img src="{file_path(kept)}"')
    return body, tuple(ids)
