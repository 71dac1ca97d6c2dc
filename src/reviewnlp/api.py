"""From Python: `analyze(inputs)` does what `reviewnlp analyze` does, by the same code.

>>> import reviewnlp
>>> from pathlib import Path
>>> report = reviewnlp.analyze([Path("review.txt"), "Карпов считает, что партнёрства работают."])
>>> report.to_frames()["theses"][["speaker_name", "text", "stance"]]
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.language.encoder import EncoderName, load_encoder
from reviewnlp.pipeline import load
from reviewnlp.reading import read
from reviewnlp.reading.options import ReadOptions
from reviewnlp.reading.source import Failure, Source
from reviewnlp.report.build import build
from reviewnlp.report.generator import describe
from reviewnlp.report.model import Report
from reviewnlp.report.pseudonyms import Pseudonyms, hide_commenters
from reviewnlp.themes import Themes

logger = logging.getLogger(__name__)

Inputs = str | Path | Iterable[str | Path]
Progress = Callable[[str], None]


def analyze(
    inputs: Inputs,
    *,
    options: ReadOptions | None = None,
    people: Path | None = None,
    encoder: EncoderName = "e5",
    models: Path | None = None,
    model: str | None = None,
    nlp: Language | None = None,
    text: bool = True,
    pseudonymise: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read and analyse inputs; what cannot be read is listed in the report's `failures`.

    Parameters
    ----------
    inputs
        A text (`str`), a file, folder or glob (`Path`, `Path("-")` is standard input), or several.
    options
        What the input is, the columns of records, limits; see `ReadOptions`.
    people
        File of known names and roles.
    encoder
        Sentence encoder, "e5" or the light "navec".
    models
        Folder of trained models, where not the shipped ones.
    model
        Name of an installed spaCy pipeline to start from ("ru_core_news_lg").
    nlp
        A pipeline made by `load`, to load once for many calls. `people` and `model` are then its
        own; give the `encoder` and the `models` that it was loaded with.
    text
        Whether documents of the report carry their text.
    pseudonymise
        Whether commenters' names are replaced everywhere, in the text too.
    progress
        Called with the name of each document before it is analysed.

    Raises
    ------
    FileNotFoundError
        A model or the file of people is missing.
    ValueError
        The file of people cannot be understood, or the pipeline `model` is no Russian one.
    """
    if nlp is None:
        nlp = load(encoder=encoder, models=models, model=model, people=people)
    items: Iterable[str | Path] = [inputs] if isinstance(inputs, str | Path) else inputs
    docs, failures = _annotate(nlp, read(items, options or ReadOptions()), progress)
    if pseudonymise:
        names, known = Pseudonyms(), nlp
        docs = [hide_commenters(doc, lambda source: annotate(known, source), names) for doc in docs]
    found = _themes(models, encoder).fit(docs).themes_ if docs else []
    return build(docs, found, failures, describe(nlp, models, encoder), text=text)


def _themes(models: Path | None, encoder: EncoderName) -> Themes:
    return Themes(models / "themes.safetensors" if models else None, load_encoder(encoder))


def annotate(nlp: Language, source: Source) -> Doc:
    """Doc of one source, with every component's annotations; `doc._.source` is the source."""
    nlp.max_length = max(nlp.max_length, len(source.text) + 1)  # the reading room sets the limits
    doc = nlp.make_doc(source.text)
    doc._.source = source
    return nlp(doc)


def _annotate(
    nlp: Language, found: Iterable[Source | Failure], progress: Progress | None
) -> tuple[list[Doc], Sequence[Failure]]:
    """Docs of what was read, and failures: of reading, and of documents that break a component."""
    docs: list[Doc] = []
    failures: list[Failure] = []
    for item in found:
        if isinstance(item, Failure):
            failures.append(item)
            continue
        if progress is not None:
            progress(item.name)
        try:
            docs.append(annotate(nlp, item))
        except Exception as error:  # a run over thousands of files outlives a document that breaks it
            logger.warning("%s: internal error", item.name, exc_info=True)
            failures.append(Failure(item.name, _internal(error)))
    return docs, failures


def _internal(error: Exception) -> str:
    """One line on an error that should not occur; spaCy wraps some of them in its own."""
    cause = error.__cause__ or error
    reason = f"internal error ({type(cause).__name__}: {cause}); please report it with this document"
    return " ".join(reason.split())
