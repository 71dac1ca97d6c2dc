"""What does the format itself say of blocks and comments? Its word goes before the layout's guesses.

HTML, DOCX, Markdown and records come with a `Source` that holds blocks and comments; layout refines only
what they leave open: a quotation that opens a comment's body, and which comment is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewnlp.annotations import Block, Comment
from reviewnlp.layout.blocks import line_kind
from reviewnlp.layout.cues import Quote, read_quote
from reviewnlp.layout.lines import Line, trimmed
from reviewnlp.layout.replies import Earlier


def with_given_kinds(text: str, lines: Sequence[Line], given: Sequence[Block]) -> list[Line]:
    """The lines with the kinds that the format gives; marks outside a given block («## ») are left out."""
    result: list[Line] = []
    number = 0
    for line in lines:
        while number < len(given) and given[number].end <= line.start:
            number += 1
        block = given[number] if number < len(given) else None
        if block is None or block.start >= line.end:
            result.append(line)
            continue
        start, end = trimmed(text, max(line.start, block.start), min(line.end, block.end))
        if start < end:
            result.append(replace(line, start=start, end=end, text=text[start:end], given=block.kind))
    return result


def given_comments(
    text: str, lines: Sequence[Line], given: Sequence[Comment]
) -> tuple[list[Block], list[Comment]]:
    """Blocks and comments of a text whose comments the format gives."""
    comments: list[Comment] = []
    blocks: list[Block] = []
    earlier = Earlier()
    place = 0
    for comment in given:
        while place < len(lines) and lines[place].start < comment.start:
            blocks.append(_outside(lines, place, comment))
            place += 1
        first = place
        while place < len(lines) and lines[place].start < comment.end:
            place += 1
        quotes, body = _opening_quotes(lines[first:place])
        blocks += [Block(line.start, line.end, "quote") for line in lines[first : first + len(quotes)]]
        blocks += [Block(line.start, min(line.end, comment.end), "comment") for line in body]
        start, end = trimmed(text, body[0].start if body else comment.start, comment.end)
        reply = comment.reply_to
        if reply is None:
            reply = earlier.answered(quotes, text[start:end])
        comments.append(replace(comment, start=start, end=end, reply_to=reply))
        earlier.add(comment.author_name, text[start:end])
    blocks += [_outside(lines, index, None) for index in range(place, len(lines))]
    return blocks, comments


def _outside(lines: Sequence[Line], index: int, following: Comment | None) -> Block:
    line = lines[index]
    header = following.header if following else None
    if line.given == "comment_header" or (header and header.start <= line.start < header.end):
        return Block(line.start, line.end, "comment_header")
    return Block(line.start, line.end, line_kind(lines, index))


def _opening_quotes(lines: Sequence[Line]) -> tuple[list[Quote], Sequence[Line]]:
    """Quotations that open a comment's body, one a line, and the lines after them (at least one)."""
    quotes = list(_quotes(lines[:-1]))
    return quotes, lines[len(quotes) :]


def _quotes(lines: Sequence[Line]) -> Iterator[Quote]:
    waits = False  # a line «Цитата (nick):» is followed by what it quotes
    for line in lines:
        quote = read_quote(line.text)
        if quote is None and (line.given == "quote" or waits):
            quote = Quote("mark", "", line.text)
        if quote is None:
            return
        waits = quote.kind == "cite" and not quote.text
        yield quote
