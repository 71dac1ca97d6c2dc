"""Which texts on the page were written by one of several reviewers?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from reviewnlp.annotations import Block, Turn
from reviewnlp.claims.bylines import is_led, name_line
from reviewnlp.claims.mentions import MentionIndex, person_of_initials
from reviewnlp.claims.turns.labels import Label
from reviewnlp.claims.turns.marks import CLOSING, OPENING, closing_quote, opens_quoted
from reviewnlp.resources import words

REVIEW_LENGTH = 300  # code points after «Имя:» from which a quoted text is a review, not a remark
BRIEF = 100  # code points between a signature and the next heading's name: no text of its own


def review_turns(doc: Doc, blocks: Sequence[Block], labels: Sequence[Label]) -> list[Turn]:
    """Texts of several named reviewers: «Имя Фамилия: «…»», each over one or more paragraphs."""
    found: list[Turn] = []
    for position, label in enumerate(labels):
        inside = bool(found) and label.start < found[-1].end
        if label.person is None or inside or not opens_quoted(doc.text[label.body :]):
            continue
        following = [other.start for other in labels[position + 1 :] if other.person is not None]
        limit = min([*following, blocks[-1].end])
        end = closing_quote(doc, [b for b in blocks[label.block :] if b.start < limit])
        if end - label.body >= REVIEW_LENGTH:
            found.append(Turn(label.start, end, label.person, "review"))
    return found


def form_turns(doc: Doc, blocks: Sequence[Block], index: MentionIndex) -> list[Turn]:
    """Filled-in forms: «Анкета 3. Подпись: Имя Фамилия», each up to the next one.

    A form without a name is the turn of a voice without a name.
    """
    labels = "|".join(sorted(words("claims", "form_labels.tsv")))
    pattern = re.compile(rf"(?:^|.*?[.,;\s(])(?:{labels})\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
    heads = []
    for number, block in enumerate(blocks):
        match = pattern.fullmatch(doc.text[block.start : block.end].strip())
        if match and block.end - block.start <= BRIEF:
            start = block.end - len(match.group(1).rstrip(" \n)"))
            hits = [hit for hit in index.within(start, block.end) if hit.kind == "name"]
            person = hits[0].person if hits else person_of_initials(doc, match.group(1))
            heads.append((number, person))
    if len(heads) < 2 or len({person for _, person in heads}) < 2:
        return []
    limits = [number for number, _ in heads[1:]] + [len(blocks)]
    return [
        Turn(blocks[number].start, blocks[limit - 1].end, person, "review")
        for (number, person), limit in zip(heads, limits, strict=True)
    ]


def section_turns(doc: Doc, blocks: Sequence[Block], index: MentionIndex, writer: int | None) -> list[Turn]:
    """Sections headed or signed by a name and written in the first person: several reviewers."""
    lines = []
    led = False
    for number, block in enumerate(blocks):
        hit = name_line(doc, block, index)
        if hit is not None:
            lines.append((number, hit.person))
            led = led or is_led(doc, block, hit)
    persons = {person for _, person in lines}
    if len(persons) < 2 or len(lines) > len(blocks) / 2 or (writer not in (None, *persons) and not led):
        return []
    ways = (_headed(blocks, lines), _signed(blocks, lines), _mixed(blocks, lines))
    found = [_first_person_sections(doc, blocks, sections) for sections in ways]
    best = max(found, key=lambda turns: sum(turn.end - turn.start for turn in turns))
    return best if len({turn.person for turn in best}) >= 2 else []


Section = tuple[range, int]  # blocks of a text, and whose it is


def _headed(blocks: Sequence[Block], lines: Sequence[tuple[int, int]]) -> list[Section]:
    """Texts after each name line."""
    limits = [number for number, _ in lines[1:]] + [len(blocks)]
    return [(range(n + 1, limit), person) for (n, person), limit in zip(lines, limits, strict=True)]


def _signed(blocks: Sequence[Block], lines: Sequence[tuple[int, int]]) -> list[Section]:
    """Texts before each name line, back to the heading or the name line before."""
    starts = [0] + [number + 1 for number, _ in lines[:-1]]
    return [
        (_after_heading(blocks, range(start, n)), person)
        for (n, person), start in zip(lines, starts, strict=True)
    ]


def _mixed(blocks: Sequence[Block], lines: Sequence[tuple[int, int]]) -> list[Section]:
    """A first text signed at its end, then texts headed by names, with only a heading between."""
    for position in range(len(lines) - 1):
        signature, head = lines[position][0], lines[position + 1][0]
        between = blocks[signature + 1 : head]
        if sum(block.end - block.start for block in between) <= BRIEF:
            signed = _signed(blocks, lines[: position + 1])
            return [*signed, *_headed(blocks, lines[position + 1 :])]
    return []


def _after_heading(blocks: Sequence[Block], inside: range) -> range:
    """The blocks after the last heading among them, where something is left after it."""
    headings = [n for n in inside[:-1] if blocks[n].kind == "heading"]
    return range(headings[-1], inside.stop) if headings else inside


def _first_person_sections(doc: Doc, blocks: Sequence[Block], sections: Sequence[Section]) -> list[Turn]:
    """The sections in the first person, unless many speak of the person who should be the writer."""
    turns = []
    spoken_of = 0
    for inside, person in sections:
        if not inside:
            continue
        start, end = blocks[inside[0]].start, blocks[inside[-1]].end
        if first_person_share(doc, start, end) > 0:
            turns.append(Turn(start, end, person, "review"))
            names = [m.start for m in doc._.people[person].mentions if m.kind == "name"]
            spoken_of += any(start <= name < end and not _in_head(doc, name) for name in names)
    return turns if spoken_of <= len(turns) / 3 else []


def _in_head(doc: Doc, position: int) -> bool:
    """Whether a name stands in a line such as «Докладчик: Имя Фамилия»."""
    line = doc.text[:position].rsplit("\n", 1)[-1]
    return bool(re.fullmatch(r"[\w\s]{3,30}:\s*", line))


def first_person_share(doc: Doc, start: int, end: int) -> float:
    """Share of words in the first person singular outside quotation marks, between two offsets."""
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None:
        return 0.0
    depth = count = total = 0
    for token in span:
        depth = max(0, depth + (token.text in OPENING) - (token.text in CLOSING))
        if depth == 0 and token.is_alpha:
            total += 1
            count += token.lower_ in ("я", "мне", "меня", "мной", "мой", "моя", "моё", "мои") or (
                {"Person=1", "Number=Sing"} <= set(token.morph)
            )
    return count / total if total else 0.0
