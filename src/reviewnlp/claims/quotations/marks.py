"""Where do quotation marks open and close? Pairs of marks over a paragraph's tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

OPENING = "«„‘"
CLOSING = "»”’"
DASHES = frozenset({"—", "–", "-", "--", "―", "−"})
STOPS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!!!", "..", "!..", "?..", "???", "??", "!?"})


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening and a closing mark (token positions) and how deep they nest, from 0."""

    open: int
    close: int
    depth: int


def pair_marks(doc: Doc, tokens: Sequence[int]) -> list[Pair]:
    """Pairs of quotation marks among tokens of one paragraph, in text order.

    “ closes „ and otherwise opens; a straight mark closes the last straight one. A mark left
    open closes at the paragraph's end when it stands after a colon or begins the paragraph.
    """
    stack: list[tuple[str, int]] = []
    pairs: list[Pair] = []
    for i in tokens:
        text = doc[i].text
        mark = text if len(text) == 1 else ""
        if mark in OPENING and mark:
            stack.append((mark, i))
        elif mark and mark in CLOSING:
            _close(stack, pairs, i, "«" if mark == "»" else '„“‘"')
        elif mark == "“":
            if any(opened == "„" for opened, _ in stack):
                _close(stack, pairs, i, "„")
            else:
                stack.append((mark, i))
        elif text in ('"', "''", "``"):
            if any(opened == '"' for opened, _ in stack):
                _close(stack, pairs, i, '"')
            else:
                stack.append(('"', i))
    if stack and tokens:
        opened = stack[0][1]
        if opened == tokens[0] or doc[opened - 1].text == ":":
            pairs.append(Pair(opened, tokens[-1] + 1, 0))
    return sorted(pairs, key=lambda pair: (pair.open, -pair.close))


def _close(stack: list[tuple[str, int]], pairs: list[Pair], at: int, openers: str) -> None:
    for number in range(len(stack) - 1, -1, -1):
        if stack[number][0] in openers:
            pairs.append(Pair(stack[number][1], at, number))
            del stack[number:]
            return
