"""Whose claim is it? Candidate voices of a thesis and what speaks for each of them.

This is how the program knows that the reviewer is still retelling a speaker: every person
named so far, the writer of the turn and "a voice that the page does not identify" are
candidates; each is described by the quotation around the thesis, by who was named last and
as what, and by who made the claim before; a linear model ranks them (mention-pair ranking,
as in entity-centric quotation attribution). Theses are decided in text order, so the claim
before is known, and a retelling goes on until something speaks against it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Span, Token

from reviewnlp.annotations import Turn
from reviewnlp.claims.features import Context, Numbers, quotation_of, word_classes
from reviewnlp.claims.mentions import Hit
from reviewnlp.claims.units import Unit
from reviewnlp.linear import Array
from reviewnlp.resources import words

MODES = ("direct", "indirect", "own", "reported")
NOBODY = -1  # a voice that the page does not identify
WRITER = -2  # the writer of a turn without a name
MOST_PERSONS = 14
MEMORY = 80  # mentions that are looked back on
FAR = 30  # sentences from which distance no longer tells anything


@dataclass
class Discourse:
    """What is known when a thesis is reached: the claim before it, in the same turn."""

    speaker: int | None = None
    sentence: int = -FAR
    block: int | None = None
    turn: Turn | None = None
    counts: dict[int, int] = field(default_factory=dict)
    before: int | None = None  # the last speaker but one, other than the last
    in_turn: dict[int, int] = field(default_factory=dict)

    def note(self, context: Context, unit: Unit, speaker: int) -> None:
        """Remember the thesis just decided."""
        if self.turn != context.turns[unit.sentence]:
            self.in_turn, self.before, self.speaker = {}, None, None
        if self.speaker != speaker:
            self.before = self.speaker
        self.speaker, self.sentence = speaker, unit.sentence
        self.in_turn[speaker] = self.in_turn.get(speaker, 0) + 1
        self.block, self.turn = context.block_of[unit.sentence], context.turns[unit.sentence]
        self.counts[speaker] = self.counts.get(speaker, 0) + 1


class Voices:
    """Look-ups over one document that the candidates' features share."""

    def __init__(self, context: Context) -> None:
        self.context = context
        doc = context.doc
        self.sentence_starts = [sentence.start_char for sentence in context.sentences]
        subjects = {token.idx for token in doc if token.dep_.startswith("nsubj")}
        talkers = {token.idx for token in doc if token.dep_.startswith("nsubj") and _talks(token.head)}
        self.sentence_of: list[int] = []
        self.is_subject: list[bool] = []
        self.is_talker: list[bool] = []
        number = 0
        for hit in context.mentions.hits:
            while number + 1 < len(self.sentence_starts) and self.sentence_starts[number + 1] <= hit.start:
                number += 1
            self.sentence_of.append(number)
            self.is_subject.append(any(start in subjects for start in range(hit.start, hit.end)))
            self.is_talker.append(any(start in talkers for start in range(hit.start, hit.end)))
        self.quoted = Counter(q.speaker for q in context.quotations if q.speaker is not None)
        cues = [quotation.cue.start for quotation in context.quotations if quotation.cue is not None]
        counts = Counter(
            {
                n: len(person.mentions)
                for n, person in enumerate(doc._.people)
                if "commenter" not in person.roles
            }
        )
        self.most_mentioned = [person for person, _ in counts.most_common(2)]
        self.first_sentence: dict[int | None, int] = {}
        for number, block in enumerate(context.block_of):
            self.first_sentence.setdefault(block, number)
        self.block_sizes = Counter(context.block_of)
        self.first_person = [_first_person(sentence) for sentence in context.sentences]
        self.cued_sentences = {bisect_right(self.sentence_starts, start) - 1 for start in cues}

    def talkers(self, unit: Unit) -> list[int]:
        """Persons who were said to speak (subjects of such verbs) up to the unit, the latest first."""
        last = bisect_right(self.sentence_of, unit.sentence)
        numbers = range(last - 1, max(-1, last - 1 - MEMORY), -1)
        return [self.context.mentions.hits[n].person for n in numbers if self.is_talker[n]]

    def seen(self, unit: Unit) -> list[tuple[Hit, int, bool]]:
        """Mentions up to the sentence of the unit, the nearest first: mention, distance, is subject."""
        last = bisect_right(self.sentence_of, unit.sentence)
        numbers = range(last - 1, max(-1, last - 1 - MEMORY), -1)
        hits = self.context.mentions.hits
        return [(hits[n], unit.sentence - self.sentence_of[n], self.is_subject[n]) for n in numbers]

    def after(self, unit: Unit) -> list[Hit]:
        """Mentions in the sentence that follows the unit's."""
        first = bisect_right(self.sentence_of, unit.sentence)
        return self.context.mentions.hits[first : bisect_right(self.sentence_of, unit.sentence + 1)]


def _talks(verb: Token) -> bool:
    """Whether a verb is one of reporting, or of taking the floor («выступил», «начал»)."""
    lemma = verb.lemma_.casefold()
    return lemma in words("claims", "cues.tsv") or bool(
        {"talk", "narration"} & set(word_classes().get(lemma, ()))
    )


def _first_person(sentence: Span) -> bool:
    """Whether the sentence has a word in the first person singular."""
    return any(
        token.lower_ in ("я", "мне", "меня", "мной", "мой", "моя", "моё")
        or {"Person=1", "Number=Sing"} <= set(token.morph)
        for token in sentence
    )


def writer_of(context: Context, unit: Unit) -> int:
    """The voice of the turn that the unit stands in."""
    turn = context.turns[unit.sentence]
    return turn.person if turn is not None and turn.person is not None else WRITER


def candidate_voices(voices: Voices, unit: Unit) -> list[int]:
    """Persons named so far (the nearest first, at most a dozen), the writer, and nobody."""
    context = voices.context
    number = quotation_of(context.quotations, unit)
    quoted = context.quotations[number].speaker if number is not None else None
    order = [quoted] if quoted is not None else []
    order += [hit.person for hit, _, _ in voices.seen(unit)]
    order += [hit.person for hit in voices.after(unit)]
    persons = list(dict.fromkeys(person for person in order if person is not None))[:MOST_PERSONS]
    return list(dict.fromkeys([writer_of(context, unit), *persons, NOBODY]))


def describe_voices(
    voices: Voices, unit: Unit, candidates: Sequence[int], modes: Sequence[float], discourse: Discourse
) -> Array:
    """Feature matrix of the candidates, shape (len(candidates), len(VOICE_FEATURES)), float32.

    `modes` are the probabilities of `MODES` for the unit.
    """
    context = voices.context
    seen = voices.seen(unit)
    shared = _shared(voices, unit, seen)
    matrix = np.zeros((len(candidates), len(VOICE_FEATURES)), np.float32)
    column = {name: number for number, name in enumerate(VOICE_FEATURES)}
    writer = writer_of(context, unit)
    for row, candidate in zip(matrix, candidates, strict=True):
        values = _writer(context, unit, candidate == writer, candidate == NOBODY, modes)
        values |= _discourse(context, unit, candidate, discourse, modes)
        if candidate >= 0:
            values |= _person(voices, unit, candidate, seen, shared, candidate == writer, modes)
        for name, value in values.items():
            row[column[name]] = value
    return matrix


@dataclass(frozen=True)
class _Shared:
    """What all candidates of a unit are compared with."""

    quoted: int | None
    has_quotation: bool
    beside: frozenset[int]
    last_quoted: int | None
    names: tuple[int, ...]
    subjects: tuple[int, ...]
    talkers: tuple[int, ...]
    block_first: frozenset[int]
    heading: frozenset[int]


def _shared(voices: Voices, unit: Unit, seen: Sequence[tuple[Hit, int, bool]]) -> _Shared:
    context = voices.context
    number = quotation_of(context.quotations, unit)
    quotation = context.quotations[number] if number is not None else None
    sentence = context.sentences[unit.sentence]
    beside = {
        q.speaker
        for q in context.quotations
        if q.speaker is not None
        and q.content.start < sentence.end_char
        and (q.content.end > sentence.start_char)
    }
    last = [
        q.speaker
        for q in context.quotations
        if q.speaker is not None and q.content.end <= sentence.start_char
    ]
    writer = writer_of(context, unit)
    block = context.block_of[unit.sentence]
    first_sentence = voices.first_sentence[block]
    opening = range(first_sentence, min(first_sentence + 1, unit.sentence) + 1)
    headings = [n for n in range(block or 0) if context.blocks[n].kind == "heading"]
    heading = context.blocks[headings[-1]] if headings else None
    return _Shared(
        quoted=quotation.speaker if quotation else None,
        has_quotation=quotation is not None,
        beside=frozenset(beside),
        last_quoted=last[-1] if last else None,
        names=tuple(dict.fromkeys(h.person for h, _, _ in seen if h.kind == "name" and h.person != writer)),
        subjects=tuple(dict.fromkeys(h.person for h, _, s in seen if s and h.person != writer)),
        talkers=tuple(dict.fromkeys(p for p in voices.talkers(unit) if p != writer)),
        block_first=frozenset(
            hit.person for hit, distance, _ in seen if unit.sentence - distance in opening
        ),
        heading=frozenset(
            hit.person for hit in context.mentions.within(heading.start, heading.end)
        ) if heading else frozenset(),
    )  # fmt: skip


def _writer(
    context: Context, unit: Unit, is_writer: bool, is_nobody: bool, modes: Sequence[float]
) -> Numbers:
    turn = context.turns[unit.sentence]
    kind = turn.kind if turn is not None else "writer"
    number = quotation_of(context.quotations, unit)
    quotation = context.quotations[number] if number is not None else None
    values: Numbers = {"writer": float(is_writer), "nobody": float(is_nobody)}
    who = "writer" if is_writer else "nobody" if is_nobody else "person"
    for mode, probability in zip(MODES, modes, strict=True):
        values[f"{who}_{mode}"] = probability
    if is_writer:
        values[f"writer_in_{kind}"] = 1.0
        values["writer_in_minutes"] = float(context.minutes)
        values["writer_named"] = float(turn is not None and turn.person is not None)
    if quotation is not None:
        values[f"{who}_quoted"] = 1.0
        values[f"{who}_quoted_unknown"] = float(quotation.speaker is None)
        values[f"{who}_no_source"] = float(quotation.source is None)
    return values


def _discourse(
    context: Context, unit: Unit, candidate: int, before: Discourse, modes: Sequence[float]
) -> Numbers:
    same = before.speaker is not None and candidate == before.speaker
    same_turn = before.turn == context.turns[unit.sentence]
    values: Numbers = {}
    if same_turn:
        values = {
            "in_turn_before": float(candidate in before.counts),
            "claim_but_one": float(before.before == candidate),
            "claim_but_one_reported": modes[MODES.index("reported")] * (before.before == candidate),
            "claims_in_turn": math.log1p(before.in_turn.get(candidate, 0)),
            "claims_in_turn_most": float(
                before.in_turn.get(candidate, 0) == max(before.in_turn.values(), default=1)
            ),
        }
    if not same or not same_turn:
        return values
    gap = unit.sentence - before.sentence
    same_block = before.block == context.block_of[unit.sentence]
    return values | {
        "claim_before": 1.0,
        "claim_before_same_sentence": float(gap == 0),
        "claim_before_next_sentence": float(gap == 1),
        "claim_before_near": float(gap in (2, 3)),
        "claim_before_same_block": float(same_block),
        "claim_before_reported": modes[MODES.index("reported")],
        "claim_before_own": modes[MODES.index("own")],
        "claim_before_run": math.log1p(before.counts.get(candidate, 0)),
    }


def _person(
    voices: Voices,
    unit: Unit,
    person: int,
    seen: Sequence[tuple[Hit, int, bool]],
    shared: _Shared,
    is_writer: bool,
    modes: Sequence[float],
) -> Numbers:
    context = voices.context
    turn = context.turns[unit.sentence]
    own = [(hit, distance, subject) for hit, distance, subject in seen if hit.person == person]
    here = [row for row in own if row[1] == 0]
    nearest = min((distance for _, distance, _ in own), default=FAR)
    as_subject = min((distance for _, distance, subject in own if subject), default=FAR)
    in_turn = any(turn is not None and turn.start <= hit.start for hit, _, _ in own)
    record = context.doc._.people[person]
    number = context.block_of[unit.sentence]
    block_start = context.blocks[number].start if number is not None else unit.start
    prefix = "writer_" if is_writer else ""
    values = _retold(voices, person, shared, modes[MODES.index("reported")]) | {
        "quoted_beside_unknown": float(
            shared.has_quotation and shared.quoted is None and person in shared.names[:1]
        ),
        "quoted_speaker": float(shared.quoted == person),
        "other_is_quoted": float(shared.quoted not in (None, person)),
        "quoted_beside": float(person in shared.beside and shared.quoted != person),
        "last_quoted": float(shared.last_quoted == person),
        "here_before": float(any(hit.end <= unit.start + 2 for hit, _, _ in here)),
        "here_inside": float(any(unit.start <= hit.start < unit.end for hit, _, _ in here)),
        "here_after": float(any(hit.start >= unit.end for hit, _, _ in here)),
        "here_subject": float(any(subject for _, _, subject in here)),
        "here_pronoun": float(any(hit.kind == "pronoun" for hit, _, _ in here)),
        "next_sentence": float(any(hit.person == person for hit in voices.after(unit))),
        "distance": math.log1p(min(nearest, FAR)),
        "subject_distance": math.log1p(min(as_subject, FAR)),
        "subject_just_before": float(as_subject == 1),
        "last_named": float(shared.names[:1] == (person,)),
        "second_last_named": float(shared.names[1:2] == (person,)),
        "last_subject": float(shared.subjects[:1] == (person,)),
        "second_last_subject": float(shared.subjects[1:2] == (person,)),
        "last_talker": float(shared.talkers[:1] == (person,)),
        "second_last_talker": float(shared.talkers[1:2] == (person,)),
        "never_talked": float(person not in shared.talkers),
        "quoted": math.log1p(voices.quoted[person]),
        "never_quoted": float(voices.quoted[person] == 0),
        "mentioned_once": float(len(record.mentions) == 1),
        "full_name": float(" " in record.name and not record.name[:1].islower()),
        "new_in_block": float(record.mentions[0].start >= block_start) if record.mentions else 0.0,
        "opens_block": float(person in shared.block_first),
        "in_heading": float(person in shared.heading),
        "in_turn": float(in_turn),
        "mentions": math.log1p(len(record.mentions)),
        "is_group": float(record.kind != "person"),
        "is_commenter": float("commenter" in record.roles),
        "is_reviewer": float("reviewer" in record.roles),
        "has_title": float(record.title is not None),
        "most_mentioned": float(voices.most_mentioned[:1] == [person]),
        "second_most_mentioned": float(voices.most_mentioned[1:2] == [person]),
        "in_block": float(any(hit.start >= block_start for hit, _, _ in own)),
        "described": float(record.name[:1].islower()),
    }
    return {f"{prefix}{name}" if prefix else name: value for name, value in values.items()}


def _retold(voices: Voices, person: int, shared: _Shared, retold: float) -> Numbers:
    """Who comes first to mind where a claim is worded as retold: the person's place, times how much it is."""
    return {
        "retold_last_talker": retold * (shared.talkers[:1] == (person,)),
        "retold_last_named": retold * (shared.names[:1] == (person,)),
        "retold_last_subject": retold * (shared.subjects[:1] == (person,)),
        "retold_most_mentioned": retold * (voices.most_mentioned[:1] == [person]),
        "retold_in_heading": retold * (person in shared.heading),
        "retold_last_quoted": retold * (shared.last_quoted == person),
    }


_PERSON = (
    "retold_last_talker", "retold_last_named", "retold_last_subject", "retold_most_mentioned",
    "retold_in_heading", "retold_last_quoted", "quoted_beside_unknown",
    "quoted_speaker", "other_is_quoted", "quoted_beside", "last_quoted", "here_before", "here_inside",
    "here_after", "here_subject", "here_pronoun", "next_sentence", "distance", "subject_distance",
    "subject_just_before", "last_named", "second_last_named", "last_subject", "second_last_subject",
    "last_talker", "second_last_talker", "never_talked", "quoted", "never_quoted", "mentioned_once",
    "full_name", "new_in_block", "opens_block", "in_heading", "in_turn", "mentions", "is_group",
    "is_commenter", "is_reviewer", "has_title", "most_mentioned", "second_most_mentioned", "in_block",
    "described",
)  # fmt: skip
VOICE_FEATURES = (
    "writer", "nobody",
    *(f"{who}_{mode}" for who in ("writer", "nobody", "person") for mode in MODES),
    *(f"writer_in_{kind}" for kind in ("writer", "review", "speech", "comment", "minutes")),
    "writer_named",
    *(f"{who}_{what}" for who in ("writer", "nobody", "person")
      for what in ("quoted", "quoted_unknown", "no_source")),
    "in_turn_before", "claim_before", "claim_before_same_sentence", "claim_before_next_sentence",
    "claim_before_near", "claim_before_same_block", "claim_before_reported", "claim_before_own",
    "claim_before_run", "claim_but_one", "claim_but_one_reported", "claims_in_turn",
    "claims_in_turn_most",
    *_PERSON, *(f"writer_{name}" for name in _PERSON),
)  # fmt: skip
