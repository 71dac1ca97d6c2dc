"""What are the words' tags, heads and names? Components over slovnet's networks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from reviewnlp.language import slovnet


def sentences_of_words(doc: Doc) -> list[list[Token]]:
    """Sentences as lists of tokens, white space left out, empty sentences left out."""
    sentences = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return [words for words in sentences if words]


@Language.factory("reviewnlp_tagger", requires=["doc.sents"], assigns=["token.pos", "token.morph"])
def create_tagger(nlp: Language, name: str) -> Tagger:
    """Component that sets universal parts of speech and features."""
    return Tagger()


class Tagger:
    """Universal Dependencies part of speech and features from slovnet's morphology."""

    def __call__(self, doc: Doc) -> Doc:
        sentences = sentences_of_words(doc)
        marked = slovnet.morphology().map([[token.text for token in words] for words in sentences])
        for words, markup in zip(sentences, marked, strict=True):
            for token, tagged in zip(words, markup.tokens, strict=True):
                token.pos_ = tagged.pos
                token.set_morph(tagged.feats)
        for token in doc:
            if token.is_space:
                token.pos_ = "SPACE"
        return doc


@Language.factory("reviewnlp_parser", requires=["doc.sents"], assigns=["token.dep", "token.head"])
def create_parser(nlp: Language, name: str) -> Parser:
    """Component that sets dependency heads and relations."""
    return Parser()


class Parser:
    """Universal Dependencies heads and relations from slovnet's syntax, one tree a sentence."""

    def __call__(self, doc: Doc) -> Doc:
        sentences = sentences_of_words(doc)
        parsed = slovnet.syntax().map([[token.text for token in words] for words in sentences])
        heads = np.arange(len(doc), dtype=np.int64)
        relations = ["dep"] * len(doc)
        for words, markup in zip(sentences, parsed, strict=True):
            tree = as_tree([int(token.head_id) for token in markup.tokens])
            for token, head, arc in zip(words, tree, markup.tokens, strict=True):
                heads[token.i] = words[head].i
                relations[token.i] = "ROOT" if words[head].i == token.i else arc.rel
        _attach_spaces(doc, heads)
        offsets = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        names = np.array([doc.vocab.strings.add(relation) for relation in relations], dtype=np.uint64)
        return doc.from_array([HEAD, DEP], np.stack([offsets, names], axis=1)) if len(doc) else doc


def _attach_spaces(doc: Doc, heads: np.ndarray) -> None:
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
    """PER, LOC and ORG entities from slovnet's recogniser, run on each sentence."""

    def __call__(self, doc: Doc) -> Doc:
        sentences = [sentence for sentence in doc.sents if sentence.text.strip()]
        found: list[Span] = []
        for sentence, markup in zip(
            sentences, slovnet.names().map([sentence.text for sentence in sentences]), strict=True
        ):
            start = sentence.start_char
            for span in markup.spans:
                entity = doc.char_span(
                    start + span.start, start + span.stop, label=span.type, alignment_mode="expand"
                )
                if entity is not None:
                    found.append(entity)
        doc.ents = filter_spans(found)
        return doc
