"""Which column of records says what? Header, delimiter and roles, for CSV, JSONL and Parquet alike."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Literal

from reviewnlp.reading.options import ReadOptions
from reviewnlp.reading.source import BadInput
from reviewnlp.resources import rows

ColumnRole = Literal["text", "id", "author", "date", "title", "thread"]
ROLES: tuple[ColumnRole, ...] = ("text", "id", "author", "date", "title", "thread")
DELIMITERS = ",;\t"


def asked(options: ReadOptions) -> dict[ColumnRole, str | None]:
    """The names of columns that the user gives, by role."""
    return {
        "text": options.text_column,
        "id": options.id_column,
        "author": options.author_column,
        "date": options.date_column,
        "title": options.title_column,
        "thread": options.thread_column,
    }


def columns(names: Sequence[str], options: ReadOptions) -> dict[ColumnRole, str]:
    """The column of each role: the one asked for, else the first with a usual name.

    Raises `BadInput` where a column asked for is not there, or there is no text column.
    """
    found: dict[ColumnRole, str] = {}
    for role, name in asked(options).items():
        if name is not None and name not in names:
            raise BadInput(f"no such column: {name!r}; {_there_are(names)}, name one by --{role}-column")
        chosen = name if name is not None else _usual(role, names, taken=set(found.values()))
        if chosen is not None:
            found[role] = chosen
    if "text" not in found:
        raise BadInput(f"no column of texts; {_there_are(names)}, name one by --text-column")
    return found


def delimiter(line: str) -> str:
    """The delimiter that cuts a header line into most columns; a comma where none does."""
    return max(DELIMITERS, key=lambda sign: len(header(line, sign)))


def header(line: str, sign: str) -> list[str]:
    """Names of the columns of a header line."""
    try:
        cells = next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in cells]


def looks_like_csv(head: str, options: ReadOptions) -> bool:
    """Whether the first line is a header of several columns, the text column among them."""
    lines = head.lstrip("\r\n").splitlines()[:2]
    if len(lines) < 2:
        return False
    sign = delimiter(lines[0])
    names = header(lines[0], sign)
    if len(names) < 2 or any(len(name) > 40 or len(name.split()) > 3 for name in names):
        return False
    row = header(lines[1], sign)
    # a row may go on in the next line inside quotation marks
    if len(row) != len(names) and '"' not in lines[1]:
        return False
    text = options.text_column
    return text in names if text is not None else _usual("text", names, taken=set()) is not None


def _usual(role: ColumnRole, names: Sequence[str], taken: set[str]) -> str | None:
    """The first usual name of the role that is a column, whatever its case."""
    folded = {name.casefold(): name for name in reversed(names)}
    usual = next(row[1] for row in rows("reading", "columns.tsv") if row[0] == role)
    candidates = (folded[name] for name in usual.split() if name in folded)
    return next((name for name in candidates if name not in taken), None)


def _there_are(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:20])
    return f"the columns are {shown}" + (" …" if len(names) > 20 else "") if names else "there are no columns"
