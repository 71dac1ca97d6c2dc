"""Which components make the pipeline, in which order?"""

from __future__ import annotations

import spacy
from spacy.language import Language

import reviewnlp.annotations
from reviewnlp.language import annotate, lemmatizer, sentences, tokenizer  # noqa: F401
from reviewnlp.layout import component  # noqa: F401

COMPONENTS = (
    "reviewnlp_layout",
    "reviewnlp_sentences",
    "reviewnlp_tagger",
    "reviewnlp_parser",
    "reviewnlp_names",
    "reviewnlp_lemmatizer",
)


def load() -> Language:
    """The pipeline: a blank Russian one with our tokenizer and components."""
    nlp = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "reviewnlp.razdel.v1"}}})
    for factory in COMPONENTS:
        nlp.add_pipe(factory)
    return nlp
