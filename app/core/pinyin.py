"""How Chinese words are read. The table takes half a second and 56 MiB, and most processes never ask."""


def syllables_of(word: str) -> list[str]:
    """Return the syllables of a word in Latin letters without tones; what has no reading is left out."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - read when somebody asks

    return lazy_pinyin(word, style=Style.NORMAL, errors="ignore")
