"""What kind of line is this by its wording: debris, a title of comments, caption, quote, list item?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from reviewnlp.layout.pieces import any_of, expression
from reviewnlp.resources import rows

LONGEST_CUE = 260  # what is longer is text
REMEMBERED = 1 << 14  # lines whose kind is asked for more than once
LIST_MARK = re.compile(
    r"(?:[-–—•·*▪◦‣●■]|\d{1,3}(?:\.\d{1,2})?[.)]|[а-яёa-z]\)|\(\d{1,3}\))\s{1,4}(?=\S)", re.I
)
DASH_MARK = re.compile(r"[-–—]\s")
COUNTER = re.compile(r"[\s\d+\-−–±.,|/·]+")

Strength = Literal["sure", "maybe", "part"]
STRENGTHS: tuple[Strength, ...] = ("sure", "maybe", "part")


@dataclass(frozen=True, slots=True)
class Quote:
    """A line that quotes an earlier comment (`mark`, `cite`) or points to it (`reply`)."""

    kind: str
    who: str
    text: str


@cache
def _titles() -> tuple[tuple[Strength, re.Pattern[str]], ...]:
    table = rows("layout", "area_titles.tsv")
    return tuple(
        (strength, expression("|".join(f"(?:{row[1]})" for row in table if row[0] == strength)))
        for strength in STRENGTHS
    )


@cache
def _quotes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row[0], expression(row[1])) for row in rows("layout", "quotes.tsv"))


@cache
def _counts() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((expression(row[0]), int(row[1])) for row in rows("layout", "counts.tsv"))


def is_debris(line: str) -> bool:
    """Whether the line is navigation, a counter, a button or the like."""
    return len(line) <= LONGEST_CUE and _is_debris(line)


@lru_cache(REMEMBERED)
def _is_debris(line: str) -> bool:
    return any_of("debris.tsv").fullmatch(line) is not None


def is_button(text: str) -> bool:
    """Whether the text is the label of a button or menu item."""
    return any_of("buttons.tsv").fullmatch(text) is not None


def is_counter(line: str) -> bool:
    """Whether the line is nothing but numbers and signs (a vote count; «+1» of a comment looks the same)."""
    return COUNTER.fullmatch(line) is not None


def title_strength(line: str) -> Strength | None:
    """Whether the line opens an area of comments, and how surely."""
    return None if len(line) > LONGEST_CUE else _title_strength(line)


@lru_cache(REMEMBERED)
def _title_strength(line: str) -> Strength | None:
    return next((strength for strength, pattern in _titles() if pattern.fullmatch(line)), None)


def declared_count(line: str) -> int | None:
    """How many comments the line says that the page holds."""
    if len(line) > LONGEST_CUE:
        return None
    for pattern, more in _counts():
        match = pattern.search(line)
        if match:
            return int(match.group(1)) + more
    return None


def is_caption(line: str) -> bool:
    """Whether the line is a caption or credit of a picture, table or figure."""
    return len(line) <= LONGEST_CUE and any_of("captions.tsv").match(line) is not None


def is_list_item(line: str) -> bool:
    """Whether the line begins with a list marker; a dash counts, dialogue must be told apart elsewhere."""
    return LIST_MARK.match(line) is not None


def begins_with_dash(line: str) -> bool:
    """Whether the line begins with a dash, as list items and dialogue do."""
    return DASH_MARK.match(line) is not None


def read_quote(line: str) -> Quote | None:
    """What the line quotes or answers, None if it does neither."""
    for kind, pattern in _quotes():
        match = pattern.fullmatch(line[:2200])
        if match:
            found = match.groupdict()
            return Quote(kind, (found.get("who") or "").strip(), (found.get("text") or "").strip())
    return None
