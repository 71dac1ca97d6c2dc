"""Which words of a stretch of text evaluate, and how strongly once their context has its say?

The lexicon (`language/lexicon.py`) gives bare weights; `data/modifiers.tsv` the words that turn an
evaluation round, strengthen or weaken it: negation («не удобно»), loss and relief («снизить риски»,
«потерять доверие»), degree («очень», «чуть»), contrast («но …» outweighs what stands before it),
concession («хотя …»). A praising word alone in quotation marks is meant ironically.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from reviewnlp.language.lexicon import fold, sentiment_weights
from reviewnlp.resources import rows

REACH = {"negator": 3, "concord": 3, "reducer": 5, "intensifier": 2, "diminisher": 2, "absence": 6}
"""How many words after a modifier it still touches, in the same clause."""

CLAUSE_ENDS = frozenset(".!?…;:,()—–\n")
SENTENCE_ENDS = frozenset(".!?…;\n")
OPENING, CLOSING = frozenset('«„“"'), frozenset('»“”"')
IRONY_IN_QUOTES = -0.5
LONGEST_IRONIC_QUOTE = 3


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word that changes the weight of evaluations near it."""

    kind: str
    factor: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluating word: code points from its first modifier to itself, its weight in context."""

    start: int
    end: int
    weight: float
    words: str


@cache
def modifiers() -> dict[str, tuple[Modifier, ...]]:
    """Modifiers by lemma or form."""
    found: dict[str, tuple[Modifier, ...]] = {}
    for word, kind, factor in rows("attitude", "modifiers.tsv"):
        found[fold(word)] = (*found.get(fold(word), ()), Modifier(kind, float(factor)))
    return found


def weight_of(token: Token) -> float:
    """Bare weight of a word: by its form, else by its lemma; 0 where the lexicon has neither."""
    table = sentiment_weights()
    return table.get(fold(token.text)) or table.get(fold(token.lemma_), 0.0)


def modifiers_of(token: Token) -> tuple[Modifier, ...]:
    """What a word does to evaluations near it, by its form or else its lemma."""
    table = modifiers()
    return table.get(fold(token.text)) or table.get(fold(token.lemma_), ())


def evaluations(doc: Doc, start: int, end: int) -> list[Evaluation]:
    """Evaluating words of the code points `start` to `end`, in text order."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return []
    tokens = [token for token in span if not token.text.isspace() or "\n" in token.text]
    shares = _clause_shares(tokens)
    found = []
    for at, token in enumerate(tokens):
        bare = weight_of(token)
        if not bare:
            continue
        factor, first = _context(tokens, at)
        weight = bare * factor * shares[at]
        if bare > 0 and factor > 0 and _quoted_alone(tokens, at):
            weight *= IRONY_IN_QUOTES
        begin = tokens[first].idx
        stop = token.idx + len(token)
        found.append(Evaluation(begin, stop, weight, doc.text[begin:stop]))
    return found


def balance(found: Sequence[Evaluation]) -> float:
    """Sum of the weights, squashed into -1 to 1."""
    return math.tanh(sum(item.weight for item in found) / 2)


def _context(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    """Product of the factors that reach the word at `at`, and the place of the first of them."""
    factor, first, negated = 1.0, at, False
    concord = 1.0
    for back in range(1, max(REACH.values()) + 1):
        place = at - back
        if place < 0 or tokens[place].text in CLAUSE_ENDS:
            break
        for modifier in modifiers_of(tokens[place]):
            if (
                back > REACH.get(modifier.kind, 0)
                or modifier.kind == "absence"
                or _only_follows(tokens, place)
            ):
                continue
            if modifier.kind == "concord":
                concord = modifier.factor
            else:
                factor *= modifier.factor
                negated |= modifier.kind == "negator"
            first = place
    if not negated:
        factor *= concord if concord < 1 else _absence(tokens, at)
    return factor, first


def _absence(tokens: Sequence[Token], at: int) -> float:
    """Factor of «нет», «не было» after a word in the genitive; 1 where it is not said to be absent."""
    if "Case=Gen" not in str(tokens[at].morph):
        return 1.0
    for place in range(at + 1, min(at + 1 + REACH["absence"], len(tokens))):
        if tokens[place].text in CLAUSE_ENDS:
            break
        if fold(tokens[place].text) in ("нет", "нету"):
            return modifiers()["нет"][0].factor
        if fold(tokens[place - 1].text) == "не":
            for modifier in modifiers_of(tokens[place]):
                if modifier.kind == "absence":
                    return modifier.factor
    return 1.0


def _only_follows(tokens: Sequence[Token], place: int) -> bool:
    """Whether a negator is the «не» of «не только», «не просто», which deny nothing."""
    following = fold(tokens[place + 1].text) if place + 1 < len(tokens) else ""
    return fold(tokens[place].text) == "не" and following in ("только", "просто", "лишь")


def _clause_shares(tokens: Sequence[Token]) -> list[float]:
    """How much each word's clause counts in its sentence: contrast raises, concession lowers."""
    shares = [1.0] * len(tokens)
    sentence = 0
    for at, token in enumerate(tokens):
        opens_clause = at == 0 or tokens[at - 1].text in CLAUSE_ENDS or at == sentence
        for modifier in modifiers_of(token) if opens_clause else ():
            if modifier.kind == "contrast":
                for before in range(sentence, at):
                    shares[before] /= modifier.factor
                for after in range(at, _next(tokens, at, SENTENCE_ENDS)):
                    shares[after] *= modifier.factor
            elif modifier.kind == "concession":
                for after in range(at, _next(tokens, at, CLAUSE_ENDS)):
                    shares[after] *= modifier.factor
        if token.text in SENTENCE_ENDS:
            sentence = at + 1
    return shares


def _next(tokens: Sequence[Token], at: int, marks: frozenset[str]) -> int:
    """Place of the next token among `marks`, or the end."""
    return next((i for i in range(at, len(tokens)) if tokens[i].text in marks), len(tokens))


def _quoted_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word stands in a quotation of at most three words, as in «наши „помощники“»."""
    left = next((n for n in range(1, LONGEST_IRONIC_QUOTE + 1) if _at(tokens, at - n) in OPENING), 0)
    right = next((n for n in range(1, LONGEST_IRONIC_QUOTE + 1) if _at(tokens, at + n) in CLOSING), 0)
    return bool(left and right) and left + right - 1 <= LONGEST_IRONIC_QUOTE


def _at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""
