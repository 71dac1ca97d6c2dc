"""Where would the lines begin on a page that lost its line breaks?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from reviewnlp.annotations import Block
from reviewnlp.claims.mentions import MentionIndex
from reviewnlp.claims.turns.labels import LABEL_LENGTH, roles
from reviewnlp.claims.turns.marks import CLOSING, OPENING

SHORTEST = 300  # code points of a block from which labels are looked for inside it
FEWEST = 3  # labels inside one block that make it a transcript
FEWEST_QUOTED = 2  # labels before quoted texts that do
_TEXT = rf'[А-ЯЁ][^:.!?«»"\n]{{1,{LABEL_LENGTH}}}(?:[А-ЯЁ]\.)?'
LABEL = re.compile(rf'(?<=[.!?…»")])\s+(?=({_TEXT}):\s)')
QUOTED = re.compile(rf'({_TEXT}):\s*[«„“"]')


def with_lines(doc: Doc, blocks: Sequence[Block], index: MentionIndex) -> list[Block]:
    """The blocks, those that hold several labels («… тёплая. Иванов: …») cut before each of them.

    A label is a name or a role word with a colon, after the end of a sentence; at least two
    different ones must be there.
    """
    found = []
    for block in blocks:
        cuts = _label_starts(doc, block, index) if block.end - block.start >= SHORTEST else []
        edges = [block.start, *cuts, block.end]
        for start, end in pairwise(edges):
            length = len(doc.text[start:end].rstrip())
            found.append(replace(block, start=start, end=start + length))
    return found


def _label_starts(doc: Doc, block: Block, index: MentionIndex) -> list[int]:
    """Offsets inside a block at which labels begin; empty where they are too few."""
    names = [hit.start for hit in index.within(block.start, block.end) if hit.kind == "name"]
    listed = roles()
    labels = {}
    for match in LABEL.finditer(doc.text, block.start, block.end):
        word = re.sub(r"\s*\(.*", "", match.group(1)).casefold()
        if match.end() in names or word in listed:
            labels[match.end()] = match.group(1)
    quoted = _quoted_labels(doc, block, names)
    labels |= quoted
    enough = len(labels) >= FEWEST or len(quoted) >= FEWEST_QUOTED
    starts = sorted(start for start in labels if start > block.start)
    return starts if enough and len(set(labels.values())) > 1 else []


def _quoted_labels(doc: Doc, block: Block, names: Sequence[int]) -> dict[int, str]:
    """Labels before long quoted texts, outside other quotation marks: start and text of each."""
    found: dict[int, str] = {}
    for start in names:
        match = QUOTED.match(doc.text, start, block.end)
        before = doc.text[block.start : start]
        open_marks = sum(before.count(m) for m in OPENING) - sum(before.count(m) for m in CLOSING)
        if match is not None and open_marks <= 0:
            found[start] = match.group(1)
    edges = [*sorted(found), block.end]
    long = all(end - start >= SHORTEST for start, end in pairwise(edges))
    return found if long else {}
