"""Which components make the pipeline, in which order?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from reviewnlp.attitude import comment_kind, sentiment, stance
from reviewnlp.claims import opinions, theses, turns
from reviewnlp.claims.quotations import component as quotations
from reviewnlp.language import annotate, lemmatizer, sentences, tokenizer
from reviewnlp.language.encoder import EncoderName
from reviewnlp.layout import component as layout
from reviewnlp.people import component as people_component
from reviewnlp.people import known

# importing these registers the factories, also where the package's entry points are not installed
MODULES = (
    annotate, comment_kind, layout, lemmatizer, opinions, people_component, quotations, sentences,
    sentiment, stance, theses, tokenizer, turns,
)  # fmt: skip
BEFORE_TAGS = ("reviewnlp_layout", "reviewnlp_sentences")
TAGS = ("reviewnlp_tagger", "reviewnlp_parser", "reviewnlp_names", "reviewnlp_lemmatizer")
UNTRAINED = (
    "reviewnlp_people",
    "reviewnlp_quotations",
    "reviewnlp_turns",
)
# settings of trained components: which take the encoder, and which model each setting names
TRAINED: dict[str, tuple[bool, dict[str, str]]] = {
    "reviewnlp_spans": (True, {"models": ""}),
    "reviewnlp_theses": (True, {"models": ""}),
    "reviewnlp_opinions": (False, {"models": ""}),
    "reviewnlp_comments": (True, {"model": "comment_kind"}),
    "reviewnlp_sentiment": (
        True,
        {
            "thesis_model": "thesis_sentiment",
            "opinion_model": "opinion_sentiment",
            "comment_model": "comment_sentiment",
        },
    ),
    "reviewnlp_stance": (True, {"thesis_model": "thesis_stance", "comment_model": "comment_stance"}),
}


def load(
    *,
    encoder: EncoderName = "e5",
    models: Path | None = None,
    model: str | None = None,
    people: Path | None = None,
) -> Language:
    """The whole pipeline.

    Parameters
    ----------
    encoder
        Sentence encoder, "e5" or the light "navec"; the models must have been trained on it.
    models
        Folder of trained models, where not the shipped ones.
    model
        Name of an installed Russian spaCy pipeline whose tags, parse, names and lemmas are used
        in place of ours.
    people
        File of known names and roles.

    Raises
    ------
    FileNotFoundError
        A model or the file of people is missing.
    ValueError
        The file of people cannot be understood, the pipeline `model` is no Russian one, or the
        models were trained on another encoder.
    """
    nlp = load_untrained(model=model, people=people)
    add_trained(nlp, encoder, models)
    return nlp


def load_untrained(*, model: str | None = None, people: Path | None = None) -> Language:
    """The part of the pipeline that no gold has taught: layout, language, people, quotations, turns."""
    settings = {"reviewnlp_people": {"known": known.read(people) if people else []}}
    nlp = _installed(model) if model else _blank()
    for factory in UNTRAINED:
        if not nlp.has_pipe(factory):
            nlp.add_pipe(factory, config=settings.get(factory, {}))
    return nlp


def _blank() -> Language:
    nlp = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "reviewnlp.razdel.v1"}}})
    for factory in (*BEFORE_TAGS, *TAGS):
        nlp.add_pipe(factory)
    return nlp


def _installed(name: str) -> Language:
    """An installed pipeline with our layout and sentences before its own components."""
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ValueError(f"{name}: no such spaCy pipeline is installed here") from error
    if nlp.lang != "ru":
        raise ValueError(f"{name}: a pipeline for '{nlp.lang}', not for Russian")
    for factory in reversed(BEFORE_TAGS):
        nlp.add_pipe(factory, first=True)
    return nlp


def add_trained(nlp: Language, encoder: EncoderName = "e5", models: Path | None = None) -> None:
    """Add the components that read trained models of a folder (the shipped one where None)."""
    for factory, (encodes, names) in TRAINED.items():
        config: dict[str, Any] = {}
        if models is not None:  # a saved pipeline that uses the shipped models names no path
            for setting, name in names.items():
                config[setting] = str(models / f"{name}.safetensors" if name else models)
        if encodes:
            config["encoder"] = {"@misc": "reviewnlp.encoder.v1", "name": encoder}
        nlp.add_pipe(factory, config=config)
