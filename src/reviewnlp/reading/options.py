"""What may the user say about the input? Columns, kind, limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewnlp.reading.source import Kind

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which an input is refused, with a reason that states the limit.

    `file_bytes`: a document's file, or standard input (record files are streamed: no limit).
    `unpacked_bytes`, `unpacked_ratio`: what a DOCX archive unpacks to, alone and against its size.
    `nesting`: levels of elements in HTML (libxml2 itself gives up silently at 2048).
    `thread_characters`: the text of one thread of records.
    `bad_records`: lines of a record file that cannot be parsed before the rest is given up.
    """

    file_bytes: int = 64 * MIB
    unpacked_bytes: int = 256 * MIB
    unpacked_ratio: int = 200
    nesting: int = 1000
    thread_characters: int = 16 * MIB
    bad_records: int = 100


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read.

    `as_kind`: what the input is when the user knows better than the detector.
    `*_column`: names of the columns of records; None tries the usual names of `data/columns.tsv`.
    `force`: read texts that are not Russian too.
    """

    as_kind: Kind = "auto"
    text_column: str | None = None
    id_column: str | None = None
    author_column: str | None = None
    date_column: str | None = None
    title_column: str | None = None
    thread_column: str | None = None
    force: bool = False
    limits: Limits = field(default_factory=Limits)
