"""Which lines does the text have? Physical lines without white space around them, blank lines counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewnlp.annotations import BlockKind

# Every character at which a decoded file can break a line; a pair CR LF counts once.
BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Zero-width characters and the BOM carry no text, though `str.strip` keeps them.
BLANK = " \t\xa0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff\n\r\v\f\x1c-\x1f\x85\u2028\u2029"
INK = re.compile(rf"[^{BLANK}]")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch that layout treats as one: a physical line, a piece of it, or several joined.

    `start` and `end` are half-open code points of the document, white space trimmed; `gap` is how many
    blank lines stand before; `fresh` is whether the line begins on a line of its own (a piece that was
    cut out of the middle of a physical line does not); `given` is the kind that the format itself tells.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    fresh: bool = True
    given: BlockKind | None = None


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space and zero-width characters at its ends; empty when there is no more."""
    first = INK.search(text, start, end)
    if first is None:
        return start, start
    while end > first.start() and not INK.match(text, end - 1):
        end -= 1
    return first.start(), end


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that hold more than white space, in order."""
    lines: list[Line] = []
    position = gap = 0
    while position <= len(text):
        match = BREAK.search(text, position)
        stop = match.start() if match else len(text)
        start, end = trimmed(text, position, stop)
        if start < end:
            lines.append(Line(start, end, text[start:end], gap if lines else 0))
            gap = 0
        else:
            gap += 1
        position = match.end() if match else len(text) + 1
    return lines
