"""Did the text lose its line breaks? Cuts long lines at headers and buttons that come back.

«… спасибо! #5 Гость · вчера в 10:22 А я не согласен…» is cut before and after the header, if headers of
that shape repeat in the text. The pieces are lines like any other to the rest of layout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from reviewnlp.layout.headers import LONGEST_NICK, Header, find_moments, is_nick, read_header
from reviewnlp.layout.lines import Line, trimmed
from reviewnlp.layout.pieces import expression

LEAST_LENGTH = 200  # a shorter line holds one thing
LEAST_REPEATS = 3
LEAST_SURE = 2  # of them with a marked left edge
SUFFIX = r"\s?[)\]]?(?:,?\s?{verb})?\s?(?:[)\]]|\*{2,3}|:(?=\s))?"
BOUNDARY = re.compile(r"[.!?…)»☺\U0001F300-\U0001FAFF]\s+|(?<=\s)\*{2,3}\s")
NUMBERED = re.compile(r"[#№]\s?\d{1,6}[\s·|.,:)]{1,3}(?=[^\s#№])")
NICK_TAIL = re.compile(r"(?:[^\s,;:|·()\[\]]+)\Z")
QUOTED = re.compile(r"(?:цитата[^«\n]{0,60}|>\s?)«[^»\n]{1,600}»", re.IGNORECASE)
REPLY = re.compile(r"в ответ на (?:сообщение|комментарий)\s(?:от\s)?[\w.-]{2,40}", re.IGNORECASE)
SIGNED_NICK = re.compile(r"[A-Za-z_\d]")
QUOTE_WINDOW = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A header inside a long line: half-open offsets in the line, and the shape it shares with others.

    `sure` is whether its left edge is marked (a number, a full stop, buttons before it).
    """

    start: int
    end: int
    shape: str
    sure: bool


@cache
def _chrome() -> re.Pattern[str]:
    """A row of at least two buttons, or of buttons and counters, each button with a capital letter."""
    button = expression("(?:{button})").pattern
    item = rf"(?=[^\W\da-zа-яё])(?i:{button})(?![\w])"
    count = r"(?:\s[+\-−–]?\d{1,5}(?!\s*[:.]\d)(?![\w]))"
    return re.compile(
        rf"(?<![\w«]){item}(?:(?:{count})?(?:\s[·|/]?\s?{item})+(?:\s\d{{1,3}}(?=\s[А-ЯЁA-Z]))?|{count}(?=\s|\Z))+"
    )


@cache
def _suffix() -> re.Pattern[str]:
    return expression(SUFFIX)


def restore_breaks(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, long ones cut at headers and buttons that come back in them."""
    long = [index for index, line in enumerate(lines) if len(line.text) >= LEAST_LENGTH]
    if not long:
        return list(lines)
    chrome = {index: [match.span() for match in _chrome().finditer(lines[index].text)] for index in long}
    found = {index: list(_pieces_of(lines[index].text, chrome[index])) for index in long}
    all_pieces = [piece for pieces in found.values() for piece in pieces]
    shapes = Counter(piece.shape for piece in all_pieces)
    sure = Counter(piece.shape for piece in all_pieces if piece.sure)
    repeated = {s for s, n in shapes.items() if n >= LEAST_REPEATS and sure[s] >= LEAST_SURE}
    total = sum(len(spans) for spans in chrome.values())
    result: list[Line] = []
    for index, line in enumerate(lines):
        pieces = [piece for piece in found.get(index, []) if piece.shape in repeated]
        if not pieces and (total < LEAST_REPEATS or not chrome.get(index)):
            result.append(line)
            continue
        cuts = set(_cuts(line.text, pieces))
        if total >= LEAST_REPEATS:
            cuts.update(edge for span in chrome.get(index, []) for edge in span)
        result.extend(_pieces(text, line, sorted(cuts)))
    return result


def _pieces_of(line: str, chrome: Sequence[tuple[int, int]]) -> list[Piece]:
    """Headers of a chat («[12:03] Имя: …») or of other styles, whichever the line has more of."""
    chat = [
        Piece(match.start(), match.start(), "chat", True)
        for match in _chat().finditer(line)
        if is_nick(match.group("nick"))
    ]
    other = list(_headers(line, chrome))
    return chat if len(chat) >= max(LEAST_REPEATS, len(other)) else other


@cache
def _chat() -> re.Pattern[str]:
    return expression(r"[\[(]{moment}[\])]\s{0,3}(?P<nick>[^\s:<>\[\]|,][^:<>\[\]|,!?]{0,39}?)\s?:\s")


def _headers(line: str, chrome: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Headers that a moment in the line may belong to, left to right, not overlapping."""
    ends = [end for _, end in chrome]
    floor = used = 0
    for moment in find_moments(line):
        if moment.start() < floor:
            continue
        while used < len(ends) and ends[used] <= moment.start():
            floor = max(floor, ends[used])
            used += 1
        suffix = _suffix().match(line, moment.end())
        end = suffix.end() if suffix else moment.end()
        for start, sure in _starts(line, floor, moment.start()):
            header = read_header(line[start:end].strip())
            if header is not None and header.author and _is_full(header):
                yield Piece(start, end, header.shape, sure)
                floor = end
                break


def _is_full(header: Header) -> bool:
    """Whether a number or a clock time tells the header from a date in prose."""
    return header.posted_at is not None and (header.number is not None or ":" in header.posted_at)


def _starts(line: str, floor: int, moment: int) -> Iterator[tuple[int, bool]]:
    """Where a header that holds the moment may begin, the likeliest first; whether that edge is marked."""
    left = max(floor, moment - LONGEST_NICK - 16)
    window = line[left:moment]
    numbers = list(NUMBERED.finditer(window))
    if numbers:
        yield left + numbers[-1].start(), True
    edges = [match.end() for match in BOUNDARY.finditer(window)]
    for edge in reversed(edges):
        before = window[:edge].rstrip()
        if re.search(r"(?<!\w)[А-ЯЁA-Z]\.\Z", before) or edge >= len(window.rstrip()):
            continue
        yield left + edge, True
    if left == floor:
        yield floor, True
    words = window.rstrip(" ,·|(—–-[")
    tail = NICK_TAIL.search(words)
    if tail:
        name = NICK_TAIL.search(words[: tail.start()].rstrip())
        if name and name.group()[0].isupper() and not SIGNED_NICK.search(tail.group()):
            yield left + name.start(), False
        yield left + tail.start(), False


def _cuts(line: str, pieces: Sequence[Piece]) -> Iterator[int]:
    """Both edges of every header, and the end of a quotation or pointer right after it."""
    for piece in pieces:
        yield piece.start
        yield piece.end
        after = re.compile(r"\s*").match(line, piece.end)
        at = after.end() if after else piece.end
        quoted = QUOTED.match(line, at) or REPLY.match(line, at)
        if quoted:
            yield quoted.end()
        elif line.startswith(">", at):
            end = _repeated(line, at + 1)
            if end is not None:
                yield end


def _repeated(line: str, start: int) -> int | None:
    """End of the longest run of words from `start` that stands earlier in the line: an unmarked quotation."""
    words = list(re.compile(r"\S+").finditer(line, start, min(len(line), start + 300)))
    earlier = line[max(0, start - QUOTE_WINDOW) : start]
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if line[words[0].start() : words[middle - 1].end()] in earlier:
            low = middle
        else:
            high = middle - 1
    return words[low - 1].end() if low >= 2 else None


def _pieces(text: str, line: Line, cuts: Sequence[int]) -> Iterator[Line]:
    bounds = [0, *cuts, len(line.text)]
    for low, high in pairwise(bounds):
        start, end = trimmed(text, line.start + low, line.start + high)
        if start < end:
            first = start == line.start
            yield Line(start, end, text[start:end], line.gap if first else 0, first and line.fresh)
