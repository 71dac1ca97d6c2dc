"""How are commenters hidden? Their names are replaced in the text, which is then analysed again.

So all offsets of the report belong to the text that it shows. Replaced are, document by document:
the author in a comment's header, every other mention that the people component ascribes to that
author (inflected forms, short forms), and every further occurrence of the nick as a word, in quoted
text and in the title too, unless it is part of another person's name.

A nick gets one pseudonym in all documents of a run, numbered by first appearance: the same input
gives the same pseudonyms. «Гость» and «Аноним» name nobody and stay. Not covered: a nick that other
people misspell, what commenters tell about themselves, and the path in `source`. The checksum of a
changed document is that of its new text, so that it does not lead back to the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc

from reviewnlp.annotations import Mention, Person, Range
from reviewnlp.people.authors import Author
from reviewnlp.people.inflection import fold
from reviewnlp.reading.source import Source, digest

PSEUDONYM = "Комментатор{}"
ROUNDS = 3  # a replaced header may let a later pass see an author that an earlier one missed

Edit = tuple[Range, str]


class Pseudonyms:
    """Pseudonyms given in one run: the same nick, case and ё aside, always gets the same one."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    @property
    def given(self) -> frozenset[str]:
        """The pseudonyms given so far."""
        return frozenset(self._given.values())

    def of(self, name: str) -> str:
        """The name's pseudonym, a new one where it is new."""
        return self._given.setdefault(fold(name), PSEUDONYM.format(len(self._given) + 1))


def hide_commenters(doc: Doc, analyse: Callable[[Source], Doc], names: Pseudonyms) -> Doc:
    """The Doc of the same source with commenters' names replaced; the same Doc where it has none.

    `analyse` makes a Doc of a Source. `names` is shared by the documents of a run.
    """
    hidden = 0
    for _ in range(ROUNDS):
        commenters = _commenters(doc, names)
        if not commenters:
            break
        hidden = max(hidden, len(commenters))
        doc = analyse(_rewritten(doc, commenters, names))
    if hidden:
        doc._.warnings = [*doc._.warnings, f"commenters' names were replaced by pseudonyms ({hidden})"]
    return doc


def _commenters(doc: Doc, names: Pseudonyms) -> dict[int, set[str]]:
    """Positions of people who write comments under a name, with the names in their headers."""
    found: dict[int, set[str]] = {}
    for comment in doc._.comments:
        name = comment.author_name.strip()
        if (
            comment.author is not None
            and name
            and not Author(name, None, None).anonymous
            and name not in names.given
        ):
            found.setdefault(comment.author, set()).add(name)
    return found


def _edits(doc: Doc, commenters: dict[int, set[str]], names: Pseudonyms) -> list[Edit]:
    """Replacements in text order, without overlaps."""
    people: Sequence[Person] = doc._.people
    others = [
        mention
        for i, person in enumerate(people)
        if i not in commenters
        for mention in person.mentions
        if mention.kind == "name"
    ]
    edits: list[Edit] = []
    for position, written in commenters.items():
        person = people[position]
        spans = [Range(m.start, m.end) for m in person.mentions if m.kind == "name"]
        for name in sorted({*written, person.name}):
            spans += _occurrences(name, doc.text)
        spans = [span for span in spans if not any(_overlap(span, other) for other in others)]
        edits += [(span, names.of(person.name)) for span in (*spans, *_headers(doc, position))]
    return _without_overlaps(edits)


def _overlap(a: Range, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def _without_overlaps(edits: Sequence[Edit]) -> list[Edit]:
    """In text order; of edits that compete for a place the first, then the longest."""
    kept: list[Edit] = []
    for span, pseudonym in sorted(edits, key=lambda edit: (edit[0].start, -edit[0].end, edit[1])):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, pseudonym))
    return kept


def _headers(doc: Doc, author: int) -> list[Range]:
    """Where the headers of the author's comments name him or her."""
    found = []
    for comment in doc._.comments:
        if comment.author == author and comment.header is not None and comment.author_name:
            at = doc.text.find(comment.author_name, comment.header.start, comment.header.end)
            if at >= 0:
                found.append(Range(at, at + len(comment.author_name)))
    return found


def _occurrences(name: str, text: str) -> list[Range]:
    """The name as a word of its own; a nick of Latin letters or digits in any case.

    A nick of one letter is looked for nowhere but in headers.
    """
    if len(name) < 2:
        return []
    flags = re.IGNORECASE if re.search(r"[A-Za-z0-9_]", name) else re.NOFLAG
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", flags)
    return [Range(*match.span()) for match in pattern.finditer(text)]


def _rewritten(doc: Doc, commenters: dict[int, set[str]], names: Pseudonyms) -> Source:
    """The source with its text edited and every offset moved along."""
    source: Source = doc._.source
    edits = _edits(doc, commenters, names)
    text = _edited(source.text, edits)
    given = {fold(name): names.of(doc._.people[i].name) for i, found in commenters.items() for name in found}
    moved = _Mover(edits)
    return replace(
        source,
        text=text,
        sha256=digest(text.encode()),
        title=None if source.title is None else _retitled(source.title, commenters, doc, names),
        author_name=given.get(fold(source.author_name.strip()), source.author_name),
        blocks=tuple(moved(block) for block in source.blocks),
        comments=tuple(
            replace(
                moved(comment),
                header=None if comment.header is None else Range(*moved.range(comment.header)),
                author_name=given.get(fold(comment.author_name.strip()), comment.author_name),
            )
            for comment in source.comments
        ),
    )


def _edited(text: str, edits: Sequence[Edit]) -> str:
    pieces: list[str] = []
    position = 0
    for span, pseudonym in edits:
        pieces += [text[position : span.start], pseudonym]
        position = span.end
    return "".join([*pieces, text[position:]])


def _retitled(title: str, commenters: dict[int, set[str]], doc: Doc, names: Pseudonyms) -> str:
    edits = [
        (span, names.of(doc._.people[position].name))
        for position, written in commenters.items()
        for name in written
        for span in _occurrences(name, title)
    ]
    return _edited(title, _without_overlaps(edits))


class _Mover:
    """Offsets after the edits; one inside a replaced stretch moves to the stretch's new edge."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits

    def __call__(self, record: Any) -> Any:
        start, end = self.range(record)
        return replace(record, start=start, end=end)

    def range(self, span: Any) -> tuple[int, int]:
        return self._moved(span.start, start=True), self._moved(span.end, start=False)

    def _moved(self, offset: int, *, start: bool) -> int:
        shift = 0
        for span, pseudonym in self.edits:
            if span.end <= offset:
                shift += len(pseudonym) - (span.end - span.start)
            elif span.start < offset:
                return span.start + shift + (0 if start else len(pseudonym))
            else:
                break
        return offset + shift
