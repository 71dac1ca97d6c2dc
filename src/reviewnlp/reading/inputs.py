"""Which files does the user mean? Paths, folders, globs and standard input, each file once."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewnlp.reading.formats import SUFFIXES
from reviewnlp.reading.source import Failure

URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/+(?P<rest>.*)", re.IGNORECASE)
STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its path, and its name in the report."""

    path: Path
    name: str


def shown(path: Path) -> str:
    """A path as the report names it: with `/`, bytes that are no UTF-8 escaped."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def reason(error: OSError) -> str:
    """The reason for a file that cannot be opened or read."""
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, PermissionError):
        return "no permission to read it; change its permissions"
    return f"cannot be read: {error.strerror or type(error).__name__}; check the file"


class Finder:
    """Yields each file once, however often and under whatever names it is reached."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int] | str] = set()

    def find(self, path: Path) -> Iterator[Found | Failure]:
        """Files under one path as given; a `Failure` where there are none."""
        if path == STDIN:
            if self._is_new("-"):
                yield Found(path, "-")
            return
        name = shown(path)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield from self._missing(path, name, error)
            return
        if not stat.S_ISDIR(mode):
            yield from self._file(path)
            return
        files, failures = self._walk(path)
        yield from failures
        if not files and not failures:
            yield Failure(name, f"a folder without a file to read ({', '.join(SUFFIXES)})")
        for file in files:
            yield from self._file(file)

    def _missing(self, path: Path, name: str, error: OSError | ValueError) -> Iterator[Found | Failure]:
        """What a path that is no file means: a URL, a glob, a mistake."""
        url = URL.fullmatch(str(path))
        if url:
            yield Failure(f"{url['scheme']}://{url['rest']}", "a URL; save the page first and give the file")
        elif glob.has_magic(str(path)):
            matches = [Path(match) for match in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207  Path.glob takes no absolute pattern
            if not matches:
                yield Failure(name, "no file matches the pattern; check the path")
            for match in matches:
                yield from self.find(match)
        else:
            yield Failure(name, reason(error) if isinstance(error, OSError) else "no valid path; check it")

    def _file(self, path: Path) -> Iterator[Found | Failure]:
        try:
            state = path.stat()
        except OSError as error:
            yield Failure(shown(path), reason(error))
            return
        identity = (state.st_dev, state.st_ino) if state.st_ino else os.path.realpath(path)
        if self._is_new(identity):
            yield Found(path, shown(path))

    def _walk(self, folder: Path) -> tuple[list[Path], list[Failure]]:
        """Files of known suffixes, sorted by path; links are followed, each folder entered once."""
        files: list[Path] = []
        failures: list[Failure] = []
        entered: set[tuple[int, int] | str] = set()

        def unreadable(error: OSError) -> None:
            failures.append(Failure(shown(Path(error.filename)), reason(error)))

        for root, folders, names in os.walk(folder, onerror=unreadable, followlinks=True):
            state = Path(root).stat()
            identity = (state.st_dev, state.st_ino) if state.st_ino else os.path.realpath(root)
            if identity in entered:
                folders.clear()
                continue
            entered.add(identity)
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            files.extend(
                Path(root, name)
                for name in names
                if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
            )
        return sorted(files, key=lambda file: file.parts), failures

    def _is_new(self, identity: tuple[int, int] | str) -> bool:
        known = identity in self._seen
        self._seen.add(identity)
        return not known


def find(inputs: Iterable[Path]) -> Iterator[Found | Failure]:
    """Files under all paths, each once, in the order given."""
    finder = Finder()
    for path in inputs:
        yield from finder.find(path)
