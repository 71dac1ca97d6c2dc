"""How well are quotations found? Token-level F1 of content, cue and source over bracketed tables.

A table is a text file with a passage a line. Roles stand in brackets in place, and may nest:
`[s Карпов] [c заявил], [q что рынок упал].` with `s` source, `c` cue, `q` what is said; `¶` is a
line break. Lines that begin with `#` and empty lines are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Quotation, Range

ROLES = {"q": "content", "c": "cue", "s": "source"}
UNSCORED = re.compile(r"[\s«»„“”\"‘’]+")  # outer quotation marks may be in or out


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage without its brackets, and the ranges (code points) that each role covers."""

    text: str
    ranges: dict[str, tuple[Range, ...]]


def parse(line: str) -> Passage:
    """The passage of one bracketed line; ValueError where brackets do not match."""
    parts: list[str] = []
    length = 0
    opened: list[tuple[str, int]] = []
    ranges: dict[str, list[Range]] = {role: [] for role in ROLES.values()}
    for piece in re.split(r"(\[[qcs] |\])", line.strip().replace("¶", "\n")):
        if re.fullmatch(r"\[[qcs] ", piece):
            opened.append((piece[1], length))
        elif piece == "]":
            if not opened:
                raise ValueError(f"a bracket closes that was not opened: {line}")
            tag, start = opened.pop()
            ranges[ROLES[tag]].append(Range(start, length))
        else:
            parts.append(piece)
            length += len(piece)
    if opened:
        raise ValueError(f"a bracket is left open: {line}")
    return Passage("".join(parts), {role: tuple(found) for role, found in ranges.items()})


def read_table(path: Path) -> Iterator[Passage]:
    """The passages of a table in order."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield parse(line)


def found_ranges(quotations: Iterable[Quotation]) -> dict[str, list[Range]]:
    """What a document's quotations cover, by role."""
    ranges: dict[str, list[Range]] = {role: [] for role in ROLES.values()}
    for quotation in quotations:
        ranges["content"].append(quotation.content)
        if quotation.cue is not None:
            ranges["cue"].append(quotation.cue)
        if quotation.source is not None:
            ranges["source"].append(quotation.source)
    return ranges


def covered(doc: Doc, ranges: Iterable[Range]) -> set[int]:
    """Tokens that lie in any of the ranges; quotation marks and white space are not scored."""
    spans = list(ranges)
    return {
        token.i
        for token in doc
        if not UNSCORED.fullmatch(token.text)
        and any(start <= token.idx and token.idx + len(token) <= end for start, end in spans)
    }


def score(pairs: Iterable[tuple[Passage, Doc]]) -> dict[str, float]:
    """Token precision, recall and F1 of each role over passages and their analysed documents."""
    counts = {role: [0, 0, 0] for role in ROLES.values()}
    for passage, doc in pairs:
        found = found_ranges(doc._.quotations)
        for role, count in counts.items():
            gold, predicted = covered(doc, passage.ranges[role]), covered(doc, found[role])
            count[0] += len(gold & predicted)
            count[1] += len(predicted)
            count[2] += len(gold)
    figures = {}
    for role, (right, predicted_size, gold_size) in counts.items():
        figures[f"{role}_precision"] = right / predicted_size if predicted_size else 0.0
        figures[f"{role}_recall"] = right / gold_size if gold_size else 0.0
        total = predicted_size + gold_size
        figures[f"{role}_f1"] = 2 * right / total if total else 0.0
    return figures


def evaluate(path: Path, nlp: Language | None = None) -> dict[str, float]:
    """Figures of a pipeline (the package's own by default) on a bracketed table.

    OSError where the file cannot be read, ValueError where its brackets do not match.
    """
    if nlp is None:
        from reviewnlp.pipeline import load_untrained

        nlp = load_untrained()
    table = list(read_table(path))
    return score(zip(table, nlp.pipe(passage.text for passage in table), strict=True))
