"""Which turn covers a position; which kind of page is it? Asked by the rooms that read turns."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from reviewnlp.annotations import Turn
from reviewnlp.resources import words

OPENING_WORDS = 60  # tokens from the beginning in which minutes call themselves so


def turn_at(turns: Sequence[Turn], position: int) -> Turn | None:
    """The innermost turn that covers the position (a code point of the text)."""
    covering = [turn for turn in turns if turn.start <= position < turn.end]
    return min(covering, key=lambda turn: (turn.end - turn.start, turn.start), default=None)


def is_minutes(doc: Doc) -> bool:
    """Whether the page calls itself minutes, which summarise what was said.

    A word of `data/minutes.tsv` near the beginning counts in capitals, before a colon, or as
    the first word of a line; «слушали лекцию» in a sentence does not.
    """
    listed = words("claims", "minutes.tsv")
    for token in doc[:OPENING_WORDS]:
        if token.lemma_.casefold() not in listed:
            continue
        opens_line = token.i == 0 or "\n" in doc.text[doc[token.i - 1].idx : token.idx]
        before_colon = token.i + 1 < len(doc) and doc[token.i + 1].text == ":"
        if token.is_upper or before_colon or (opens_line and token.is_title and token.pos_ == "NOUN"):
            return True
    return False
