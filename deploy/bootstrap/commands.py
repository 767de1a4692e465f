"""The commands of `python3 wsgi.py`: a table, and the few steps that each of them takes."""

import os
from typing import TYPE_CHECKING, NamedTuple

from deploy.bootstrap import checks, editor, engines, packages, readiness
from deploy.bootstrap.lock import lock as write_lock
from deploy.bootstrap.places import ROOT, VENV, python_of
from deploy.bootstrap.programs import StartError, become, say
from deploy.front import nginx as nginx_front

if TYPE_CHECKING:
    from collections.abc import Callable

INTERRUPTED = 130


def run(_words: list[str]) -> int:
    """Serve the site; the rest of the start happens inside the environment."""
    port = readiness.port_asked_for(os.environ)
    readiness.require_free_addresses(os.environ)
    data = readiness.data_folder(os.environ, ROOT)
    packages.install("core")
    editor.fetch()
    become([python_of(VENV), "-m", "app.start"], {"PORT": str(port), "DATA_DIR": str(data)})


def front(_words: list[str]) -> int:
    """Serve the site behind nginx, which answers finished pages by itself."""
    nginx = nginx_front.program(os.environ)
    port = readiness.port_asked_for(os.environ)
    readiness.require_free_addresses(os.environ)
    data = readiness.data_folder(os.environ, ROOT)
    packages.install("core")
    editor.fetch()
    return nginx_front.serve(nginx, python_of(VENV), data, port)


def setup(_words: list[str]) -> int:
    """Install what the site needs and start nothing."""
    packages.install("core")
    editor.fetch(insist=True)
    return 0


def test(words: list[str]) -> int:
    """Install what the tests need and run them; further words are pytest's."""
    readiness.require_named_user()
    packages.install("test")
    editor.fetch(insist=True)
    engines.install()
    become([python_of(VENV), "-m", "pytest", "-n", "auto", *words], _kept_code())


def _kept_code() -> dict[str, str]:
    """Let tests keep compiled code where the machine forbids it: away from the sources, in the environment.

    They start some hundred processes, each of which would compile two thousand files for as long as it runs.
    """
    if not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return {}
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(VENV / "compiled")}


def check(_words: list[str]) -> int:
    """Check the code without running it."""
    packages.install("test")
    return 1 if checks.check() else 0


def format_code(_words: list[str]) -> int:
    """Bring the code into the one format."""
    packages.install("test")
    return checks.format_code()


def lock(_words: list[str]) -> int:
    """Pin the packages that setup.cfg names."""
    packages.install("test")
    return write_lock()


def _of_bench(module: str) -> "Callable[[list[str]], int]":
    """Make the command that hands its words to one of the measuring programs."""

    def command(words: list[str]) -> int:
        packages.install("test")
        engines.install()
        become([python_of(VENV), "-m", module, *words])

    return command


class Command(NamedTuple):
    act: "Callable[[list[str]], int]"
    purpose: str


COMMANDS = {
    "run": Command(run, "启动网站（环境变量 PORT 为端口，DATA_DIR 为数据文件夹）"),
    "front": Command(front, "启动网站，由 nginx 在前面直接送出已生成的页面（需已安装 nginx）"),
    "test": Command(test, "安装测试环境并运行全部测试（后面可加 pytest 的参数）"),
    "check": Command(check, "检查代码的格式、规则、类型和层次"),
    "format": Command(format_code, "统一代码格式"),
    "setup": Command(setup, "只安装，不启动"),
    "lock": Command(lock, "按 setup.cfg 重新锁定软件包的版本"),
    "bench": Command(_of_bench("bench"), "测量性能"),
    "screenshots": Command(_of_bench("bench.screenshots"), "重新截取说明文档里的图片"),
    "gallery": Command(_of_bench("bench.gallery"), "把每种页面在每个主题下截成图片，供查看"),
    "looks": Command(
        _of_bench("bench.likeness"), "比较每种页面在每个主题下的样子和留存的是否一样（--keep 重新留存）"
    ),
    "matrix": Command(_of_bench("bench.matrix"), "检查每种页面在每个主题、配色、显示方式和宽度下的无障碍"),
    "audit": Command(_of_bench("bench.audit"), "用 Lighthouse 和 Nu 核对页面（需 node、npm 和 Java）"),
}


def main(words: list[str]) -> int:
    """Carry out the command that the words name, and end with one line where it cannot be done."""
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        say(_usage())
        return 0 if words in (["help"], ["--help"], ["-h"]) else 2
    os.chdir(ROOT)
    try:
        return command.act(words[1:])
    except StartError as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt:
        say("已中断；再次运行会接着做完。")
        return INTERRUPTED


def _usage() -> str:
    lines = [f"  {name:<12}{command.purpose}" for name, command in COMMANDS.items()]
    return "\n".join(["用法：python3 wsgi.py 命令", *lines])
