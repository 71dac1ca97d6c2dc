"""How far is it? A line on the terminal for runs that take long, nothing elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

PATIENCE = 3.0  # seconds before the first line
PAUSE = 0.2  # seconds between two
CLEAR = "\r\x1b[K"


class Progress:
    """Counts documents on standard error, when it is a terminal and the run takes long.

    >>> with Progress() as progress:
    ...     analyze(paths, progress=progress)
    """

    def __init__(self) -> None:
        self.count = 0
        self._shown = False
        self._next = time.monotonic() + PATIENCE
        self._terminal = sys.stderr.isatty()

    def __call__(self, name: str) -> None:
        """Say that the document of that name comes now."""
        self.count += 1
        if self._terminal and time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE
            self._shown = True
            shown = "".join(letter if letter.isprintable() else "?" for letter in name)[-60:]
            sys.stderr.write(f"{CLEAR}document {self.count}: {shown}")
            sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()
