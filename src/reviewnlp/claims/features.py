"""What does a candidate span look like? Numbers that the span classifier reads beside its vector.

Every family of features is a small function over one candidate; `describe` joins them into
the rows of a matrix, `FEATURES` names its columns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from spacy.tokens import Doc, Span, Token

from reviewnlp.annotations import Block, Quotation, Turn
from reviewnlp.claims.mentions import MentionIndex
from reviewnlp.claims.turns import is_minutes, turn_at
from reviewnlp.claims.units import Unit
from reviewnlp.language.lexicon import fold, sentiment_weights
from reviewnlp.linear import Array
from reviewnlp.resources import rows

Numbers = dict[str, float]
BLOCKS = ("heading", "paragraph", "list_item", "comment")
SHORT_PAGE = 5  # sentences under which a text is a snippet
TURNS = ("writer", "review", "speech", "comment")
PERSONAL = {
    "я": 1,
    "мне": 1,
    "меня": 1,
    "мой": 1,
    "мы": 2,
    "нас": 2,
    "нам": 2,
    "наш": 2,
    "вы": 3,
    "вам": 3,
    "ты": 3,
}


@cache
def word_classes() -> dict[str, tuple[str, ...]]:
    """Classes of every listed lemma."""
    table: dict[str, tuple[str, ...]] = {}
    for name, lemma in rows("claims", "word_classes.tsv"):
        table[lemma] = (*table.get(lemma, ()), name)
    return table


class Context:
    """What the features of all candidates of one document share."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.sentences: list[Span] = list(doc.sents)
        self.blocks: list[Block] = list(doc._.blocks)
        self.block_of = self._blocks_of_sentences()
        self.turns: list[Turn | None] = [turn_at(doc._.turns, s.start_char) for s in self.sentences]
        self.mentions = MentionIndex(doc)
        self.quotations: list[Quotation] = list(doc._.quotations)
        self.minutes = is_minutes(doc)

    def _blocks_of_sentences(self) -> list[int | None]:
        numbers: list[int | None] = []
        position = 0
        for sentence in self.sentences:
            while position < len(self.blocks) and self.blocks[position].end <= sentence.start_char:
                position += 1
            inside = position < len(self.blocks) and self.blocks[position].start < sentence.end_char
            numbers.append(position if inside else None)
        return numbers


def describe(context: Context, units: Sequence[Unit]) -> Array:
    """Feature matrix, shape (len(units), len(FEATURES)), float32."""
    matrix = np.zeros((len(units), len(FEATURES)), np.float32)
    column = {name: number for number, name in enumerate(FEATURES)}
    for row, unit in zip(matrix, units, strict=True):
        for family in (_shape, _place, _quotation, _grammar, _lexicon, _persons):
            for name, value in family(context, unit).items():
                row[column[name]] = value
    return matrix


def _shape(context: Context, unit: Unit) -> Numbers:
    text = context.doc.text[unit.start : unit.end]
    sentence = context.sentences[unit.sentence]
    after = context.doc.text[unit.end : unit.end + 2]
    return {
        "log_words": math.log1p(len(text.split())),
        "short": float(len(text.split()) < 4),
        "whole": float(unit.first == 0 and unit.last == unit.pieces - 1),
        "first_piece": float(unit.first == 0),
        "last_piece": float(unit.last == unit.pieces - 1),
        "pieces": float(min(unit.last - unit.first, 4)),
        "sentence_pieces": float(min(unit.pieces, 6)),
        "share": len(text) / max(1, sentence.end_char - sentence.start_char),
        "question": float(text.endswith("?") or after.startswith("?")),
        "exclamation": float(text.endswith("!") or after.startswith("!")),
        "ellipsis": float("…" in text or "..." in text),
        "digits": float(bool(re.search(r"\d", text))),
        "dash_inside": float(bool(re.search(r"\s[—–-]\s", text))),
        "colon_inside": float(":" in text),
        "colon_after": float(after.startswith(":")),
        "lower_start": float(text[:1].islower()),
        "emoticon": float(bool(re.search(r"\)\)|[:;]-?[)(D]", context.doc.text[unit.start : unit.end + 4]))),
        "brackets": float(text.startswith("(") or after.startswith(")")),
    }


def _place(context: Context, unit: Unit) -> Numbers:
    number = context.block_of[unit.sentence]
    turn = context.turns[unit.sentence]
    block = context.blocks[number] if number is not None else None
    size = max(1, len(context.doc.text))
    values = {f"block_{kind}": float(block is not None and block.kind == kind) for kind in BLOCKS}
    values |= {f"turn_{kind}": float(turn is not None and turn.kind == kind) for kind in TURNS}
    page = len(context.sentences) >= SHORT_PAGE  # in a snippet, first and last mean nothing
    first = page and block is not None and unit.start - block.start < 4
    last = page and block is not None and block.end - unit.end < 4
    return values | {
        "turn_named": float(turn is not None and turn.person is not None),
        "position": unit.start / size if page else 0.5,
        "first_block": float(page and number == 0),
        "last_block": float(page and number is not None and number == len(context.blocks) - 1),
        "block_first": float(first),
        "block_last": float(last),
        "block_only": float(first and last),
        "turn_begins": float(page and turn is not None and unit.start - turn.start < 60),
        "minutes": float(context.minutes),
        "has_comments": float(bool(context.doc._.comments)),
    }


def overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """Intersection over union of two ranges."""
    shared = max(0, min(end, other_end) - max(start, other_start))
    return shared / (max(end, other_end) - min(start, other_start)) if shared else 0.0


def quotation_of(quotations: Iterable[Quotation], unit: Unit) -> int | None:
    """Position of the quotation whose content holds most of the candidate; the innermost one."""
    best: tuple[float, int, int] | None = None
    for number, quotation in enumerate(quotations):
        content = quotation.content
        shared = min(unit.end, content.end) - max(unit.start, content.start)
        if shared > 0.6 * (unit.end - unit.start):
            key = (-overlap(unit.start, unit.end, *content), content.end - content.start, number)
            best = min(best, key) if best else key
    return best[2] if best else None


def _quotation(context: Context, unit: Unit) -> Numbers:
    sentence = context.sentences[unit.sentence]
    number = quotation_of(context.quotations, unit)
    quotation = context.quotations[number] if number is not None else None
    nearby = [
        q
        for q in context.quotations
        if q.content.start < sentence.end_char and sentence.start_char < q.content.end
    ]
    cues = [q.cue for q in nearby if q.cue is not None]
    content = quotation.content if quotation else None
    return {
        "quoted_direct": float(quotation is not None and quotation.kind == "direct"),
        "quoted_indirect": float(quotation is not None and quotation.kind == "indirect"),
        "quoted_mixed": float(quotation is not None and quotation.kind == "mixed"),
        "quoted_match": overlap(unit.start, unit.end, *content) if content else 0.0,
        "quoted_speaker": float(quotation is not None and quotation.speaker is not None),
        "quoted_source": float(quotation is not None and quotation.source is not None),
        "quotation_beside": float(quotation is None and bool(nearby)),
        "covers_cue": float(any(unit.start < cue.end and cue.start < unit.end for cue in cues)),
        "inside_marks": float(
            context.doc.text[:unit.start].rstrip()[-1:] in "«„“\"" and unit.start > 0
        ),
    }  # fmt: skip


def _tokens(context: Context, unit: Unit) -> list[Token]:
    span = context.doc.char_span(unit.start, unit.end, alignment_mode="expand")
    return [token for token in span if not token.is_space] if span is not None else []


def head_of(tokens: Sequence[Token]) -> Token | None:
    """The token of the span that is highest in the tree."""
    inside = {token.i for token in tokens}
    roots = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
    return min(roots, key=lambda t: (t.pos_ not in ("VERB", "AUX", "ADJ", "NOUN", "ADV"), t.i), default=None)


def _grammar(context: Context, unit: Unit) -> Numbers:
    tokens = _tokens(context, unit)
    head = head_of(tokens)
    features = set(head.morph) if head is not None else set()
    finite = [set(t.morph) for t in tokens if "VerbForm=Fin" in t.morph]
    number = max(1, len(finite))
    count = max(1, len(tokens))
    subject = next((t for t in tokens if t.dep_.startswith("nsubj")), None)
    return {
        "root_past": float("Tense=Past" in features),
        "root_present": float("Tense=Pres" in features),
        "root_future": float("Tense=Fut" in features),
        "root_perfective": float("Aspect=Perf" in features),
        "root_imperative": float("Mood=Imp" in features),
        "root_infinitive": float("VerbForm=Inf" in features),
        "root_nominal": float(head is not None and head.pos_ in ("NOUN", "PROPN")),
        "root_adjective": float(head is not None and head.pos_ in ("ADJ", "ADV")),
        "no_finite": float(not finite),
        "past_share": sum("Tense=Past" in f for f in finite) / number,
        "past_perfective_share": sum({"Tense=Past", "Aspect=Perf"} <= f for f in finite) / number,
        "first_singular": float(any({"Person=1", "Number=Sing"} <= f for f in finite)),
        "first_plural": float(any({"Person=1", "Number=Plur"} <= f for f in finite)),
        "second_person": float(any("Person=2" in f for f in finite)),
        "third_plural_no_subject": float(
            subject is None and any({"Person=3", "Number=Plur"} <= f for f in finite)
        ),
        "negation": float(any(t.lower_ in ("не", "нет", "ни", "без") for t in tokens)),
        "comparative": float(
            any("Degree=Cmp" in t.morph or t.lower_ in ("чем", "больше", "меньше") for t in tokens)
        ),
        "superlative": float(any("Degree=Sup" in t.morph or t.lemma_ == "самый" for t in tokens)),
        "nouns": sum(t.pos_ == "NOUN" for t in tokens) / count,
        "adjectives": sum(t.pos_ == "ADJ" for t in tokens) / count,
        "verbs": sum(t.pos_ == "VERB" for t in tokens) / count,
        "proper": sum(t.pos_ == "PROPN" for t in tokens) / count,
        "subject_plural": float(subject is not None and "Number=Plur" in subject.morph),
    }  # fmt: skip


def _lexicon(context: Context, unit: Unit) -> Numbers:
    table = word_classes()
    counts = dict.fromkeys((f"word_{name}" for name in CLASSES), 0.0)
    pronouns = [0.0, 0.0, 0.0, 0.0]
    for token in _tokens(context, unit):
        for name in table.get(token.lemma_.casefold(), ()):
            counts[f"word_{name}"] = min(2.0, counts[f"word_{name}"] + 1)
        pronouns[PERSONAL.get(token.lemma_.casefold(), PERSONAL.get(token.lower_, 0))] = 1.0
    weights = [sentiment_weights().get(fold(token.lemma_), 0.0) for token in _tokens(context, unit)]
    praise, blame = sum(w for w in weights if w > 0), -sum(w for w in weights if w < 0)
    before = context.sentences[unit.sentence - 1] if unit.sentence else None
    opened = before is not None and any(
        "opener" in table.get(token.lemma_.casefold(), ()) for token in before
    )
    return counts | {
        "praise": min(praise, 4.0),
        "blame": min(blame, 4.0),
        "evaluates": float(praise + blame > 0),
        "evaluates_talk": float(praise + blame > 0 and counts["word_talk"] > 0),
        "evaluates_event": float(praise + blame > 0 and counts["word_event"] > 0),
        "evaluates_person": float(praise + blame > 0 and _mentions_person(context, unit)),
        "pronoun_i": pronouns[1],
        "pronoun_we": pronouns[2],
        "pronoun_you": pronouns[3],
        "after_opener": float(opened),
        "after_colon": float(before is not None and before.text.rstrip().endswith(":")),
    }


def _mentions_person(context: Context, unit: Unit) -> bool:
    return bool(context.mentions.within(unit.start, unit.end))


def _persons(context: Context, unit: Unit) -> Numbers:
    hits = context.mentions.within(unit.start, unit.end)
    tokens = _tokens(context, unit)
    subjects = [t for t in tokens if t.dep_.startswith("nsubj")]
    is_subject = [
        hit for hit in hits if any(hit.start <= t.idx < hit.end for t in subjects)
    ]  # fmt: skip
    return {
        "names": float(min(2, sum(hit.kind == "name" for hit in hits))),
        "descriptions": float(any(hit.kind == "description" for hit in hits)),
        "pronouns": float(any(hit.kind == "pronoun" for hit in hits)),
        "name_is_subject": float(any(hit.kind == "name" for hit in is_subject)),
        "pronoun_is_subject": float(any(hit.kind == "pronoun" for hit in is_subject)),
        "name_first": float(any(hit.start - unit.start < 3 and hit.kind == "name" for hit in hits)),
    }


CLASSES = tuple(sorted({row[0] for row in rows("claims", "word_classes.tsv")}))
FEATURES = (
    "log_words", "short", "whole", "first_piece", "last_piece", "pieces", "sentence_pieces", "share",
    "question", "exclamation", "ellipsis", "digits", "dash_inside", "colon_inside", "colon_after",
    "lower_start", "emoticon", "brackets",
    *(f"block_{kind}" for kind in BLOCKS), *(f"turn_{kind}" for kind in TURNS),
    "turn_named", "position", "first_block", "last_block", "block_first", "block_last", "block_only",
    "turn_begins", "minutes", "has_comments",
    "quoted_direct", "quoted_indirect", "quoted_mixed", "quoted_match", "quoted_speaker", "quoted_source",
    "quotation_beside", "covers_cue", "inside_marks",
    "root_past", "root_present", "root_future", "root_perfective", "root_imperative", "root_infinitive",
    "root_nominal", "root_adjective", "no_finite", "past_share", "past_perfective_share",
    "first_singular", "first_plural", "second_person", "third_plural_no_subject", "negation",
    "comparative", "superlative", "nouns", "adjectives", "verbs", "proper", "subject_plural",
    *(f"word_{name}" for name in CLASSES),
    "praise", "blame", "evaluates", "evaluates_talk", "evaluates_event", "evaluates_person",
    "pronoun_i", "pronoun_we", "pronoun_you", "after_opener", "after_colon",
    "names", "descriptions", "pronouns", "name_is_subject", "pronoun_is_subject", "name_first",
)  # fmt: skip
