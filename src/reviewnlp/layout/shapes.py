"""Which header style does this page alone have? Lines of one shape that come back, with a name that changes.

«>>> гость Маргарита делится впечатлением 3 августа <<<» is no header by any list of words. But if three short
lines share all but a name and a date, and text stands under each of them, the changing part is the nick.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from reviewnlp.layout.headers import Header, find_moments, is_nick, read_header
from reviewnlp.layout.lines import Line
from reviewnlp.layout.pieces import expression

LEAST_REPEATS = 3
LONGEST = 90
COMMON_SHARE = 0.5  # of the candidates that hold a word which belongs to the shape
DATE, NAME = "<date>", "<name>"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of signs or a moment; offsets in the line."""

    start: int
    end: int
    kind: str


@cache
def _tokens() -> re.Pattern[str]:
    return expression(r"(?P<moment>(?<![\w.]){moment}(?![\w]))|[\w@][\w.-]*|[^\w\s]+")


def shaped_headers(lines: Sequence[Line], taken: Iterable[int]) -> dict[int, Header]:
    """Headers by line index, of styles that repeat; lines in `taken` are headers already."""
    known = set(taken)
    candidates = {
        index: _tokenized(line.text)
        for index, line in enumerate(lines)
        if index not in known and _may_head(lines, index) and not _is_strong(line.text)
    }
    if len(candidates) < LEAST_REPEATS:
        return {}
    counts = Counter(kind for tokens in candidates.values() for kind in {token.kind for token in tokens})
    least = max(LEAST_REPEATS, COMMON_SHARE * len(candidates))
    common = {kind for kind, count in counts.items() if count >= least}
    groups: dict[tuple[str, ...], dict[int, Header]] = defaultdict(dict)
    for index, tokens in candidates.items():
        shape, name = _shape(tokens, common)
        nick = lines[index].text[name[0] : name[1]] if name else ""
        if nick and _is_telling(shape) and is_nick(nick):
            moments = [match.group() for match in find_moments(lines[index].text)]
            groups[shape][index] = Header(nick, moments[0] if moments else None, shape=" ".join(shape))
    return {
        index: header
        for group in groups.values()
        if len(group) >= LEAST_REPEATS and len({header.author for header in group.values()}) > 1
        for index, header in group.items()
    }


def _may_head(lines: Sequence[Line], index: int) -> bool:
    """Short, at the beginning of a group of lines, with longer text below."""
    line = lines[index]
    if len(line.text) > LONGEST or not line.fresh or index + 1 >= len(lines) or lines[index + 1].gap:
        return False
    return line.gap > 0 or index == 0


def _is_strong(line: str) -> bool:
    header = read_header(line)
    return header is not None and header.strong


def _tokenized(line: str) -> list[Token]:
    return [
        Token(m.start(), m.end(), DATE if m.group("moment") else m.group().casefold())
        for m in _tokens().finditer(line)
    ]


def _shape(tokens: Sequence[Token], common: set[str]) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The tokens, uncommon runs replaced by a name; the range of the run if there is just one."""
    shape: list[str] = []
    runs: list[tuple[int, int]] = []
    for token in tokens:
        if token.kind in common or token.kind == DATE:
            shape.append(token.kind)
        elif shape and shape[-1] == NAME:
            runs[-1] = (runs[-1][0], token.end)
        else:
            shape.append(NAME)
            runs.append((token.start, token.end))
    return tuple(shape), runs[0] if len(runs) == 1 else None


def _is_telling(shape: Sequence[str]) -> bool:
    """Whether the shape holds what prose and headings do not: a moment, or signs in a row on both sides."""
    ruled = all(
        len(edge) > 1 and not edge[0].isalnum() and edge not in (DATE, NAME) for edge in (shape[0], shape[-1])
    )
    return len(shape) > 1 and (DATE in shape or ruled)
