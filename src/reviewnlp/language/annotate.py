"""What are the words' tags, heads and names? Components over slovnet's networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, MorphAnalysis, Span, Token
from spacy.util import filter_spans

from reviewnlp.language import corrections, slovnet

# words that the networks take at once; memory grows with the longest of a batch
LONGEST = 250
# fewer words in capitals are no shouting but an abbreviation or a heading
SHOUTED = 3


def sentences_of_words(doc: Doc) -> list[list[Token]]:
    """Sentences as lists of tokens, white space left out, empty sentences left out."""
    sentences = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return [words for words in sentences if words]


def pieces(words: Sequence[Token]) -> list[Sequence[Token]]:
    """A sentence in stretches that the networks can take, cut after punctuation where there is any."""
    found = []
    while len(words) > LONGEST:
        window = range(LONGEST - 1, LONGEST // 2, -1)
        cut = next((i + 1 for i in window if words[i].is_punct), LONGEST)
        found.append(words[:cut])
        words = words[cut:]
    return [*found, words]


def network_words(words: Sequence[Token]) -> list[str]:
    """The words as the networks read them best: what is shouted in lower case."""
    texts = [token.text for token in words]
    letters = [text for text in texts if len(text) > 1 and text.isalpha()]
    if len(letters) >= SHOUTED and sum(text.isupper() for text in letters) > len(letters) / 2:
        return [text.lower() for text in texts]
    return texts


@Language.factory("reviewnlp_tagger", requires=["doc.sents"], assigns=["token.pos", "token.morph"])
def create_tagger(nlp: Language, name: str) -> Tagger:
    """Component that sets universal parts of speech and features."""
    return Tagger()


class Tagger:
    """Universal Dependencies part of speech and features from slovnet's morphology.

    The dictionary corrects what is certainly wrong.
    """

    def __call__(self, doc: Doc) -> Doc:
        stretches = [piece for words in sentences_of_words(doc) for piece in pieces(words)]
        marked = slovnet.morphology().map([network_words(words) for words in stretches])
        for words, markup in zip(stretches, marked, strict=True):
            for token, tagged in zip(words, markup.tokens, strict=True):
                features = "|".join(f"{name}={value}" for name, value in sorted(tagged.feats.items()))
                first = token.i == 0 or bool(token.is_sent_start)
                token.pos_, features = corrections.correct(token.text, tagged.pos, features, first)
                token.morph = MorphAnalysis(doc.vocab, features)
        for token in doc:
            if token.is_space:
                token.pos_ = "SPACE"
                token.morph = MorphAnalysis(doc.vocab, "")
        return doc


@Language.factory("reviewnlp_parser", requires=["doc.sents"], assigns=["token.dep", "token.head"])
def create_parser(nlp: Language, name: str) -> Parser:
    """Component that sets dependency heads and relations."""
    return Parser()


class Parser:
    """Universal Dependencies heads and relations from slovnet's syntax, one tree a sentence.

    A sentence too long for the network is parsed in pieces; the heads of later pieces hang on
    the first one's as `parataxis`.
    """

    def __call__(self, doc: Doc) -> Doc:
        sentences = [pieces(words) for words in sentences_of_words(doc)]
        parsed = slovnet.syntax().map(
            [network_words(words) for stretches in sentences for words in stretches]
        )
        heads = np.arange(len(doc), dtype=np.int64)
        relations = ["dep"] * len(doc)
        for stretches in sentences:
            root = None
            for words in stretches:
                arcs = next(parsed).tokens
                tree = as_tree([int(arc.head_id) for arc in arcs])
                for position, (token, head, arc) in enumerate(zip(words, tree, arcs, strict=True)):
                    heads[token.i], relations[token.i] = words[head].i, arc.rel
                    if head == position:
                        root = token.i if root is None else root
                        heads[token.i] = root
                        relations[token.i] = "ROOT" if root == token.i else "parataxis"
        _attach_spaces(doc, heads)
        return set_tree(doc, heads, relations)


def set_tree(doc: Doc, heads: NDArray[np.int64], relations: Sequence[str]) -> Doc:
    """Write heads (token positions) and relations; sentences become the trees' spans."""
    if not len(doc):
        return doc
    offsets = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    names = np.array([doc.vocab.strings.add(relation) for relation in relations], dtype=np.uint64)
    # spaCy's stub has its own name for arrays of two dimensions
    columns: Any = np.stack([offsets, names], axis=1)
    return doc.from_array(["HEAD", "DEP"], columns)


def _attach_spaces(doc: Doc, heads: NDArray[np.int64]) -> None:
    """Hang white space on a word of its sentence, so that it makes no sentence of its own."""
    for sentence in doc.sents:
        words = [token.i for token in sentence if not token.is_space]
        anchor = words[0] if words else sentence.start
        for token in sentence:
            if token.is_space:
                heads[token.i] = max((i for i in words if i < token.i), default=anchor)


def as_tree(heads: Sequence[int]) -> list[int]:
    """Positions of heads from slovnet's 1-based ones (0 is the root), made one tree.

    The root is a word that heads itself; further roots hang on the first, and a word
    on a cycle or with a head outside the sentence hangs on the root.
    """
    size = len(heads)
    tree = [head - 1 for head in heads]
    root = next((i for i, head in enumerate(tree) if head < 0), 0)
    tree = [head if 0 <= head < size and head != i else root for i, head in enumerate(tree)]
    tree[root] = root
    for i in range(size):
        seen, at = {i}, i
        while tree[at] != root and at != root:
            at = tree[at]
            if at in seen:
                tree[at] = root
                break
            seen.add(at)
    return tree


@Language.factory("reviewnlp_names", requires=["doc.sents"], assigns=["doc.ents"])
def create_names(nlp: Language, name: str) -> NameRecogniser:
    """Component that sets named entities."""
    return NameRecogniser()


class NameRecogniser:
    """PER, LOC and ORG entities from slovnet's recogniser, run on each sentence.

    Entities that an earlier component set stay where no new one overlaps them.
    """

    def __call__(self, doc: Doc) -> Doc:
        stretches = [piece for words in sentences_of_words(doc) for piece in pieces(words)]
        texts = [doc.text[words[0].idx : words[-1].idx + len(words[-1])] for words in stretches]
        found: list[Span] = []
        for words, markup in zip(stretches, slovnet.names().map(texts), strict=True):
            start = words[0].idx
            for span in markup.spans:
                entity = doc.char_span(
                    start + span.start, start + span.stop, label=span.type, alignment_mode="expand"
                )
                if entity is not None:
                    found.append(entity)
        entities = filter_spans(found)
        taken = {token.i for entity in entities for token in entity}
        earlier = [entity for entity in doc.ents if taken.isdisjoint(range(entity.start, entity.end))]
        doc.set_ents([*entities, *earlier])
        return doc
