"""The language room's components as a pipeline of their own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import reviewnlp.pipeline  # registers the factories

COMPONENTS = (
    "reviewnlp_layout",
    "reviewnlp_sentences",
    "reviewnlp_tagger",
    "reviewnlp_parser",
    "reviewnlp_names",
    "reviewnlp_lemmatizer",
)


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Blocks, sentences, tags, trees, names and lemmas, nothing else."""
    assert reviewnlp.pipeline
    pipeline = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "reviewnlp.razdel.v1"}}})
    for name in COMPONENTS:
        pipeline.add_pipe(name)
    return pipeline
