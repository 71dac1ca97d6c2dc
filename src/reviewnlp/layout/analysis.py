"""From the text to blocks and comments: the order in which layout asks its questions."""

from __future__ import annotations

from reviewnlp.annotations import Block, Comment
from reviewnlp.layout.area import TOP, find_area
from reviewnlp.layout.blocks import paragraph_blocks
from reviewnlp.layout.comments import finished
from reviewnlp.layout.cues import declared_count, is_list_item, title_strength
from reviewnlp.layout.flow import restore_breaks
from reviewnlp.layout.headers import is_bare_moment, read_header, read_inline
from reviewnlp.layout.heads import Head, find_heads, stand_below
from reviewnlp.layout.hints import given_comments, with_given_kinds
from reviewnlp.layout.lines import Line, split_lines
from reviewnlp.layout.split import split_drafts
from reviewnlp.layout.thread import Walk
from reviewnlp.layout.unwrap import join_wrapped
from reviewnlp.reading.source import Kind, Source


def analyse(text: str, source: Source | None = None) -> tuple[list[Block], list[Comment]]:
    """Blocks and comments of a text, in order; offsets are code points of `text`.

    `source` brings what the user and the format say: its `kind` ("review": no comments, "comments": nothing
    else, "auto": look), its `blocks` and `comments`. None is plain text of which nothing is known.
    """
    kind: Kind = source.kind if source else "auto"
    lines = split_lines(text)
    if source and source.blocks:
        lines = with_given_kinds(text, lines, source.blocks)
    if source and source.comments and kind != "review":
        return given_comments(text, lines, source.comments)
    if not (source and source.blocks):
        lines = restore_breaks(text, join_wrapped(text, lines, _begins_block))
    heads = {} if kind == "review" else find_heads(lines)
    start = find_area(lines, heads) if kind == "auto" else 0 if kind == "comments" and lines else None
    if start is None:
        return paragraph_blocks(lines, len(lines)), []
    return _with_comments(text, lines, heads, start)


def _with_comments(
    text: str, lines: list[Line], heads: dict[int, Head], start: int
) -> tuple[list[Block], list[Comment]]:
    """Blocks and comments of a text whose comments begin at line `start`."""
    heads = {index: head for index, head in heads.items() if index >= start}
    body = _first_body(lines, heads, start)
    walk = Walk(text, lines, heads)
    walk.run(body)
    counts = [count for line in lines[: body + 1] if (count := declared_count(line.text)) is not None]
    drafts = split_drafts(walk.drafts, max(counts, default=None))
    blocks = paragraph_blocks(lines, body) + paragraph_blocks(lines, len(lines), walk.end)
    blocks += [Block(*mark) for mark in walk.kinds]
    blocks += [Block(part.start, part.end, "comment") for draft in drafts for part in draft.paragraphs]
    return sorted(blocks, key=lambda block: block.start), finished(text, drafts)


def _begins_block(line: str) -> bool:
    """Whether a line cannot go on a wrapped one: it is a header, a list item, a quotation."""
    header = read_header(line)
    return (
        bool(header and header.strong)
        or is_list_item(line)
        or line[0] == ">"
        or read_inline(line) is not None
    )


def _first_body(lines: list[Line], heads: dict[int, Head], start: int) -> int:
    """Index of the area's first line after its title; a page's own title and preamble end at a header."""
    first = min(heads, default=None)
    if first is not None and start < TOP and first - start <= TOP and not stand_below(lines, heads):
        return first - 1 if first > 0 and is_bare_moment(lines[first - 1].text) else first
    return start + 1 if title_strength(lines[start].text) else start
