"""Which lines of the document are headers of comments? A line is read alone, then the page decides.

A page's headers look alike, so repetition is evidence: one line «Имя, 12 мая» is a byline, five are a thread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from reviewnlp.layout.cues import is_debris, read_quote
from reviewnlp.layout.headers import LATIN_OR_SIGN, Header, looks_like_nick, read_header, read_inline
from reviewnlp.layout.lines import Line
from reviewnlp.layout.pieces import any_of, expression
from reviewnlp.layout.shapes import shaped_headers

LEAST_INLINE = 3  # lines of one style that make a chat
INLINE_SHARE = 0.5  # of the lines after the first chat line
BYLINE_WITHIN = 4  # lines from the document's beginning
FIRST_LINES = 6
CLOCK_SHARE = 0.6  # of the lines «12:03 petrovich текст» whose nick comes back, and looks like one
LEAST_BELOW = 2
LEAST_ALIKE = 2
BELOW_SHARE = 0.8
CLOCK_LINE = re.compile(
    r"\[?(?P<moment>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)\]?\s{1,3}"
    r"(?P<nick>[^\s:,.!?—–-][^\s:,.!?]{1,24})\s{1,3}(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A comment's header in the document: what it says, on how many lines, where an inline message begins.

    `body` is an offset inside the header's only line, None where the message is on the next lines.
    """

    header: Header
    lines: int = 1
    body: int | None = None


def find_heads(lines: Sequence[Line]) -> dict[int, Head]:
    """Headers by the index of their first line, before it is known where the comments begin."""
    heads = {} if _is_record_of_speech(lines) else _inline_heads(lines)
    index, after = 0, -1  # `after`: the line below the last header, where «X писал(а):» quotes
    while index < len(lines):
        quoted = index == after and not lines[index].gap and read_quote(lines[index].text) is not None
        head = None if index in heads or quoted else _line_head(lines, index)
        if head is not None:
            heads[index] = head
            after = index + head.lines
        index += head.lines if head else 1
    for index, header in shaped_headers(lines, heads).items():
        heads[index] = Head(header)
    heads |= _alike(lines, heads) if heads else _numbered(lines)
    return dict(sorted(_without_byline(lines, heads).items()))


def _alike(lines: Sequence[Line], heads: Mapping[int, Head]) -> dict[int, Head]:
    """Lines of the same shape as several headers, whose nick is too long a phrase to be told alone."""
    shapes = Counter(head.header.shape for head in heads.values())
    found: dict[int, Head] = {}
    for index, line in enumerate(lines):
        if index in heads or not (line.gap or index == 0) or is_debris(line.text):
            continue
        header = read_header(line.text, loose=True)
        if header and header.strong and shapes[header.shape] >= LEAST_ALIKE:
            found[index] = Head(header)
    return found


def _numbered(lines: Sequence[Line]) -> dict[int, Head]:
    """Headers that are a number alone («Комментарий 3», «#3»), where they count on."""
    found: dict[int, Head] = {}
    for index, line in enumerate(lines[:-1]):
        match = _number_line().fullmatch(line.text) if not lines[index + 1].gap else None
        if match:
            found[index] = Head(Header(None, number=int(match.group("number")), shape="number"))
    numbers = [head.header.number or 0 for head in found.values()]
    counts = len(numbers) >= LEAST_ALIKE and all(b - a == 1 for a, b in pairwise(numbers))
    return found if counts else {}


@cache
def _number_line() -> re.Pattern[str]:
    return expression(
        r"(?:(?:комментарий|отзыв|отклик|сообщение|реплика)\s?[#№]?|[#№])\s?(?P<number>\d{1,5})[.:]?"
    )


def weak_head(lines: Sequence[Line], index: int, known: Mapping[str, int]) -> Head | None:
    """Header inside an area of comments that is a nick alone; `known` counts the nicks met elsewhere."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.gap or not line.fresh or is_debris(line.text):
        return None
    header = read_header(line.text)
    if header is None or header.author is None:
        return None
    if looks_like_nick(line.text) or header.author in known:
        return Head(header)
    return None


def stand_below(lines: Sequence[Line], heads: Mapping[int, Head]) -> bool:
    """Whether the page signs its comments below: headers end a group of lines and none begins one."""
    ends = begins = 0
    for index, head in heads.items():
        after = index + head.lines
        free_below = after >= len(lines) or lines[after].gap > 0
        free_above = index == 0 or lines[index].gap > 0
        ends += free_below and not free_above and head.body is None
        begins += (free_above and not free_below) or head.body is not None
    return ends >= LEAST_BELOW and begins == 0 and ends >= BELOW_SHARE * len(heads)


def _line_head(lines: Sequence[Line], index: int) -> Head | None:
    line = lines[index]
    if is_debris(line.text):
        return None
    header = read_header(line.text)
    if header is None:
        return None
    more = _bare_moment(lines, index + 1)
    if header.strong:
        if header.posted_at is None and more:
            return Head(replace(header, posted_at=more.posted_at), 2)
        return Head(header)
    if header.author and more and looks_like_nick(line.text) and not header.verb:
        return Head(replace(header, posted_at=more.posted_at, shape=f"{header.shape}/{more.shape}"), 2)
    if header.author is None and header.posted_at and index + 1 < len(lines) and (line.gap or not index):
        name = read_header(lines[index + 1].text) if not lines[index + 1].gap else None
        if name and name.author and not name.posted_at and looks_like_nick(lines[index + 1].text):
            return Head(replace(name, posted_at=header.posted_at, shape=f"{header.shape}/{name.shape}"), 2)
    return None


def _bare_moment(lines: Sequence[Line], index: int) -> Header | None:
    """The header on this line if it is a date alone, next to the line before."""
    if index >= len(lines) or lines[index].gap:
        return None
    header = read_header(lines[index].text)
    return header if header and header.author is None and header.posted_at else None


def _inline_heads(lines: Sequence[Line]) -> dict[int, Head]:
    """Headers with the message on the same line, where their style repeats through the page."""
    styles: dict[str, dict[int, Head]] = {}
    for index, line in enumerate(lines):
        found = read_inline(line.text)
        if found:
            styles.setdefault(found[0].shape, {})[index] = Head(found[0], body=found[1])
    kept: dict[int, Head] = {}
    for heads in styles.values():
        first = min(heads)
        if len(heads) >= LEAST_INLINE and len(heads) >= INLINE_SHARE * _starts(lines, first):
            kept.update(heads)
    return kept or _clock_heads(lines)


def _starts(lines: Sequence[Line], first: int) -> int:
    """How many lines from `first` on are no obvious continuation (they begin with a capital or a sign)."""
    return sum(not line.text[0].islower() for line in lines[first:])


def _clock_heads(lines: Sequence[Line]) -> dict[int, Head]:
    """«12:03 petrovich текст»: only where the word after the clock comes back and is mostly nick-like."""
    found = {i: m for i, line in enumerate(lines) if (m := CLOCK_LINE.match(line.text))}
    nicks = Counter(match.group("nick") for match in found.values())
    repeated = sum(count for count in nicks.values() if count > 1)
    signed = sum(count for nick, count in nicks.items() if nick[0].islower() or LATIN_OR_SIGN.search(nick))
    if len(found) < LEAST_INLINE or len(nicks) < 2 or min(repeated, signed) < CLOCK_SHARE * len(found):
        return {}
    return {
        i: Head(Header(m.group("nick"), m.group("moment"), shape="clock"), body=m.end())
        for i, m in found.items()
    }


def _is_record_of_speech(lines: Sequence[Line]) -> bool:
    return any(_genre().search(line.text[:300]) for line in lines[:FIRST_LINES])


@cache
def _genre() -> re.Pattern[str]:
    return any_of("genres.tsv")


def _without_byline(lines: Sequence[Line], heads: dict[int, Head]) -> dict[int, Head]:
    """Drops a lone header at the top of the page that looks like no other: the article's author and date."""
    if not heads:
        return heads
    first = min(heads)
    shapes = Counter(head.header.shape for head in heads.values())
    later = [index for index in heads if index > first]
    paragraphs = (later[0] if later else len(lines)) - first - heads[first].lines
    if first < BYLINE_WITHIN and shapes[heads[first].header.shape] == 1 and paragraphs >= 3:
        return {index: head for index, head in heads.items() if index != first}
    return heads
