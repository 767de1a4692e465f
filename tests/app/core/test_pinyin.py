"""How words are read."""

from app.core.pinyin import syllables_of


def test_words_are_read_without_tones() -> None:
    assert syllables_of("绿水") == ["lv", "shui"]
    assert syllables_of("水利局2007") == ["shui", "li", "ju"]
