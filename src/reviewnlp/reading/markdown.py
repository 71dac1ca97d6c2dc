"""What do Markdown's marks say of the structure? The text stays as it is; marks become block hints."""

from __future__ import annotations

import re

from reviewnlp.annotations import Block, BlockKind
from reviewnlp.reading.source import Extract

MARKS: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (
    ("heading", re.compile(r" {0,3}#{1,6}[ \t]+(?P<content>\S.*?)(?:[ \t]+#+)?[ \t]*$")),
    ("list_item", re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?P<content>\S.*?)\s*$")),
    ("quote", re.compile(r" {0,3}(?:>[ \t]?)+(?P<content>\S.*?)\s*$")),
)
UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
FENCE = re.compile(r" {0,3}(?:```|~~~)")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def read_markdown(text: str) -> Extract:
    """The text as it is, with a block for the content of each heading, list item and quoted line.

    Marks (`#`, `-`, `>`) stay outside the blocks; lines of fenced code give none. The title is
    the first heading.
    """
    blocks: list[Block] = []
    fenced = False
    previous: tuple[int, str] | None = None
    for match in LINE.finditer(text):
        line = match.group().rstrip("\r\n")
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            block = _underlined(line, previous) or _marked(line, match.start())
            if block is not None:
                blocks.append(block)
                line = ""
        previous = (match.start(), line) if line.strip() and not fenced else None
    title = next((text[block.start : block.end] for block in blocks if block.kind == "heading"), None)
    return Extract(text, title, tuple(blocks))


def _underlined(line: str, previous: tuple[int, str] | None) -> Block | None:
    """The heading that `line` underlines: one short line of text right above it."""
    if previous is None or not UNDERLINE.match(line) or len(previous[1]) > 120:
        return None
    start, above = previous
    start += len(above) - len(above.lstrip())
    return Block(start, start + len(above.strip()), "heading")


def _marked(line: str, start: int) -> Block | None:
    """The block of a line that begins with a mark."""
    if RULE.match(line):
        return None
    for kind, pattern in MARKS:
        match = pattern.match(line)
        if match:
            return Block(start + match.start("content"), start + match.end("content"), kind)
    return None
