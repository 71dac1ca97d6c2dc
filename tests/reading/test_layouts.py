"""HTML pages with what is to be read of them: every line with its kind, every comment with its header.

A file of `layouts/` holds a page, `=====`, and the expected lines: `kind<TAB>text`; a line
`@author|date|position of the answered comment` begins a comment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reviewnlp.annotations import Block
from reviewnlp.reading import ReadOptions, Source, read_bytes

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.txt"))


@dataclass
class Expected:
    lines: list[tuple[str, str]] = field(default_factory=list)
    comments: list[tuple[str, str | None, int | None, str, str]] = field(default_factory=list)


def parse(table: str) -> Expected:
    expected = Expected()
    header: tuple[str, str | None, int | None] | None = None
    body: list[tuple[str, str]] = []
    for line in [*table.splitlines(), "@||"]:
        if not line:
            continue
        if line.startswith("@"):
            if header is not None:
                line_of_header = next((text for kind, text in body if kind == "comment_header"), "")
                own = [(kind, text) for kind, text in body if kind != "comment_header"]
                while len(own) > 1 and own[0][0] == "quote":
                    del own[0]
                text = "\n".join(text for _, text in own)
                expected.comments.append((*header, line_of_header, text))
            author, date, reply = line[1:].split("|")
            header, body = (author, date or None, int(reply) if reply else None), []
        else:
            kind, text = line.split("\t")
            expected.lines.append((kind, text))
            body.append((kind, text))
    return expected


def described(source: Source) -> Expected:
    text = source.text
    return Expected(
        [(block.kind, text[block.start : block.end]) for block in source.blocks],
        [
            (
                comment.author_name,
                comment.posted_at,
                comment.reply_to,
                text[slice(*comment.header)] if comment.header else "",
                text[comment.start : comment.end],
            )
            for comment in source.comments
        ],
    )


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_page(path: Path, encoding: str) -> None:
    page, table = path.read_text("utf-8").split("=====\n")
    (source,) = read_bytes(page.encode(encoding, "xmlcharrefreplace"), "page.html", ReadOptions())
    assert isinstance(source, Source), source
    assert (source.format, source.encoding) == ("html", encoding)
    expected = parse(table)
    assert described(source) == expected
    assert source.text == "\n".join(text for _, text in expected.lines)
    assert source.text.split("\n") == [source.text[b.start : b.end] for b in source.blocks]
    assert all(isinstance(block, Block) for block in source.blocks)
