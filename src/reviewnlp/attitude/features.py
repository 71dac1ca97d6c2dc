"""What does a classifier of attitude see of a span? One row of numbers, the same in training and use.

A row holds counts of wordings (`data/markers.tsv`), the lexicon's evaluations inside the span and
in the rest of its sentences, its grammar and punctuation, and the vector of its text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from spacy.tokens import Doc, Token

from reviewnlp.annotations import Range
from reviewnlp.attitude.lexicon import Evaluation, balance, evaluations, modifiers_of
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.language.lexicon import fold
from reviewnlp.linear import Array
from reviewnlp.resources import rows

FIRST_WORDS = 60
"""Words of a span that its vector is made of: the encoder reads no more than a passage."""

LINK = re.compile(r"https?://|www\.|\bt\.me/|\b[\w-]+\.(?:ru|com|org|net|рф|su|info|example)\b", re.I)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
PHONE = re.compile(r"(?:\+7|\b8)?[\s(-]*\d{3,4}[\s)-]*\d{2,3}[\s-]\d{2}[\s-]?\d{2}\b|\b\d{2}-\d{2}-\d{2}\b")
PRICE = re.compile(r"\d\s*(?:%|руб|р\.|₽|тыс)")
SHAPES = (
    ("question", re.compile(r"\?")),
    ("exclamation", re.compile("!")),
    ("ellipsis", re.compile(r"…|\.\.\.")),
    ("smile", re.compile(r"\){2,}|[:;]-?[)D]|🙂|😂|😊|❤")),
    ("frown", re.compile(r"\({2,}|:-?\(")),
    ("quotes", re.compile('[«„"]')),
    ("digits", re.compile(r"\d+")),
    ("capitals", re.compile(r"\b[А-ЯЁA-Z]{4,}\b")),
    ("link", LINK),
    ("email", EMAIL),
    ("phone", PHONE),
    ("price", PRICE),
)
GRAMMAR = (
    ("imperative", "Mood=Imp"),
    ("conditional", "Mood=Cnd"),
    ("past", "Tense=Past"),
    ("present", "Tense=Pres"),
    ("future", "Tense=Fut"),
    ("first_person", "Person=1"),
    ("second_person", "Person=2"),
    ("infinitive", "VerbForm=Inf"),
    ("perfective", "Aspect=Perf"),
    ("comparative", "Degree=Cmp"),
    ("negated", "Polarity=Neg"),
)
BALANCE = (
    "balance", "praise", "blame", "strongest_praise", "strongest_blame", "first_word", "last_word",
    "praising_words", "blaming_words", "rest_balance",
)  # fmt: skip
OTHERS = ("length", "sentences", "root_infinitive", "root_past", "negators", "asks_last", "intensity")


@cache
def _phrases() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Marker phrases by their first word: (class, words)."""
    table: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, phrase in rows("attitude", "markers.tsv"):
        words = tuple(fold(word) for word in phrase.split())
        table.setdefault(words[0], []).append((name, words))
    return {first: tuple(found) for first, found in table.items()}


@cache
def marker_classes() -> tuple[str, ...]:
    """Classes of `markers.tsv`, sorted."""
    return tuple(sorted({row[0] for row in rows("attitude", "markers.tsv")}))


@cache
def names() -> tuple[str, ...]:
    """Names of the features before the vector, in the order of the columns."""
    return (
        *BALANCE, *OTHERS,
        *(name for name, _ in SHAPES), *(name for name, _ in GRAMMAR), *marker_classes(),
    )  # fmt: skip


def rows_of(spans: Sequence[tuple[Doc, int, int]], encoder: SentenceEncoder) -> Array:
    """Features of spans (document, start, end in code points), shape (n_spans, n_names + encoder.dim)."""
    texts = [" ".join(doc.text[start:end].split()[:FIRST_WORDS]) for doc, start, end in spans]
    wordings = [wording(doc, start, end) for doc, start, end in spans]
    counted = np.asarray(wordings, np.float32).reshape(len(spans), len(names()))
    return np.concatenate([counted, encoder.encode(texts)], axis=1)


def wording(doc: Doc, start: int, end: int) -> list[float]:
    """Values of `names()` for one span."""
    text = doc.text[start:end]
    span = doc.char_span(start, end, alignment_mode="expand")
    tokens = [token for token in span or () if not token.is_space]
    rest = rest_of_sentences(doc, start, end)
    outside = [token for part in rest for token in _tokens(doc, part)]
    found = evaluations(doc, start, end)
    around = [item for part in rest for item in evaluations(doc, *part)]
    inside, beyond = markers(tokens), markers(outside)
    morphs = [str(token.morph) for token in tokens]
    counts = [(beyond if name.startswith("cue_") else inside).get(name, 0) for name in marker_classes()]
    return [
        *_balance(found, around),
        *_others(text, tokens),
        *(_damped(len(pattern.findall(text))) for _, pattern in SHAPES),
        *(_damped(sum(feature in morph for morph in morphs)) for _, feature in GRAMMAR),
        *map(_damped, counts),
    ]


def markers(tokens: Sequence[Token]) -> dict[str, int]:
    """How often each class of wording occurs among the tokens, by lemma or form."""
    forms = [(fold(token.text), fold(token.lemma_)) for token in tokens]
    found: dict[str, int] = {}
    for at, pair in enumerate(forms):
        for first in dict.fromkeys(pair):
            for name, words in _phrases().get(first, ()):
                window = forms[at : at + len(words)]
                if len(window) == len(words) and all(w in p for w, p in zip(words, window, strict=True)):
                    found[name] = found.get(name, 0) + 1
    return found


def rest_of_sentences(doc: Doc, start: int, end: int) -> list[Range]:
    """What the sentences of a span hold before and after it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return []
    before = span[0].sent.start_char
    after = span[-1].sent.end_char
    return [Range(a, b) for a, b in ((before, start), (end, after)) if b > a]


def _tokens(doc: Doc, part: Range) -> list[Token]:
    span = doc.char_span(part.start, part.end, alignment_mode="contract")
    return [token for token in span or () if not token.is_space]


def _balance(found: Sequence[Evaluation], around: Sequence[Evaluation]) -> list[float]:
    """Values of `BALANCE`."""
    weights = [item.weight for item in found]
    praise = [weight for weight in weights if weight > 0]
    blame = [-weight for weight in weights if weight < 0]
    return [
        balance(found),
        math.tanh(sum(praise) / 2),
        math.tanh(sum(blame) / 2),
        max(praise, default=0.0),
        max(blame, default=0.0),
        weights[0] if weights else 0.0,
        weights[-1] if weights else 0.0,
        _damped(len(praise)),
        _damped(len(blame)),
        balance(around),
    ]


def _others(text: str, tokens: Sequence[Token]) -> list[float]:
    """Values of `OTHERS`."""
    roots = [token for token in tokens if token.dep_ == "ROOT"]
    kinds = [modifier.kind for token in tokens for modifier in modifiers_of(token)]
    return [
        math.log1p(len(tokens)),
        _damped(len(roots)),
        float(any("VerbForm=Inf" in str(token.morph) for token in roots)),
        float(any("Tense=Past" in str(token.morph) for token in roots)),
        _damped(kinds.count("negator")),
        float(text.rstrip(' )(:»"').endswith("?")),
        _damped(kinds.count("intensifier")),
    ]


def _damped(count: float) -> float:
    """A count whose growth slows: one is much more than none, five little more than four."""
    return math.log1p(count)
