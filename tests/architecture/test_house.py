"""The house's rules on files: how long, how named, in which language, and that each says what it is for."""

import ast
import io
import re
import tokenize
from pathlib import Path

from app.config import PREFIX, ROOT, Defaults

FOLDERS = ("app", "deploy", "migrations", "tests")
SOURCES = [*sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")), ROOT / "wsgi.py"]
TEMPLATES = sorted([*(ROOT / "app").rglob("*.html"), *(ROOT / "themes").rglob("*.html")])
FORBIDDEN_NAMES = re.compile(r"^(utils?|helpers?|common|misc|base|manager|handler|processor|tools)$")
LONGEST, LONGEST_TEST, LONGEST_TEMPLATE, LONGEST_FUNCTION = 300, 400, 120, 40
PROMISE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
HAN = re.compile(r"[\u3400-\u9fff]+")
#: A term of the glossary beside its English word is no sentence in Chinese.
LONGEST_TERM = 12
#: What starts other programs hands settings on to them.
SET_FOR_OTHERS = {"app/embedded.py"}
#: The one package whose __init__ composes; all others only exist.
COMPOSES = ROOT / "app" / "__init__.py"


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    return where(path).startswith(("tests/", "migrations/"))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_file_is_short_enough_to_be_read() -> None:
    lengths = {where(path): (text_of(path).count("\n"), path) for path in SOURCES}
    too_long = [
        (name, lines)
        for name, (lines, path) in lengths.items()
        if lines > (LONGEST_TEST if is_test(path) else LONGEST)
    ]
    assert too_long == []


def test_every_function_is_short_enough_to_be_seen_whole() -> None:
    """A migration's is not: a table has as many columns as it has."""
    too_long = [
        (where(path), node.name)
        for path in SOURCES
        if not where(path).startswith("migrations/")
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []


def test_every_file_is_named_by_its_idea() -> None:
    named = [
        path
        for path in SOURCES
        if FORBIDDEN_NAMES.match(path.stem) or FORBIDDEN_NAMES.match(path.parent.name)
    ]
    assert [where(path) for path in named] == []


def test_every_module_says_what_it_is_for() -> None:
    packages = [path for path in SOURCES if path.name == "__init__.py" and path != COMPOSES]
    assert [where(path) for path in packages if text_of(path)] == []
    silent = [path for path in SOURCES if path not in packages and not _says_what_it_is_for(path)]
    assert [where(path) for path in silent] == []


def _says_what_it_is_for(path: Path) -> bool:
    docstring = ast.get_docstring(ast.parse(text_of(path))) or ""
    return docstring.split("\n\n")[0].rstrip().endswith((".", "!", "?", ":"))


def test_comments_are_in_english_and_promise_nothing() -> None:
    faults = [
        (where(path), comment)
        for path in SOURCES
        for comment in _comments_of(path)
        if PROMISE.search(comment) or any(len(run) > LONGEST_TERM for run in HAN.findall(comment))
    ]
    assert faults == []


def _comments_of(path: Path) -> list[str]:
    """Return comments and docstrings, but for those of commands, which their users read."""
    text = text_of(path)
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    nodes = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, DOCUMENTED) and not _is_command(node)
    ]
    return comments + [ast.get_docstring(node) or "" for node in nodes]


def _is_command(node: ast.AST) -> bool:
    decorators = [ast.unparse(one) for one in getattr(node, "decorator_list", ())]
    return any("command" in one or "group" in one for one in decorators)


def test_every_template_is_short_enough_to_be_read() -> None:
    assert [where(path) for path in TEMPLATES if text_of(path).count("\n") > LONGEST_TEMPLATE] == []


def test_the_readme_lists_every_setting() -> None:
    readme = text_of(ROOT / "README.md")
    settings = [f"{PREFIX}{name}" for name in vars(Defaults) if name.isupper()]
    assert [name for name in settings if name not in readme] == []


def test_settings_are_read_in_one_place() -> None:
    """A setting that is read past the list would be missing in the README."""
    readers = [where(path) for path in SOURCES if where(path).startswith("app/") and _reads_environment(path)]
    assert set(readers) <= {"app/config.py", *SET_FOR_OTHERS}


def _reads_environment(path: Path) -> bool:
    nodes = ast.walk(ast.parse(text_of(path)))
    return "os.environ" in {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
