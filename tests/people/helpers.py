"""Reads the tables of bracketed sentences and runs the pipeline up to the people on them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Person
from reviewnlp.language import annotate, lemmatizer, sentences, tokenizer  # noqa: F401  # registers the factories
from reviewnlp.layout import component as layout  # noqa: F401  # registers the factory
from reviewnlp.people import component as people  # noqa: F401  # registers the factory

FOLDER = Path(__file__).parent
COMPONENTS = ("layout", "sentences", "tagger", "parser", "names", "lemmatizer", "people")
BRACKETS = re.compile(r"\[([^\]]*)\]")


@cache
def pipeline() -> Language:
    """The pipeline up to the people."""
    nlp = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "reviewnlp.razdel.v1"}}})
    for name in COMPONENTS:
        nlp.add_pipe(f"reviewnlp_{name}")
    return nlp


def table(name: str) -> list[tuple[str, ...]]:
    """Rows of a table beside this file, comments and empty lines left out."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]


def unbracket(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its brackets, and the spans that were in them."""
    text, spans, at = "", [], 0
    for match in BRACKETS.finditer(sentence):
        text += sentence[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + sentence[at:], spans


def person_at(doc: Doc, start: int, end: int) -> Person | None:
    """The person one of whose mentions lies in the span, the longest mention first."""
    found = [
        (mention.end - mention.start, person)
        for person in doc._.people
        for mention in person.mentions
        if start <= mention.start and mention.end <= end
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def fold(name: str) -> str:
    """Case and ё set aside, as the scorer does."""
    return name.casefold().replace("ё", "е")
