"""The first question of the start, in words that every Python 3 can read: is this Python new enough."""

OLDEST = (3, 11)


def refuse_old_python(version: "tuple[int, int, int]") -> None:
    """End with one line when the Python that runs us is too old for the platform."""
    if version >= OLDEST:
        return
    needed, found = (".".join(map(str, numbers)) for numbers in (OLDEST, version))
    message = "需要 Python {0} 或更新的版本，现在是 {1}。请安装 Python {0}，再用 python{0} wsgi.py 启动。"
    raise SystemExit(message.format(needed, found))
