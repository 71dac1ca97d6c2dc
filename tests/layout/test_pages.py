"""Pages of many layouts: blocks and comments come out as they are marked in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewnlp.annotations import Block, Comment
from reviewnlp.layout.analysis import analyse
from tests.layout.marked import PAGES, read_page


def shown(text: str, blocks: list[Block]) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks]


def told(text: str, comments: list[Comment]) -> list[tuple[str, str | None, int | None, str]]:
    return [(c.author_name, c.posted_at, c.reply_to, text[c.start : c.end]) for c in comments]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_comments(path: Path) -> None:
    page = read_page(path)
    _, comments = analyse(page.text)
    assert told(page.text, comments) == told(page.text, page.comments)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_blocks(path: Path) -> None:
    page = read_page(path)
    blocks, _ = analyse(page.text)
    assert shown(page.text, blocks) == shown(page.text, page.blocks)
