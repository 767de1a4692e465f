"""Small pictures made for tests."""

import io

from PIL import Image


def a_picture(form: str = "png", *, size: tuple[int, int] = (40, 30)) -> io.BytesIO:
    """Return a picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, "#0f4a8c").save(written, format=form)
    written.seek(0)
    return written
