"""What is a comment while it is being put together, before its range and author are settled?"""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewnlp.layout.cues import Quote
from reviewnlp.layout.heads import Head


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a comment's body; `gap` counts the blank lines before it."""

    start: int
    end: int
    text: str
    gap: int


@dataclass(slots=True)
class Draft:
    """A comment in the making: its paragraphs, and what its header and opening quotations say.

    `closed` is set when buttons follow the body: what comes next is another comment.
    """

    head: Head | None = None
    header: tuple[int, int] | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    closed: bool = False
