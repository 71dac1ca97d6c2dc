"""On which line does a character stand?"""

from __future__ import annotations

import re
from bisect import bisect_right

LINE_END = re.compile(r"\r\n|\r|\n")


class LineIndex:
    """Line numbers of one text, counted from 1 as an editor counts: LF, CR LF and CR end a line."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def line(self, offset: int) -> int:
        """Number of the line that holds the code point at `offset`."""
        return bisect_right(self._starts, offset)
