"""Reads text tables: a line of Russian in which ` | ` stands where the next unit begins."""

from __future__ import annotations

from pathlib import Path

MARK = " | "
FOLDER = Path(__file__).parent


def lines(name: str) -> list[str]:
    """The lines of a table that are neither empty nor comments."""
    text = (FOLDER / name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def unmarked(line: str) -> str:
    """The text of a line without its marks."""
    return line.replace(MARK, " ")


def marked(text: str, starts: list[int]) -> str:
    """The text with marks where units begin, as a table writes it."""
    ends = [*starts[1:], len(text)]
    return MARK.join(text[start:end].strip() for start, end in zip(starts, ends, strict=True))
