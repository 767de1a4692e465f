"""The editor's files are put in place all together, and found again by their stamp."""

import shutil
from pathlib import Path

import pytest

from deploy.bootstrap import editor
from tests.start.command import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "package-lock.json", tmp_path)
    return tmp_path


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """Make what npm leaves: the editor, more of it than we serve, and the words of its menus."""
    folder = tmp_path / "node_modules"
    for name in (*editor.FILES, "plugins/emoticons/plugin.min.js"):
        path = folder / "hugerte" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (folder / "tinymce-i18n" / "langs6").mkdir(parents=True)
    (folder / "tinymce-i18n" / "langs6" / "zh-Hans.js").write_text('tinymce.addI18n("zh-Hans", {});')
    for name in ("LICENSE.md", "NOTICE.md"):
        (folder / "tinymce-i18n" / name).write_text(name)
    return folder


def test_only_what_is_served_is_placed(root: Path, modules: Path) -> None:
    placed = root / "vendor" / "hugerte"
    editor.place(modules, root=root, editor=placed)
    assert {name for name in editor.FILES if (placed / name).read_text() == name} == set(editor.FILES)
    assert not (placed / "plugins" / "emoticons").exists()
    assert (placed / "langs" / "zh-Hans.js").read_text().startswith("hugerte.addI18n")
    assert editor.is_fetched(root=root, editor=placed)


def test_another_lock_asks_for_fetching(root: Path, modules: Path) -> None:
    placed = root / "vendor" / "hugerte"
    editor.place(modules, root=root, editor=placed)
    (root / "package-lock.json").write_text("{}")
    assert not editor.is_fetched(root=root, editor=placed)


def test_a_file_that_is_missing_leaves_what_was_there(root: Path, modules: Path) -> None:
    placed = root / "vendor" / "hugerte"
    editor.place(modules, root=root, editor=placed)
    (modules / "hugerte" / "hugerte.min.js").unlink()
    with pytest.raises(FileNotFoundError):
        editor.place(modules, root=root, editor=placed)
    assert (placed / "hugerte.min.js").exists()
