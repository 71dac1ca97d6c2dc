"""What do annotators say? Reads gold files: documents with `<t>`, `<o>` and `<c>` tags inside.

Dropping the tags gives the document, code point for code point; offsets of marks refer to it.
`corpora/README.md` tells what the tags and attributes mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

TAG = re.compile(r"<(/?)([toc])((?:\s+\w+=\"[^\"]*\")*)\s*>")
ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")
SUFFIX = ".gold.txt"
# values of the attributes p and st, as the report calls them
POLARITY = {"+": "positive", "0": "neutral", "-": "negative"}
STANCE = {"pro": "supportive", "neu": "neutral", "con": "skeptical"}


@dataclass(frozen=True)
class Mark:
    """One tagged span: `t` thesis, `o` opinion or `c` comment, with its attributes."""

    tag: str
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GoldDocument:
    """A document without its tags, and its marks in the order of their start."""

    collection: str
    name: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def source(self) -> str:
        """The name under which reports of evaluations list the document."""
        return f"{self.collection}/{self.name}.txt"


def parse(collection: str, name: str, marked: str) -> GoldDocument:
    """Strip the tags of one gold file; ValueError where tags do not pair up."""
    pieces: list[str] = []
    length = position = 0
    open_marks: list[tuple[str, int, dict[str, str]]] = []
    marks: list[Mark] = []
    for match in TAG.finditer(marked):
        pieces.append(marked[position : match.start()])
        length += match.start() - position
        position = match.end()
        closing, tag, attributes = match.groups()
        if not closing:
            open_marks.append((tag, length, dict(ATTRIBUTE.findall(attributes))))
        elif open_marks and open_marks[-1][0] == tag:
            tag, start, values = open_marks.pop()
            marks.append(Mark(tag, start, length, values))
        else:
            line = marked.count("\n", 0, match.start()) + 1
            raise ValueError(f"{collection}/{name}{SUFFIX}:{line}: </{tag}> closes nothing")
    if open_marks:
        raise ValueError(f"{collection}/{name}{SUFFIX}: <{open_marks[-1][0]}> is never closed")
    pieces.append(marked[position:])
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return GoldDocument(collection, name, "".join(pieces), tuple(marks))


def read_collection(folder: Path) -> list[GoldDocument]:
    """Gold documents of `FOLDER/*.gold.txt` or `FOLDER/gold/*.gold.txt`, sorted by name.

    FileNotFoundError where there are none.
    """
    folder = folder.resolve()
    files = sorted(folder.glob(f"*{SUFFIX}")) or sorted((folder / "gold").glob(f"*{SUFFIX}"))
    if not files:
        raise FileNotFoundError(f"{folder}: no {SUFFIX} files here or in its folder 'gold'")
    documents = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as stream:
            documents.append(parse(folder.name, path.name.removesuffix(SUFFIX), stream.read()))
    return documents
