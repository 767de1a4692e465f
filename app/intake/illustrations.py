"""Pictures out of a document become files of the unit, and the body names them."""

import re

from app.accounts.models import Account
from app.content.attachments import file_path, keep
from app.content.filetypes import TYPES, checked
from app.core.errors import RuleBroken
from app.core.html import clean, described
from app.intake.document import Intake, placeholder

#: Descriptions that a program wrote: the picture's file, or only that it is a picture.
WRITTEN_BY_PROGRAM = re.compile(
    r"[\\/]|\.(?:png|jpe?g|gif|bmp|webp|emf|wmf)$|^(?:图片|图像|Picture|Image|IMG|截图|微信)[\s_\-\d]*|^\w*\d{6,}\w*$",
    re.IGNORECASE,
)
FORMATS = ("jpg", "png", "gif", "webp")


def placed(taken: Intake, by: Account) -> tuple[str, list[int], list[str]]:
    """Store the pictures; return the body with their addresses, their ids, and what is wrong with others."""
    body, ids, faults = taken.body, [], []
    descriptions = {}
    for number, picture in enumerate(taken.pictures):
        address = placeholder(number)
        if address not in body:
            continue
        try:
            attachment = keep(f"图片{number + 1}", *_as_picture(number, picture.content), by)
        except RuleBroken as refusal:
            faults.append(refusal.message)
            continue
        ids.append(attachment.id)
        body = body.replace(address, file_path(attachment))
        descriptions[attachment.token] = _description(picture.description)
    return _without_leftovers(described(body, descriptions), len(taken.pictures)), ids, faults


def _as_picture(number: int, content: bytes) -> tuple[str, bytes]:
    for extension in FORMATS:
        if any(content.startswith(magic) for magic in TYPES[extension].magic):
            return checked(f"图片{number + 1}.{extension}", content)
    raise RuleBroken(f"第 {number + 1} 张图片的格式不能在网页上显示，没有带进来。请另存为 PNG 后插入正文。")


def _description(given: str) -> str:
    words = " ".join(given.split())
    return "" if WRITTEN_BY_PROGRAM.search(words) else words


def _without_leftovers(body: str, number_of_pictures: int) -> str:
    """Leave out pictures that could not be kept: their addresses lead nowhere."""
    for number in range(number_of_pictures):
        body = re.sub(rf'<img src="{placeholder(number)}"[^>]*>', "", body)
    return clean(body)
