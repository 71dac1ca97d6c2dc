"""What does reading hand on? A `Source` for each document, a `Failure` for what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reviewnlp.annotations import Block, BlockKind, Comment

Format = Literal["text", "markdown", "html", "docx", "csv", "jsonl", "parquet"]
Kind = Literal["auto", "review", "comments"]


class BadInput(Exception):
    """An input cannot be read; the message is one English line: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read.

    All ranges in `blocks` and `comments` are half-open code points of `text`.

    `format`, `encoding`: what was recognised (`encoding` is None where the format fixes it).
    `name`: the report's `source`: the path as given, `-`, `FILE#ID` for records, `text` for a string.
    `sha256`: of the file's bytes; for records and strings, of the text in UTF-8.
    `kind`: what the user says that the input is; `auto` leaves it to the layout.
    `blocks`: the structure that the format itself gives. HTML and DOCX cover the whole text, one
    block a line; Markdown gives headings, list items and quotes only, without their marks; plain
    text gives none. A record read as a comment gives one block a line.
    `comments`: in text order, with author, date and answered comment where the mark-up tells them.
    `author_name`, `posted_at`: of the document itself, where a record's columns give them.
    """

    text: str
    format: Format
    encoding: str | None
    name: str
    title: str | None
    sha256: str
    kind: Kind = "auto"
    blocks: tuple[Block, ...] = ()
    comments: tuple[Comment, ...] = ()
    language: str = "ru"
    author_name: str = ""
    posted_at: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no document: its name as in the report, and the reason in one line."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader finds: the text and the structure, before name and language are known."""

    text: str
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    comments: tuple[Comment, ...] = ()


def join_lines(lines: Iterable[tuple[str, BlockKind]]) -> tuple[str, tuple[Block, ...]]:
    """Join one-line blocks by a line feed: the text and the blocks' ranges in it."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for text, kind in lines:
        parts.append(text)
        blocks.append(Block(at, at + len(text), kind))
        at += len(text) + 1
    return "\n".join(parts), tuple(blocks)


def digest(data: bytes) -> str:
    """SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
