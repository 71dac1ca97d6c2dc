"""How good are tags, trees and lemmas? Scores the language room on a CoNLL-U treebank.

The file's own words and sentences are given; tags, heads, relations and lemmas are ours.

Conventions of the figures, each from 0 to 1:

- `lemma`: tokens whose lemma is right, case and ё folded; tokens whose gold lemma is `_` do
  not count. Our lemmatizer works from our own tags, not from gold ones.
- `upos`: tokens whose universal part of speech is right.
- `uas`, `las`: tokens whose head is right; whose head and universal relation are right.
  Nothing is left out, punctuation counts; subtypes of relations (`nsubj:pass`) do not, as in
  the CoNLL 2018 shared task.
- `tokens`, `sentences`: how many were scored.

Multi-word tokens (`3-4`) and empty nodes (`3.1`) are skipped, their syntactic words are scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from reviewnlp.language import annotate, lemmatizer  # noqa: F401  (their import registers the factories)

COMPONENTS = ("reviewnlp_tagger", "reviewnlp_parser", "reviewnlp_lemmatizer")
COLUMNS = 10
SENTENCES_A_DOC = 100


@dataclass(frozen=True, slots=True)
class GoldToken:
    """One syntactic word of a treebank; `head` is the position in its sentence, itself for a root."""

    form: str
    lemma: str
    pos: str
    head: int
    relation: str
    space_after: bool = True


def evaluate(path: Path, nlp: Language | None = None) -> dict[str, float]:
    """Score tags, trees and lemmas on a CoNLL-U file.

    `nlp` is a pipeline whose components of the names in `COMPONENTS` are run; without it they
    are run in a pipeline of their own. FileNotFoundError for a missing file, ValueError (naming
    file and line) for one that is not CoNLL-U or has no tokens.
    """
    nlp = nlp or _pipeline()
    counts: Counter[str] = Counter()
    sentences = iter(read_conllu(Path(path)))
    while batch := list(islice(sentences, SENTENCES_A_DOC)):
        doc = _as_doc(nlp, batch)
        for name in COMPONENTS:
            doc = nlp.get_pipe(name)(doc)
        _count(doc, batch, counts)
    if not counts["tokens"]:
        raise ValueError(f"{path}: no tokens; is this a CoNLL-U treebank?")
    tokens = counts["tokens"]
    return {
        "lemma": counts["lemma"] / max(1, counts["lemmas"]),
        "upos": counts["upos"] / tokens,
        "uas": counts["uas"] / tokens,
        "las": counts["las"] / tokens,
        "tokens": float(tokens),
        "sentences": float(counts["sentences"]),
    }


def read_conllu(path: Path) -> Iterator[list[GoldToken]]:
    """Sentences of a CoNLL-U file, in order; errors as in `evaluate`."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8, so not CoNLL-U ({error.reason})") from error
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            cells = line.split("\t")
            if len(cells) != COLUMNS:
                raise ValueError(f"{path}:{number}: {len(cells)} columns where CoNLL-U has {COLUMNS}")
            if cells[0].isdecimal():
                rows.append(cells)
        elif rows:
            yield _sentence(rows, f"{path}:{number - 1}")
            rows = []


def _sentence(rows: Sequence[Sequence[str]], where: str) -> list[GoldToken]:
    positions = {row[0]: position for position, row in enumerate(rows)}
    tokens = []
    for position, row in enumerate(rows):
        if row[6] != "0" and row[6] not in positions:
            raise ValueError(f"{where}: the sentence that ends here has a word with head {row[6]!r}")
        head = position if row[6] == "0" else positions[row[6]]
        tokens.append(GoldToken(row[1], row[2], row[3], head, row[7], "SpaceAfter=No" not in row[9]))
    return tokens


def _pipeline() -> Language:
    nlp = spacy.blank("ru")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def _as_doc(nlp: Language, sentences: Sequence[Sequence[GoldToken]]) -> Doc:
    """The given words as a Doc with the given sentence starts."""
    tokens = [token for sentence in sentences for token in sentence]
    starts: list[bool | int | None] = [
        position == 0 for sentence in sentences for position in range(len(sentence))
    ]
    return Doc(
        nlp.vocab,
        words=[token.form for token in tokens],
        spaces=[token.space_after for token in tokens],
        sent_starts=starts,
    )


def _count(doc: Doc, sentences: Sequence[Sequence[GoldToken]], counts: Counter[str]) -> None:
    """Add one Doc's right answers to the counts."""
    start = 0
    for sentence in sentences:
        for position, gold in enumerate(sentence):
            token = doc[start + position]
            head = token.head.i - start == gold.head
            counts["tokens"] += 1
            counts["upos"] += token.pos_ == gold.pos
            counts["uas"] += head
            counts["las"] += head and _relation(token) == gold.relation.split(":")[0].lower()
            if gold.lemma != "_":
                counts["lemmas"] += 1
                counts["lemma"] += _folded(token.lemma_) == _folded(gold.lemma)
        start += len(sentence)
        counts["sentences"] += 1


def _relation(token: Token) -> str:
    return token.dep_.split(":")[0].lower()


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е")
