"""Who says each line of a dialogue set off by dashes?

Author's words in the line tell («— …, — сказал он»); else whoever the line before addressed
by name; else whoever spoke before the line before, for speakers take turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from reviewnlp.annotations import Block, Gender, Turn
from reviewnlp.claims.mentions import Hit, MentionIndex, in_nominative
from reviewnlp.claims.turns.labels import holder_of_role, roles
from reviewnlp.claims.turns.marks import DASH

NOBODY_NAMED = -1  # a line with author's words that name no known person
CUT = re.compile(r"(?<=[,.!?…])[»”\"]?\s+[—–-]+\s+")


class Segment(NamedTuple):
    """A part of a dashed line between dashes, offsets in the text."""

    start: int
    end: int


def dashed_blocks(doc: Doc, blocks: Sequence[Block], turns: Sequence[Turn]) -> list[int]:
    """Positions of the paragraphs that begin with a dash, outside turns already found."""
    return [
        n
        for n, block in enumerate(blocks)
        if DASH.match(doc.text[block.start : block.end])
        and not any(turn.start <= block.start < turn.end for turn in turns)
    ]


def dialogue_turns(
    doc: Doc, blocks: Sequence[Block], writer: int | None, index: MentionIndex, turns: Sequence[Turn]
) -> list[Turn]:
    """Lines of dialogue with whoever says them; a lone line without author's words is none."""
    dashed = dashed_blocks(doc, blocks, turns)
    found = []
    for run in _runs(dashed):
        if _is_list(doc, [blocks[n] for n in run]):
            continue
        said = _speakers(doc, blocks, run, writer, index)
        for n in run:
            person = said[n]
            cued = bool(author_segments(doc, blocks[n], index))
            if person not in (None, NOBODY_NAMED) or len(run) > 1 or cued:
                known = None if person == NOBODY_NAMED else person
                found.append(Turn(blocks[n].start, blocks[n].end, known, "speech"))
    return found


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Stretches of numbers without a gap."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _is_list(doc: Doc, run: Sequence[Block]) -> bool:
    """Whether dashed paragraphs are items of a list: lower case, semicolons, nothing of a dialogue."""
    texts = [doc.text[block.start : block.end].rstrip() for block in run]
    items = sum(text.endswith(";") or text.lstrip("—–- ")[:1].islower() for text in texts)
    asked = any("?" in text for text in texts)
    quoted = any(_named_quotation(doc, block) for block in run)
    return items >= len(run) / 2 or not (asked or quoted)


def _named_quotation(doc: Doc, block: Block) -> bool:
    """Whether a quotation with a cue begins right after the paragraph's dash."""
    return any(
        quotation.cue is not None and block.start <= quotation.content.start <= block.start + 4
        for quotation in doc._.quotations
    )


def _speakers(
    doc: Doc, blocks: Sequence[Block], run: Sequence[int], writer: int | None, index: MentionIndex
) -> dict[int, int | None]:
    said: dict[int, int | None] = {}
    for n in run:
        clauses = author_segments(doc, blocks[n], index)
        before = said.get(n - 2)
        if clauses:
            said[n] = _named_in(doc, clauses, writer, index)
            gender = _pronoun(doc, clauses) if said[n] is None else None
            if gender is not None:
                told = blocks[run[0] - 1] if run[0] else None
                said[n] = before if before is not None else _last_told(doc, told, gender, writer, index)
            if said[n] is None:
                said[n] = _quoted(doc, blocks[n])
        elif n - 1 in said:
            addressed = _addressed(doc, blocks[n - 1], index) - {said[n - 1]}
            said[n] = addressed.pop() if len(addressed) == 1 else before
            if said[n] is None and n - 2 not in said:
                said[n] = _announced(doc, blocks[n - 1], said[n - 1], index)
        else:
            said[n] = None
    for n in reversed(run):  # whoever speaks after the answer has spoken before it
        if said[n] is None and said.get(n + 2) not in (None, said.get(n + 1)):
            said[n] = said[n + 2]
    return said


def author_segments(doc: Doc, block: Block, index: MentionIndex) -> list[Segment]:
    """The author's words in a dashed line: «сказал он» of «— Да, — сказал он. — Иду»."""
    segments = _segments(doc, block)
    cues = [
        q.cue for q in doc._.quotations if q.cue is not None and block.start <= q.content.start < block.end
    ]
    found = []
    for number, segment in enumerate(segments):
        if number % 2 == 0:
            continue
        lower = doc.text[segment.start].islower()
        has_cue = any(segment.start <= cue.start < segment.end for cue in cues)
        if (lower or has_cue or _acts(doc, segment)) and _has_verb(doc, segment):
            found.append(segment)
    return found


def _segments(doc: Doc, block: Block) -> list[Segment]:
    """A dashed line cut at its inner dashes: speech, author's words, speech and so on."""
    text = doc.text[block.start : block.end]
    opening = DASH.match(text)
    starts = [opening.end() if opening else 0]
    ends = []
    for cut in CUT.finditer(text, starts[0]):
        ends.append(cut.start())
        starts.append(cut.end())
    ends.append(len(text))
    pairs = zip(starts, ends, strict=True)
    return [Segment(block.start + start, block.start + end) for start, end in pairs if start < end]


def _acts(doc: Doc, segment: Segment) -> bool:
    """Whether the words begin with a name and a verb in the third person: «Сабитов поднял ладонь»."""
    span = doc.char_span(segment.start, segment.end, alignment_mode="contract")
    if span is None or len(span) < 2 or not span[0].is_title:
        return False
    verb = next((token for token in span[1:4] if "VerbForm=Fin" in token.morph), None)
    subject = span[0].pos_ in ("PROPN", "PRON", "NOUN") or _person_called(doc, span[0].text) is not None
    return subject and verb is not None and not {"Person=1", "Person=2"} & set(verb.morph)


def _has_verb(doc: Doc, segment: Segment) -> bool:
    span = doc.char_span(segment.start, segment.end, alignment_mode="contract")
    return any(token.pos_ in ("VERB", "AUX") or token.text in ("это", "тот", "та") for token in span or ())


def _named_in(doc: Doc, clauses: Sequence[Segment], writer: int | None, index: MentionIndex) -> int | None:
    """Whom the author's words name as the speaker; NOBODY_NAMED where another subject stands there."""
    for clause in clauses:
        span = doc.char_span(clause.start, clause.end, alignment_mode="contract")
        if span is None:
            continue
        for token in span:
            first = token.pos_ == "VERB" and {"Person=1", "Number=Sing"} <= set(token.morph)
            if first or token.lower_ == "я":
                return writer if writer is not None else NOBODY_NAMED
            if roles().get(token.lower_) == "host":
                host = holder_of_role(doc, index, token.lower_)
                if host is not None:
                    return host
        named = [
            h for h in index.within(clause.start, clause.end) if h.kind == "name" and in_nominative(doc, h)
        ]
        if named:
            return named[0].person
        for token in span:
            person = _person_called(doc, token.text) if token.is_title else None
            if person is not None:
                return person
    return None


def _person_called(doc: Doc, word: str) -> int | None:
    """The only person one of whose names is the word."""
    people = [person for person in doc._.people if person.kind == "person" and word in person.name.split()]
    found = [number for number, person in enumerate(doc._.people) if person in people]
    return found[0] if len(found) == 1 else None


def _pronoun(doc: Doc, clauses: Sequence[Segment]) -> Gender | None:
    """Gender of the personal pronoun in the author's words; None where there is none."""
    text = " ".join(doc.text[clause.start : clause.end].casefold() for clause in clauses)
    if re.search(r"\b(он|тот)\b", text):
        return "masc"
    return "fem" if re.search(r"\b(она|та)\b", text) else None


def _last_told(
    doc: Doc, block: Block | None, gender: Gender, writer: int | None, index: MentionIndex
) -> int | None:
    """The person of that gender whom the narration before a dialogue mentions last.

    What is said in the dialogue itself does not tell whom its pronouns mean.
    """
    for hit in reversed(index.within(block.start, block.end) if block is not None else []):
        person = doc._.people[hit.person]
        if hit.person != writer and person.kind == "person" and person.gender in (gender, None):
            return hit.person
    return None


def _quoted(doc: Doc, block: Block) -> int:
    """Speaker of a dashed line by the quotation in it; NOBODY_NAMED where it has no known person."""
    for quotation in doc._.quotations:
        if block.start <= quotation.content.start <= block.start + 4 and quotation.speaker is not None:
            return int(quotation.speaker)
    return NOBODY_NAMED


def _addressed(doc: Doc, block: Block, index: MentionIndex) -> set[int | None]:
    """Persons whom a line calls by name: «Павел, у вас деньги остались?», «Начинали вы с гранта, Катя»."""
    authors = author_segments(doc, block, index)
    speech = [segment for segment in _segments(doc, block) if segment not in authors]
    return {
        hit.person
        for segment in speech
        for hit in index.within(segment.start, segment.end)
        if hit.kind == "name" and _is_vocative(doc, hit, segment)
    }


def _is_vocative(doc: Doc, hit: Hit, segment: Segment) -> bool:
    """Whether a name is set off by commas in a sentence that asks or has a second person."""
    before = doc.text[segment.start : hit.start].rstrip()
    after = doc.text[hit.end : segment.end + 1].lstrip()
    apart = (not before or before[-1] in ",.!?…—–") and (not after or after[0] in ",.!?…")
    name = doc.char_span(hit.start, hit.end, alignment_mode="expand")
    if not apart or not (in_nominative(doc, hit) or any("Case=Nom" in t.morph for t in name or ())):
        return False
    span = doc.char_span(segment.start, segment.end, alignment_mode="contract")
    second = any("Person=2" in token.morph or "Mood=Imp" in token.morph for token in span or ())
    return second or "?" in doc.text[segment.start : segment.end + 1]


def _announced(doc: Doc, block: Block, speaker: int | None, index: MentionIndex) -> int | None:
    """The one other person whom the line before the first answer names: «слово Имени», «Имя прислала»."""
    named = {hit.person for hit in index.within(block.start, block.end) if hit.kind == "name"} - {speaker}
    return named.pop() if len(named) == 1 else None
