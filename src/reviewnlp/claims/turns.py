"""Whose turn is it? Who is speaking or writing at each character of the page.

Turns nest: the writer's spans the page, within it come several named reviewers' texts
(«Имя Фамилия: «…»»), lines of a transcript or an interview, and comments. The innermost turn
that covers a character is the voice that is heard there (`turn_at`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Block, Role, Turn
from reviewnlp.claims.bylines import find_writer, is_led, name_line
from reviewnlp.claims.mentions import MentionIndex
from reviewnlp.resources import rows, words

REVIEW_LENGTH = 300  # code points after «Имя:» from which a quoted text is a review, not a remark
LABEL_LENGTH = 80  # longest label before the colon of a transcript line
OPENING, CLOSING = "«„“", "»”"
DASH = re.compile(r"[—–-]\s+")
NOBODY_NAMED = -1


@Language.factory(
    "reviewnlp_turns",
    requires=["doc._.blocks", "doc._.people", "doc._.comments", "doc.sents"],
    assigns=["doc._.turns", "doc._.people"],
)
def create_turns(nlp: Language, name: str) -> TurnFinder:
    """Component that finds turns, and gives their persons the role that follows."""
    return TurnFinder()


class TurnFinder:
    """Writes `doc._.turns`, outer turns before the inner ones that begin at the same place."""

    def __call__(self, doc: Doc) -> Doc:
        index = MentionIndex(doc)
        comments = [
            Turn((comment.header or comment).start, comment.end, comment.author, "comment")
            for comment in doc._.comments
        ]
        blocks = [b for b in doc._.blocks if not any(t.start <= b.start < t.end for t in comments)]
        turns = list(comments)
        if blocks:
            writer = find_writer(doc, blocks, index)
            turns.append(Turn(blocks[0].start, blocks[-1].end, writer, "writer"))
            labels = find_labels(doc, blocks, index)
            reviews = review_turns(doc, blocks, labels)
            turns += reviews or section_turns(doc, blocks, index, writer)
            turns += speech_turns(doc, blocks, labels, reviews, index)
            turns += interview_turns(doc, blocks, writer, turns)
        doc._.turns = sorted(turns, key=lambda turn: (turn.start, -turn.end, turn.kind))
        doc._.people = _with_roles(doc)
        return doc


def turn_at(turns: Sequence[Turn], position: int) -> Turn | None:
    """The innermost turn that covers the position."""
    covering = [turn for turn in turns if turn.start <= position < turn.end]
    return min(covering, key=lambda turn: (turn.end - turn.start, turn.start), default=None)


@dataclass(frozen=True)
class Label:
    """«Имя Фамилия:» at the beginning of a block: whose words follow, and where they begin."""

    block: int
    start: int
    body: int
    person: int | None
    text: str


def find_labels(doc: Doc, blocks: Sequence[Block], index: MentionIndex) -> list[Label]:
    """Blocks that begin with a name or a role word («Ведущий», «Вопрос») and a colon.

    Where many blocks begin with a name and a full stop instead («Осипенко. Добрый вечер!»),
    these are the labels.
    """
    with_colon = _labels(doc, blocks, index, re.compile(rf'[^:\n«»"!?]{{2,{LABEL_LENGTH}}}:'))
    with_stop = _labels(doc, blocks, index, re.compile(r'(?:[А-ЯЁ]\. ?){0,2}[^.:\n«»"!?]{2,40}\.(?=\s\S)'))
    persons = {label.person for label in with_stop}
    many = len(with_stop) >= max(5, len(blocks) / 3) and len(persons) > 1
    return with_stop if many and len(with_stop) > len(with_colon) else with_colon


def _labels(doc: Doc, blocks: Sequence[Block], index: MentionIndex, pattern: re.Pattern[str]) -> list[Label]:
    found = []
    roles = words("claims", "turn_labels.tsv")
    for number, block in enumerate(blocks):
        text = doc.text[block.start : block.end]
        match = pattern.match(text)
        if not match or block.kind in ("comment", "comment_header", "debris"):
            continue
        body = block.start + match.end()
        label = match.group()[:-1].strip(" —–-*")
        hits = [h for h in index.within(block.start, body) if h.kind == "name"]
        lead = text[: hits[0].start - block.start].strip(" —–-*") if hits else ""
        role = re.sub(r"\s*\(.*", "", label).casefold()
        if role in roles:
            person = hits[0].person if hits else _holder_of_role(doc, index, role)
            found.append(Label(number, block.start, body, person, label))
        elif len(hits) == 1 and _is_lead(lead) and _is_label(doc, hits[0].end, body - 1):
            found.append(Label(number, block.start, body, hits[0].person, label))
    return found


def _is_lead(lead: str) -> bool:
    """What may stand before a label's name: nothing, or a word in capitals («СИНХРОН.»)."""
    return not lead or bool(re.fullmatch(r"[А-ЯЁ]{3,}[.:]?", lead))


def _holder_of_role(doc: Doc, index: MentionIndex, role: str) -> int | None:
    """The person who is said to be the host and the like: «ведущая – Имя Фамилия», «Имя (ведущий)»."""
    names = [hit for hit in index.hits if hit.kind == "name"]
    for hit in names:
        before = doc.text[max(0, hit.start - len(role) - 4) : hit.start].casefold()
        if re.search(rf"\b{re.escape(role)}\s*[—–:-]\s*$", before):
            return hit.person
    for hit in names:
        after = doc.text[hit.end : hit.end + len(role) + 5].casefold()
        if re.match(rf"\s*[,(]\s*{re.escape(role)}\b(?!\s*[—–:-])", after):
            return hit.person
    return None


def _is_label(doc: Doc, start: int, end: int) -> bool:
    """Whether what stands between a name and the colon is a title or a remark, not a predicate."""
    between = doc.text[start:end].strip()
    if not between or between[0] in ",(":
        return True
    span = doc.char_span(start, end, alignment_mode="contract")
    return span is not None and len(between) < 20 and not any(t.pos_ in ("VERB", "NOUN") for t in span)


def review_turns(doc: Doc, blocks: Sequence[Block], labels: Sequence[Label]) -> list[Turn]:
    """Texts of several named reviewers: «Имя Фамилия: «…»», each over one or more paragraphs."""
    found: list[Turn] = []
    for position, label in enumerate(labels):
        body = doc.text[label.body :].lstrip()
        inside = bool(found) and label.start < found[-1].end
        if label.person is None or inside or not body.startswith(tuple(OPENING)):
            continue
        following = [other.start for other in labels[position + 1 :] if other.person is not None]
        limit = min([*following, blocks[-1].end])
        end = _closing_quote(doc, [b for b in blocks[label.block :] if b.start < limit])
        if end - label.body >= REVIEW_LENGTH:
            found.append(Turn(label.start, end, label.person, "review"))
    return found


def _closing_quote(doc: Doc, blocks: Sequence[Block]) -> int:
    """End of the quoted text that opens the first block: where its quotation marks close for good.

    Inner marks of the same kind may be left open by a typist, so a block that ends in a
    closing mark is taken too when the count never comes to zero.
    """
    depth = 0
    for block in blocks:
        text = doc.text[block.start : block.end]
        depth += sum(text.count(mark) for mark in OPENING) - sum(text.count(mark) for mark in CLOSING)
        if depth <= 0:
            return block.end
    closing = [b.end for b in blocks if re.search(r"[»”\"][.…!?]*$", doc.text[b.start : b.end].rstrip())]
    return closing[-1] if closing else blocks[0].end


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
    headed = _sections(doc, blocks, lines, after=True)
    signed = _sections(doc, blocks, lines, after=False)
    best = max(headed, signed, key=lambda turns: sum(turn.end - turn.start for turn in turns))
    return best if len({turn.person for turn in best}) >= 2 else []


def _sections(
    doc: Doc, blocks: Sequence[Block], lines: Sequence[tuple[int, int]], *, after: bool
) -> list[Turn]:
    """Texts after each name line, or before it back to the one before; only first-person ones."""
    numbers = [number for number, _ in lines]
    turns = []
    spoken_of = 0
    for position, (number, person) in enumerate(lines):
        if after:
            limit = numbers[position + 1] if position + 1 < len(numbers) else len(blocks)
            inside = blocks[number + 1 : limit]
        else:
            previous = numbers[position - 1] + 1 if position else 0
            headings = [n for n in range(previous, number) if blocks[n].kind == "heading"]
            inside = blocks[max([previous, *headings[-1:]]) : number]
        if inside and first_person_share(doc, inside[0].start, inside[-1].end) > 0:
            turns.append(Turn(inside[0].start, inside[-1].end, person, "review"))
            names = [m.start for m in doc._.people[person].mentions if m.kind == "name"]
            spoken_of += any(turns[-1].start <= start < turns[-1].end for start in names)
    # reviewers do not name themselves: a section that names its heading's person is about him
    return turns if spoken_of <= len(turns) / 3 else []


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


def speech_turns(
    doc: Doc,
    blocks: Sequence[Block],
    labels: Sequence[Label],
    reviews: Sequence[Turn],
    index: MentionIndex,
) -> list[Turn]:
    """Lines of a transcript or of minutes: from a label to the next label or heading."""
    free = [label for label in labels if not any(turn.start <= label.start < turn.end for turn in reviews)]
    if len(free) < 3 and len(free) < len(blocks) / 3:
        return []
    known = Counter(label.person for label in free)
    gap = _median_gap([label.block for label in free])
    minutes = is_minutes(doc)
    turns = []
    for position, label in enumerate(free):
        limit = free[position + 1].block if position + 1 < len(free) else min(label.block + gap, len(blocks))
        if limit - label.block > 3 * gap or minutes:
            limit = label.block + 1
        inside = list(blocks[label.block : limit])
        for number, block in enumerate(inside[1:], start=1):
            if block.kind in ("heading", "caption", "debris") or _introduces(doc, block, index, label):
                inside = inside[:number]
                break
        if not doc.text[label.body : inside[0].end].strip():  # the words follow on lines of their own
            answers = [n for n, block in enumerate(inside) if n == 0 or _is_answer(doc, block)]
            inside = [block for n, block in enumerate(inside) if n in answers and n == answers.index(n)]
        body = doc.text[label.body : inside[-1].end].strip()
        if body and (known[label.person] > 1 or len(free) >= 3):
            turns.append(Turn(label.start, inside[-1].end, label.person, "speech"))
    return turns


def _is_answer(doc: Doc, block: Block) -> bool:
    """Whether a paragraph after a label alone on its line is still that person's: a dash or a list."""
    return block.kind == "list_item" or bool(DASH.match(doc.text[block.start :]))


def _introduces(doc: Doc, block: Block, index: MentionIndex, label: Label) -> bool:
    """Whether a paragraph hands over to another person: it names one and ends in a colon."""
    others = {hit.person for hit in index.within(block.start, block.end) if hit.kind == "name"}
    return doc.text[block.start : block.end].rstrip().endswith(":") and bool(others - {label.person})


def _median_gap(numbers: Sequence[int]) -> int:
    gaps = sorted(b - a for a, b in pairwise(numbers))
    return max(1, gaps[len(gaps) // 2]) if gaps else 1


def interview_turns(
    doc: Doc, blocks: Sequence[Block], writer: int | None, turns: Sequence[Turn]
) -> list[Turn]:
    """Dashed paragraphs: questions and answers of an interview, answers to a survey, dialogue.

    A paragraph that ends in a colon and names a person gives the dashed paragraphs after it
    to that person. In dialogue the cue («— сказал он») tells the speaker of a line; a line
    without one is said by whoever spoke two lines before.
    """
    index = MentionIndex(doc)
    dashed = [
        n
        for n, block in enumerate(blocks)
        if DASH.match(doc.text[block.start :])
        and not any(t.kind != "writer" and t.start <= block.start < t.end for t in turns)
    ]
    cued = {n: speaker for n in dashed if (speaker := _cued_speaker(doc, blocks[n])) is not None}
    plain = [n for n in dashed if n not in cued]
    surveyed = _survey_turns(doc, blocks, plain, index)
    if surveyed:
        return surveyed
    if len(plain) < 6 or len(plain) < 0.6 * len(dashed) or not _asked(doc, blocks, plain):
        return _dialogue_turns(blocks, dashed, cued)
    guest = _guest(doc, index, blocks[plain[0]].start, writer)
    found = []
    previous_was_question = False
    for n in plain:
        question = doc.text[blocks[n].start : blocks[n].end].rstrip().endswith("?")
        is_question = question and not previous_was_question
        found.append(Turn(blocks[n].start, blocks[n].end, writer if is_question else guest, "speech"))
        previous_was_question = is_question
    return found


def _cued_speaker(doc: Doc, block: Block) -> int | None:
    """Speaker of a dashed line by the cue in it; NOBODY_NAMED where a cue names no known person."""
    for quotation in doc._.quotations:
        begins = block.start <= quotation.content.start <= block.start + 4
        if begins and quotation.cue is not None and quotation.cue.start < block.end:
            return NOBODY_NAMED if quotation.speaker is None else quotation.speaker
    return None


def _asked(doc: Doc, blocks: Sequence[Block], dashed: Sequence[int]) -> bool:
    """Whether enough of the dashed lines are questions for an interview."""
    questions = sum(doc.text[blocks[n].start : blocks[n].end].rstrip().endswith("?") for n in dashed)
    return questions >= len(dashed) / 4


def _dialogue_turns(blocks: Sequence[Block], dashed: Sequence[int], cued: dict[int, int]) -> list[Turn]:
    found = []
    said: dict[int, int | None] = {}
    for n in dashed:
        said[n] = cued[n] if n in cued else said.get(n - 2)
        person = None if said[n] == NOBODY_NAMED else said[n]
        if person is not None or n - 1 in said or n in cued:
            found.append(Turn(blocks[n].start, blocks[n].end, person, "speech"))
    return found


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


def _guest(doc: Doc, index: MentionIndex, start: int, writer: int | None) -> int | None:
    """Person whom the introduction of an interview names most."""
    counts = Counter(
        hit.person
        for hit in index.within(0, start)
        if hit.person != writer and doc._.people[hit.person].kind == "person"
    )
    return min(counts, key=lambda person: (-counts[person], person), default=None)


def _with_roles(doc: Doc) -> list[object]:
    """People with the roles that their turns show, sorted; `mentioned` where there is none."""
    names: dict[str, Role] = {
        "writer": "reviewer", "review": "reviewer", "speech": "speaker", "comment": "commenter"
    }  # fmt: skip
    roles: dict[int, set[Role]] = {}
    for turn in doc._.turns:
        if turn.person is not None:
            roles.setdefault(turn.person, set()).add(names[turn.kind])
    return [
        replace(person, roles=tuple(sorted({*person.roles, *roles.get(number, set())})))
        for number, person in enumerate(doc._.people)
    ]


def is_minutes(doc: Doc) -> bool:
    """Whether the page calls itself minutes, which summarise what was said."""
    opening = {token.lemma_.casefold() for token in doc[:60]}
    return bool(opening & {row[0] for row in rows("claims", "minutes.tsv")})
