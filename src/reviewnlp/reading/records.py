"""Which documents do records make? CSV, JSONL and Parquet, streamed: a review each, or a thread each."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from reviewnlp.annotations import Block, Comment
from reviewnlp.reading.encodings import check_text, detect, reported
from reviewnlp.reading.options import ReadOptions
from reviewnlp.reading.source import BadInput, Failure, Format, Source, digest
from reviewnlp.reading.table import ColumnRole, columns, delimiter, header

CHUNK = 1024 * 1024
BATCH = 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number from 1, its body and what the columns with a role say."""

    number: int
    text: str
    id: str = ""
    author: str = ""
    date: str = ""
    title: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A row that cannot be read, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A record file that can be read from its beginning any number of times."""

    rows: Callable[[], Iterator[Record | BadRecord]]
    encoding: str | None
    threads: bool


def read_records(
    handle: BinaryIO, format: Format, name: str, options: ReadOptions
) -> Iterator[Source | Failure]:
    """Documents of a record file (open for reading, seekable).

    One document a record, named `FILE#ID` (the id column, else the record's number from 1); or,
    where the user says that records are comments or there is a thread column, one document a
    thread, named `FILE#THREAD`, or `FILE` where the records have none. Threads come in the order
    in which they end. Records with an empty body are skipped. Raises `BadInput`.
    """
    table = _OPENERS[format](handle, options)
    if options.as_kind == "comments" or (table.threads and options.as_kind == "auto"):
        documents = _threads(table, format, name, options)
    else:
        documents = _reviews(table, format, name, options)
    empty = True
    for document in documents:
        empty = False
        yield document
    if empty:
        raise BadInput("no records with a text; check the text column")


def _reviews(table: Table, format: Format, name: str, options: ReadOptions) -> Iterator[Source | Failure]:
    for record in table.rows():
        source = f"{name}#{(record.id if isinstance(record, Record) else '') or record.number}"
        if isinstance(record, BadRecord):
            yield Failure(source, record.reason)
        else:
            yield Source(
                text=record.text,
                format=format,
                encoding=table.encoding,
                name=source,
                title=record.title or None,
                sha256=digest(record.text.encode()),
                kind=options.as_kind,
                author_name=record.author,
                posted_at=record.date or None,
            )


def _threads(table: Table, format: Format, name: str, options: ReadOptions) -> Iterator[Source | Failure]:
    """Two passes: where each thread ends, then its records; only open threads are in memory."""
    last: dict[str, int] = {}
    for record in table.rows():
        if isinstance(record, Record):
            last[record.thread] = record.number
    open_threads: dict[str, list[Record]] = {}
    for record in table.rows():
        if isinstance(record, BadRecord):
            yield Failure(f"{name}#{record.number}", record.reason)
            continue
        open_threads.setdefault(record.thread, []).append(record)
        if last[record.thread] == record.number:
            source = f"{name}#{record.thread}" if record.thread else name
            yield _thread(open_threads.pop(record.thread), format, table.encoding, source, options)


def _thread(
    records: list[Record], format: Format, encoding: str | None, name: str, options: ReadOptions
) -> Source | Failure:
    """One thread: bodies joined by a blank line, a comment a record, a block a line."""
    limit = options.limits.thread_characters
    if sum(len(record.text) + 2 for record in records) > limit:
        return Failure(name, f"a thread longer than the limit of {limit} characters; name a --thread-column")
    blocks: list[Block] = []
    comments: list[Comment] = []
    at = 0
    for record in records:
        lines = _line_ranges(record.text, at)
        blocks.extend(Block(start, end, "comment") for start, end in lines)
        start, end = lines[0][0], lines[-1][1]
        comments.append(Comment(start, end, author_name=record.author, posted_at=record.date or None))
        at += len(record.text) + 2
    text = "\n\n".join(record.text for record in records)
    return Source(
        text=text,
        format=format,
        encoding=encoding,
        name=name,
        title=next((record.title for record in records if record.title), None),
        sha256=digest(text.encode()),
        kind="comments",
        blocks=tuple(blocks),
        comments=tuple(comments),
    )


def _line_ranges(text: str, at: int) -> list[tuple[int, int]]:
    """Ranges of the lines that are not blank, white space around them left out, shifted by `at`."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            first = at + start + len(line) - len(line.lstrip())
            ranges.append((first, first + len(stripped)))
        start += len(line)
    return ranges


def _open_csv(handle: BinaryIO, options: ReadOptions) -> Table:
    encoding, name = _text_encoding(handle)
    with _lines(handle, encoding) as lines:
        first = lines.readline()
    mark = first.rstrip("\r\n").lower()
    skip = len(mark) == 5 and mark.startswith("sep=")  # Excel's own line
    sign = mark[4] if skip else delimiter(first)
    with _lines(handle, encoding) as lines:
        if skip:
            lines.readline()
        names = header(lines.readline(), sign)
    roles = columns(names, options)
    places = {role: names.index(column) for role, column in roles.items()}

    def rows() -> Iterator[Record | BadRecord]:
        with _lines(handle, encoding) as lines:
            if skip:
                lines.readline()
            csv.field_size_limit(options.limits.file_bytes)
            reader = csv.reader(lines, delimiter=sign)
            next(reader, None)
            try:
                for number, cells in enumerate((cells for cells in reader if cells), 1):
                    values = {role: cells[at] for role, at in places.items() if at < len(cells)}
                    yield from _record(number, values)
            except csv.Error as error:
                raise BadInput(
                    f"damaged CSV, line {reader.line_num}: {error}; save it again as CSV"
                ) from None

    return Table(rows, name, "thread" in roles)


def _open_jsonl(handle: BinaryIO, options: ReadOptions) -> Table:
    encoding, name = _text_encoding(handle)
    names: dict[str, None] = {}
    for _, row in zip(range(100), _objects(handle, encoding, options), strict=False):
        if isinstance(row, tuple):
            names.update(dict.fromkeys(row[1]))
    if not names:
        raise BadInput("no JSON objects; a JSONL file has one object on each line")
    roles = columns(list(names), options)

    def rows() -> Iterator[Record | BadRecord]:
        for row in _objects(handle, encoding, options):
            if isinstance(row, BadRecord):
                yield row
            else:
                yield from _record(row[0], {role: row[1].get(column) for role, column in roles.items()})

    return Table(rows, name, "thread" in roles)


def _objects(
    handle: BinaryIO, encoding: str, options: ReadOptions
) -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    """Objects of a JSONL file with their numbers from 1; a line that is none is a bad record."""
    bad = number = 0
    with _lines(handle, encoding) as lines:
        for place, line in enumerate(lines, 1):
            if not line.strip():
                continue
            number += 1
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                value = None
            if isinstance(value, dict):
                yield number, value
                continue
            bad += 1
            if bad > options.limits.bad_records:
                raise BadInput(
                    f"more than {options.limits.bad_records} lines are no JSON objects; check the file"
                )
            yield BadRecord(number, f"line {place} is not a JSON object; correct or remove it")


def _open_parquet(handle: BinaryIO, options: ReadOptions) -> Table:
    try:
        names = pq.ParquetFile(handle).schema_arrow.names
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged_parquet(error) from None
    roles = columns(names, options)

    def rows() -> Iterator[Record | BadRecord]:
        number = 0
        wanted = sorted(set(roles.values()))
        try:
            for batch in pq.ParquetFile(handle).iter_batches(batch_size=BATCH, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield from _record(number, {role: row[column] for role, column in roles.items()})
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _damaged_parquet(error) from None

    return Table(rows, None, "thread" in roles)


def _damaged_parquet(error: Exception) -> BadInput:
    first = (str(error).splitlines() or [""])[0][:120]
    return BadInput(f"a damaged Parquet file ({first}); write it again")


def _record(number: int, values: dict[ColumnRole, Any]) -> Iterator[Record | BadRecord]:
    """The record of a row; nothing where its body is empty, a bad record where it is no text."""
    body = values.get("text")
    text = body if isinstance(body, str) else _cell(body)
    if not text.strip():
        if isinstance(body, list | dict | bytes):
            yield BadRecord(number, f"record {number}: the text column holds no text; name another column")
        return
    try:
        check_text(text)
    except BadInput as error:
        yield BadRecord(number, f"record {number}: {error}")
        return
    cells = {role: _cell(value).strip() for role, value in values.items() if role != "text"}
    yield Record(number, text, **cells)


def _cell(value: object) -> str:
    """A cell as text: numbers without a needless fraction, dates as ISO 8601, nothing for no value."""
    if value is None or isinstance(value, list | dict | bytes):
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else str(value)
    isoformat = getattr(value, "isoformat", None)
    text = str(isoformat()) if callable(isoformat) else str(value)
    return text.encode("utf-8", "replace").decode()


def _text_encoding(handle: BinaryIO) -> tuple[str, str]:
    """Codec and reported encoding of a text stream: by its first chunk that is not ASCII."""
    handle.seek(0)
    first = chunk = handle.read(CHUNK)
    while chunk.isascii() and b"\0" not in chunk:
        following = handle.read(CHUNK)
        if not following:
            break
        chunk = following
    # a chunk read in the middle may begin inside a line, and its end may cut a character
    sample = chunk if chunk is first or b"\n" not in chunk else chunk[chunk.index(b"\n") + 1 :]
    try:
        codec = detect(sample)
    except BadInput:
        codec = detect(sample[: sample.rfind(b"\n") + 1])
    return codec, reported(codec, first)


class _lines:
    """Text lines of a stream from its beginning; the stream stays open afterwards.

    Raises `BadInput` where a byte is not of the encoding or a zero byte stands in a line.
    """

    def __init__(self, handle: BinaryIO, encoding: str) -> None:
        handle.seek(0)
        self._encoding = encoding
        self._text = io.TextIOWrapper(handle, encoding=encoding, newline="")
        self._line = 0

    def __enter__(self) -> _lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.detach()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readline(self) -> str:
        self._line += 1
        try:
            return self._text.readline()
        except UnicodeDecodeError:
            reason = f"damaged text: not {self._encoding} after line {self._line - 1}; save it as UTF-8"
            raise BadInput(reason) from None


_OPENERS: dict[str, Callable[[BinaryIO, ReadOptions], Table]] = {
    "csv": _open_csv,
    "jsonl": _open_jsonl,
    "parquet": _open_parquet,
}
