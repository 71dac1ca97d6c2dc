"""Who asks and who answers in an interview or a survey whose lines have no labels?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from reviewnlp.annotations import Block, Turn
from reviewnlp.claims.mentions import MentionIndex
from reviewnlp.claims.turns.dialogue import author_segments, dashed_blocks
from reviewnlp.claims.turns.labels import answerer, guest_of

FEWEST = 6  # dashed paragraphs without author's words that make an interview
FEWEST_ASKED = 3  # questions on lines of their own that make one
LONGEST_QUESTION = 220  # code points
SAME_VOICE = 0.8  # cost of two dashed lines of one voice on end, where a line's own cost is up to 1.6
TO_YOU = re.compile(r"\b[Вв](ы|ас|ам|ами|аш\w*)\b")


def interview_turns(
    doc: Doc, blocks: Sequence[Block], writer: int | None, index: MentionIndex, turns: Sequence[Turn]
) -> list[Turn]:
    """Questions and answers of an interview, or answers to a survey; empty where there are none."""
    dashed = dashed_blocks(doc, blocks, turns)
    plain = [n for n in dashed if not author_segments(doc, blocks[n], index)]
    surveyed = _survey_turns(doc, blocks, plain, index)
    if surveyed:
        return surveyed
    labelled = any(turn.kind == "speech" for turn in turns)
    if (
        not labelled
        and len(plain) >= FEWEST
        and len(plain) >= 0.6 * len(dashed)
        and _asked(doc, blocks, plain)
    ):
        return _dashed_interview(doc, blocks, dashed, writer, index)
    if turns or dashed:
        return []
    return _headed_interview(doc, blocks, writer, index)


def _survey_turns(
    doc: Doc, blocks: Sequence[Block], dashed: Sequence[int], index: MentionIndex
) -> list[Turn]:
    """Dashed paragraphs right after a paragraph that ends in a colon and names who answers."""
    found: list[Turn] = []
    person: int | None = None
    for n in dashed:
        before = blocks[n - 1] if n else None
        if before is not None and doc.text[before.start : before.end].rstrip().endswith(":"):
            hits = [h for h in index.within(before.start, before.end) if h.kind == "name"]
            person = hits[0].person if hits else None
        elif n - 1 not in dashed:
            person = None
        if person is not None:
            found.append(Turn(blocks[n].start, blocks[n].end, person, "speech"))
    return found if len({turn.person for turn in found}) >= 2 else []


def _asked(doc: Doc, blocks: Sequence[Block], dashed: Sequence[int]) -> bool:
    """Whether enough of the dashed lines are questions for an interview."""
    return sum(_is_question(doc, blocks[n]) for n in dashed) >= len(dashed) / 4


def _is_question(doc: Doc, block: Block) -> bool:
    return doc.text[block.start : block.end].rstrip(" »)").endswith("?")


def _dashed_interview(
    doc: Doc, blocks: Sequence[Block], dashed: Sequence[int], writer: int | None, index: MentionIndex
) -> list[Turn]:
    """Lines of the two voices; an answer goes on over paragraphs without a dash."""
    guest = _guest(doc, index, blocks[dashed[0]].start, writer)
    asking = _asking(doc, [blocks[n] for n in dashed])
    found = []
    for position, (n, asks) in enumerate(zip(dashed, asking, strict=True)):
        limit = dashed[position + 1] if position + 1 < len(dashed) else n + 1
        last = n
        while not asks and last + 1 < limit and blocks[last + 1].kind in ("paragraph", "list_item"):
            last += 1
        found.append(Turn(blocks[n].start, blocks[last].end, writer if asks else guest, "speech"))
    return found


def _asking(doc: Doc, lines: Sequence[Block]) -> list[bool]:
    """For each line whether the interviewer says it: the cheapest of all ways (Viterbi).

    The voices alternate, who asks does so briefly and with question marks; each departure
    from that costs something, and so does an interview that the guest opens.
    """
    best: list[tuple[float, list[bool]]] = []
    for line in lines:
        costs = (_as_answer(doc, line), _as_question(doc, line))
        if not best:
            best = [(costs[0] + SAME_VOICE, [False]), (costs[1], [True])]
            continue
        best = [
            min(
                (total + costs[asks] + SAME_VOICE * (path[-1] == bool(asks)), [*path, bool(asks)])
                for total, path in best
            )
            for asks in (0, 1)
        ]
    return min(best)[1] if best else []


def _as_answer(doc: Doc, line: Block) -> float:
    text = doc.text[line.start : line.end]
    return (1.0 if _is_question(doc, line) else 0.5 if "?" in text else 0.0) + 0.2 * bool(TO_YOU.search(text))


def _as_question(doc: Doc, line: Block) -> float:
    text = doc.text[line.start : line.end]
    long = min(1.0, max(0, len(text) - LONGEST_QUESTION) / LONGEST_QUESTION)
    return (0.0 if "?" in text else 0.6) + long


def _headed_interview(
    doc: Doc, blocks: Sequence[Block], writer: int | None, index: MentionIndex
) -> list[Turn]:
    """Questions to «вы» on lines of their own, each answered by the paragraphs that follow."""
    short = [n for n, block in enumerate(blocks) if block.end - block.start <= LONGEST_QUESTION]
    lines = [n for n in short if _is_question(doc, blocks[n])]
    asked = [n for n in lines if TO_YOU.search(doc.text[blocks[n].start : blocks[n].end])]
    questions = [n for n in lines if asked and n >= asked[0]]
    adjacent = any(a + 1 == b for a, b in pairwise(questions))
    if len(asked) < FEWEST_ASKED or adjacent:
        return []
    guest = _guest(doc, index, blocks[questions[0]].start, writer)
    if guest is None:
        return []
    found = []
    for n, limit in zip(questions, [*questions[1:], questions[-1] + 2], strict=True):
        found.append(Turn(blocks[n].start, blocks[n].end, writer, "speech"))
        inside = blocks[n + 1 : min(limit, len(blocks))]
        if inside:
            found.append(Turn(inside[0].start, inside[-1].end, guest, "speech"))
    return found


def _guest(doc: Doc, index: MentionIndex, start: int, writer: int | None) -> int | None:
    """Who the introduction says will answer, else whom it names most."""
    said = answerer(doc, index, start)
    return said if said not in (None, writer) else guest_of(doc, index, start, writer)
