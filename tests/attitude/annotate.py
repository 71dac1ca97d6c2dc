"""Docs for the tests of attitude: real annotation of small texts, marks as the gold has them."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp import gold, layout
from reviewnlp.language import annotate, lemmatizer, sentences, tokenizer
from reviewnlp.layout import component
from reviewnlp.training.examples import Example

REGISTERED = (annotate, component, layout, lemmatizer, sentences, tokenizer)
COMPONENTS = ("layout", "sentences", "tagger", "parser", "names", "lemmatizer")


@cache
def pipeline() -> Language:
    """The part of the pipeline that has no trained models of ours."""
    nlp = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "reviewnlp.razdel.v1"}}})
    for name in COMPONENTS:
        nlp.add_pipe(f"reviewnlp_{name}")
    return nlp


def annotated(text: str) -> Doc:
    """A text with words, lemmas, syntax and names; no theses, opinions or comments."""
    doc = pipeline()(text) if text else pipeline().make_doc(text)
    doc._.comments = []
    return doc


def example(marked: str, collection: str = "invented", name: str = "text") -> Example:
    """A training example from a text with gold tags."""
    document = gold.parse(collection, name, marked)
    return Example(annotated(document.text), document)
