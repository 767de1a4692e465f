"""Old Office and WPS files through LibreOffice, where it is installed; elsewhere a clear word about it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from app.extraction.passages import UnreadableError
from app.extraction.readers.identity import refuse_disguised

#: What each old format becomes.
OLD = {"doc": "docx", "wps": "docx", "xls": "xlsx", "et": "xlsx", "ppt": "pptx"}
#: Sets the limits, then becomes the program.
LAUNCH = (
    "import os, sys; from child import limit; limit(*map(int, sys.argv[1:4])); "
    "os.execv(sys.argv[4], sys.argv[4:])"
)
MEMORY, CPU_SECONDS, LARGEST_FILE = 2 * 1024**3, 40, 100 * 1024 * 1024
#: It takes several seconds to start, so it is not held to the five of the readers.
SECONDS = 40
FAILED = "旧格式文件没有转换成功。请在 Word 或 WPS 里另存为 .{new} 后再试。"
MISSING = "这台服务器没有安装 LibreOffice，读不了 .{old} 文件。请在 Word 或 WPS 里另存为 .{new} 后再试。"


def converted(content: bytes, extension: str) -> tuple[bytes, str]:
    """Return a file of an old format in its new one; any other as it is.

    Raises UnreadableError where that cannot be done.
    """
    new = OLD.get(extension)
    if new is None:
        return content, extension
    refuse_disguised(content, extension)
    program = shutil.which("soffice")
    if program is None:
        raise UnreadableError(MISSING.format(old=extension, new=new))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"file.{extension}"
        source.write_bytes(content)
        _run(program, folder, source, new)
        made = source.with_suffix(f".{new}")
        if not made.is_file():
            raise UnreadableError(FAILED.format(new=new))
        return made.read_bytes(), new


def _run(program: str, folder: str, source: Path, new: str) -> None:
    """Convert under limits, with a profile of its own; the whole group ends with the time."""
    limits = [str(one) for one in (MEMORY, CPU_SECONDS, LARGEST_FILE)]
    options = ["--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
    command = [sys.executable, "-c", LAUNCH, *limits, program, *options]
    process = subprocess.Popen(  # noqa: S603 - a program of the system; the file's name is our own
        [*command, "--convert-to", new, "--outdir", folder, str(source)],
        cwd=folder,
        env={"PATH": os.defpath, "HOME": folder, "PYTHONPATH": str(Path(__file__).parent), "LANG": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableError(FAILED.format(new=new)) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
