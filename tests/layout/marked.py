"""Reads a page of `pages/`: a text in which every block is opened by a mark that says what it is.

    ⟨h⟩ heading      ⟨p⟩ paragraph    ⟨li⟩ list item    ⟨cap⟩ caption    ⟨q⟩ quote    ⟨d⟩ debris
    ⟨ch NICK | DATE | ->N⟩ comment header: author as written, date as written, number (from 1) of the
                     comment answered; what is not there is left out
    ⟨sig …⟩          the same for a name below its comment
    ⟨c⟩              a paragraph of the comment that the last header opened
    ⟨x⟩              text outside any block (the mark of a list item)
    ⟨c+ | ->N⟩       a comment without a header begins

A block ends at the next mark, without the white space around it. Lines that begin with `%` are remarks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from reviewnlp.annotations import Block, BlockKind, Comment, Range

PAGES = Path(__file__).parent / "pages"
MARK = re.compile(r"⟨(sig|x|h|p|li|cap|q|d|ch|c\+|c)(?=[\s⟩])\s?([^⟩]*)⟩")
KINDS: dict[str, BlockKind] = {
    "h": "heading",
    "p": "paragraph",
    "li": "list_item",
    "cap": "caption",
    "q": "quote",
    "d": "debris",
    "ch": "comment_header",
    "sig": "comment_header",
    "c": "comment",
    "c+": "comment",
}


@dataclass(frozen=True)
class Page:
    """A page's text and what is expected of it."""

    text: str
    blocks: list[Block]
    comments: list[Comment]


def read_page(path: Path) -> Page:
    """The page without its marks, with blocks and comments at their offsets."""
    with path.open(encoding="utf-8", newline="") as stream:
        marked = re.sub(r"(?m)^%.*\n", "", stream.read())
    text, marks = "", []
    position = 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        marks.append((len(text), match.group(1), [part.strip() for part in match.group(2).split("|")]))
        position = match.end()
    text += marked[position:]
    stops = [start for start, _, _ in marks[1:]] + [len(text)]
    blocks = [
        Block(stop - len(text[start:stop].lstrip()), start + len(text[start:stop].rstrip()), KINDS[code])
        for (start, code, _), stop in zip(marks, stops, strict=True)
        if code in KINDS
    ]
    return Page(text, blocks, _comments(blocks, [(code, said) for _, code, said in marks if code in KINDS]))


def _comments(blocks: list[Block], marks: list[tuple[str, list[str]]]) -> list[Comment]:
    comments: list[Comment] = []
    header: Comment | None = None  # what the header that waits for its body says
    for block, (code, said) in zip(blocks, marks, strict=True):
        if code == "ch":
            header = replace(_said(said), header=Range(block.start, block.end))
        elif code == "sig":
            name = _said(said)
            comments[-1] = replace(
                name, start=comments[-1].start, end=comments[-1].end, header=Range(block.start, block.end)
            )
        elif code == "c+" or (code == "c" and header):
            comments.append(replace(header or _said(said), start=block.start, end=block.end))
            header = None
        elif code == "c":
            comments[-1] = replace(comments[-1], end=block.end)
    return comments


def _said(parts: list[str]) -> Comment:
    """What a mark says: author, date, the comment answered; no range yet."""
    reply = next((int(part[2:]) - 1 for part in parts if part.startswith("->")), None)
    plain = [part for part in parts if not part.startswith("->")] + ["", ""]
    return Comment(0, 0, author_name=plain[0], posted_at=plain[1] or None, reply_to=reply)
