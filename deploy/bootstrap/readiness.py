"""What must be true before the site can start: a free port and a folder to write to."""

import errno
import os
import pwd
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.addresses import DEFAULT_PORT, addresses, trouble_with
from deploy.bootstrap.programs import StartError

if TYPE_CHECKING:
    from collections.abc import Mapping

HIGHEST_PORT = 65535


def port_asked_for(environ: "Mapping[str, str]") -> int:
    """Return the port as a number, or say that it is none."""
    text = environ.get("PORT", DEFAULT_PORT)
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    message = f"端口 PORT={text} 不是 1 到 {HIGHEST_PORT} 之间的数字，请改正后重试，例如：PORT=8000"
    raise StartError(message)


def require_free_addresses(environ: "Mapping[str, str]") -> None:
    """Say so when somebody else listens where we shall, also when only on this machine's own address."""
    for address in addresses(environ):
        trouble = trouble_with(address)
        if trouble == errno.EACCES:
            message = (
                f"没有权限使用地址 {address}：1024 以下的端口要用 root 启动，或换一个端口，例如：PORT=8000"
            )
            raise StartError(message)
        if trouble:
            message = f"地址 {address} 已被别的程序占用或不可用，请先停止它，或换一个端口，例如：PORT=8001"
            raise StartError(message)


def require_named_user() -> None:
    """Say so when who runs this has a number and no name: the tests' PostgreSQL would not start."""
    number = os.geteuid()
    try:
        pwd.getpwuid(number)
    except KeyError:
        message = (
            f"当前用户只有编号 {number}，没有用户名，PostgreSQL 不肯在它下面运行；"
            "请换一个有用户名的账号，或先用 useradd 为它建账号，再运行测试。"
        )
        raise StartError(message) from None


def data_folder(environ: "Mapping[str, str]", root: Path) -> Path:
    """Return the folder for data, made if need be, or say that nothing can be written there."""
    folder = Path(root, environ.get("DATA_DIR", "var")).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        message = (
            f"数据文件夹 {folder} 不能写入（{error.strerror}），请修改权限，或用 DATA_DIR=其他文件夹 启动。"
        )
        raise StartError(message) from error
