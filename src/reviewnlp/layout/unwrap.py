"""Was the text wrapped at a fixed width? If so, joins the lines of a paragraph again.

In a wrapped text a line ends where the next line's first word would not have fitted. Where nearly all
breaks between neighbouring lines are such, the breaks that are not end a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from reviewnlp.layout.cues import read_quote
from reviewnlp.layout.lines import Line
from reviewnlp.layout.replies import folded

NARROWEST, WIDEST = 36, 130
LEAST_BREAKS = 6  # fewer breaks prove nothing
SHARE = 0.66  # of the breaks between neighbouring lines that the width must explain
OUTLIERS = 0.02  # lines longer than the width: unbreakable addresses

QUOTE_WINDOW = 20_000  # characters before a quotation in which its source is looked for
QUOTED_WORDS = 3
LONGEST_QUOTATION = 2_000

BREAK_SIGN = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
FIRST_WORD = re.compile(r"\S{1,60}")


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Width at which the lines were wrapped, None where they were not."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < LEAST_BREAKS:
        return None
    width = lengths[int((len(lengths) - 1) * (1 - OUTLIERS))]
    if not NARROWEST <= width <= WIDEST:
        return None
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap]
    full = sum(_is_full(a, b, width) for a, b in pairs)
    return width if full >= LEAST_BREAKS and full >= SHARE * len(pairs) else None


def join_wrapped(text: str, lines: Sequence[Line], begins: Callable[[str], bool]) -> list[Line]:
    """The lines with wrapped ones joined; `begins` says that a line goes on no earlier one.

    In a joined line's `text` the line breaks are spaces, as many, so that its offsets hold.
    """
    width = wrap_width(lines)
    if width is None:
        return list(lines)
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if (
            last is not None
            and not line.gap
            and _is_full(last, line, width)
            and not begins(line.text)
            and not _ends_quotation(text, joined[-1], line)
        ):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
        last = line
    return [replace(line, text=BREAK_SIGN.sub(" ", text[line.start : line.end])) for line in joined]


def _ends_quotation(text: str, quotation: Line, following: Line) -> bool:
    """Whether a full line that quotes ends there: its words and the next ones do not stand so earlier."""
    if quotation.end - quotation.start > LONGEST_QUOTATION:
        return False
    quote = read_quote(text[quotation.start : quotation.end].replace("\n", " "))
    if quote is None or quote.kind == "reply":
        return quote is not None
    earlier = folded(text[max(0, quotation.start - QUOTE_WINDOW) : quotation.start])
    whole = folded(f"{quote.text} {' '.join(following.text.split()[:QUOTED_WORDS])}")
    return whole not in earlier


def _is_full(line: Line, following: Line, width: int) -> bool:
    word = FIRST_WORD.match(following.text)
    return len(line.text) + 1 + (len(word.group()) if word else 0) > width and len(line.text) <= width + 2
