"""Where does the result go? Whole into a file or not at all, or to standard output."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

import click

PLAIN_WIDTH = 100
WIDEST = 120  # longer lines are hard to read


def check_target(path: Path) -> None:
    """Raise a usage error where the file cannot be written, before any work is done."""
    if path.is_dir():
        raise click.UsageError(f"-o {path}: is a folder; give the name of a file in it")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise click.UsageError(f"-o {path}: there is no folder {path.parent}; make it first")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise click.UsageError(f"-o {path}: no permission to write there")


def write(content: str, path: Path | None) -> None:
    """Write to the file, or to standard output as UTF-8 where there is none.

    A file is replaced in one step, so that a reader sees the old content or the new one, never
    half; what is no regular file (a pipe, a device) is written to directly.
    """
    if path is None:
        _print(content)
        return
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content.encode())
        else:
            _replace(target, content.encode())
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be written: {error.strerror}") from error


def _print(content: str) -> None:
    """Write to standard output; a reader that leaves early (`head`, a pager) has what it wanted."""
    stream = sys.stdout.buffer
    try:
        stream.write(content.encode())
        stream.flush()
    except BrokenPipeError:
        # what is left in the buffer goes nowhere, else Python complains when it exits
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target, then rename; the temporary file never outlives a failure."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's mask, which can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def terminal_width() -> int:
    """Columns of the terminal, or a readable width where there is none."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return PLAIN_WIDTH
    return min(columns, WIDEST) if columns else PLAIN_WIDTH


def colour_refused() -> bool:
    """Whether the user wants no colours (no-color.org) or the terminal has none."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
