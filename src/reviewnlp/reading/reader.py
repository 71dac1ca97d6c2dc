"""How does an input become documents? Open, recognise, extract, check the language, close."""

from __future__ import annotations

import dataclasses
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from reviewnlp.reading.encodings import check_text, decode, decode_declared
from reviewnlp.reading.formats import SUFFIXES, binary_format, name_binary, text_format
from reviewnlp.reading.inputs import Finder, Found, reason
from reviewnlp.reading.language import language, language_name
from reviewnlp.reading.markdown import read_markdown
from reviewnlp.reading.options import MIB, ReadOptions
from reviewnlp.reading.page import read_page
from reviewnlp.reading.records import read_records
from reviewnlp.reading.source import BadInput, Extract, Failure, Format, Source, digest
from reviewnlp.reading.word import read_word

RECORDS: tuple[Format, ...] = ("csv", "jsonl", "parquet")
EMPTY = "empty: it holds no text; give a file with a text"


def read(inputs: Iterable[str | Path], options: ReadOptions | None = None) -> Iterator[Source | Failure]:
    """Read inputs one after another: a document or a failure at a time, in the order given.

    A `str` is a text (named `text`); a `Path` is a file, a folder (read with its subfolders,
    sorted, files of known suffixes), a glob pattern or `-` (standard input). A file that is
    reached twice is read once. Each file is closed before the next is opened; record files are
    streamed. Nothing is raised for bad input: it gives a `Failure`.
    """
    options = options or ReadOptions()
    finder = Finder()
    for item in inputs:
        if isinstance(item, str):
            yield from _checked(_read_text(item, options), "text", options)
            continue
        for found in finder.find(item):
            if isinstance(found, Failure):
                yield found
            else:
                yield from _checked(_read_file(found, options), found.name, options)


def read_bytes(data: bytes, name: str, options: ReadOptions | None = None) -> list[Source | Failure]:
    """Documents of a file's bytes; the suffix of `name` helps where the content leaves it open."""
    options = options or ReadOptions()
    return list(_checked(_read_stream(io.BytesIO(data), name, len(data), options), name, options))


def _checked(
    documents: Iterator[Source | Failure], name: str, options: ReadOptions
) -> Iterator[Source | Failure]:
    """The documents with their language, those that are not Russian and errors as failures."""
    try:
        for document in documents:
            yield _in_russian(document, options) if isinstance(document, Source) else document
    except BadInput as error:
        yield Failure(name, str(error))
    except OSError as error:
        yield Failure(name, reason(error))


def _in_russian(source: Source, options: ReadOptions) -> Source | Failure:
    """The document with its language, or the failure that names it."""
    code = language(source.text)
    if code != "ru" and not options.force:
        what = "no words" if code == "und" else language_name(code)
        return Failure(source.name, f"not Russian but {what}; --force analyses it all the same")
    return dataclasses.replace(source, language=code)


def _read_text(text: str, options: ReadOptions) -> Iterator[Source]:
    if not text.strip():
        raise BadInput(EMPTY)
    check_text(text)
    sha256 = digest(text.encode())
    yield Source(text, "text", None, "text", None, sha256, kind=options.as_kind)


def _read_file(found: Found, options: ReadOptions) -> Iterator[Source | Failure]:
    if found.name == "-":
        yield from _read_pipe(sys.stdin.buffer, found.name, options)
        return
    with found.path.open("rb") as handle:
        state = os.fstat(handle.fileno())
        if stat.S_ISREG(state.st_mode):
            yield from _read_stream(handle, found.name, state.st_size, options)
        else:
            yield from _read_pipe(handle, found.name, options)


def _read_pipe(handle: BinaryIO, name: str, options: ReadOptions) -> Iterator[Source | Failure]:
    """What cannot be rewound is read whole, up to the limit of a file."""
    limit = options.limits.file_bytes
    data = handle.read(limit + 1)
    if len(data) > limit:
        raise BadInput(f"longer than the limit of {limit // MIB} MiB; save it to a file and split it")
    yield from _read_stream(io.BytesIO(data), name, len(data), options)


def _read_stream(handle: BinaryIO, name: str, size: int, options: ReadOptions) -> Iterator[Source | Failure]:
    """Documents of a stream that can be rewound; only records may be longer than the limit."""
    suffix = PurePosixPath(name).suffix.lower()
    limit = options.limits.file_bytes
    start = handle.read(MIB)
    if not start.strip():
        raise BadInput(EMPTY)
    if size > limit:
        format = _record_format(start, suffix)
        if format is None:
            raise BadInput(f"longer than the limit of {limit // MIB} MiB; split it")
        yield from read_records(handle, format, name, options)
        return
    data = start + handle.read(limit)
    if len(data) > limit:
        raise BadInput(f"longer than the limit of {limit // MIB} MiB and growing; split it")
    format, encoding, text = recognise(data, suffix, options)
    if format in RECORDS:
        del data, text
        handle.seek(0)
        yield from read_records(handle, format, name, options)
        return
    extract = _extract(format, data, text, options)
    if not extract.text.strip():
        raise BadInput(EMPTY)
    yield Source(
        text=extract.text,
        format=format,
        encoding=encoding,
        name=name,
        title=extract.title,
        sha256=digest(data),
        kind=options.as_kind,
        blocks=extract.blocks,
        comments=extract.comments,
    )


def recognise(data: bytes, suffix: str, options: ReadOptions) -> tuple[Format, str | None, str]:
    """Format, encoding and decoded text (empty for DOCX and Parquet) of a file's bytes."""
    binary = binary_format(data)
    if binary is not None:
        return binary, None, ""
    try:
        text, encoding = decode(data)
    except BadInput as error:
        declared = decode_declared(data)
        if declared is None:
            raise name_binary(data) or error from None
        text, encoding = declared
    return text_format(text, suffix, options), encoding, text


def _extract(format: Format, data: bytes, text: str, options: ReadOptions) -> Extract:
    if format == "docx":
        return read_word(data, options.limits)
    if format == "html":
        return read_page(text, options.limits)
    return read_markdown(text) if format == "markdown" else Extract(text)


def _record_format(start: bytes, suffix: str) -> Format | None:
    """Format of a file too long for a document: records, by magic or suffix."""
    if start.startswith(b"PAR1"):
        return "parquet"
    named = SUFFIXES.get(suffix)
    return named if named in RECORDS else None
