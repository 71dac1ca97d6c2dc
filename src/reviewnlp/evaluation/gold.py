"""How good is the analysis on gold collections? In-sample, or each collection left out in turn."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.evaluation.scorer import Figures, score
from reviewnlp.language.encoder import EncoderName, load_encoder
from reviewnlp.pipeline import TRAINED, add_trained, load_untrained
from reviewnlp.reading.source import Source, digest
from reviewnlp.report.build import build
from reviewnlp.report.generator import describe
from reviewnlp.report.model import Generator, Report
from reviewnlp.themes import Theme, Themes
from reviewnlp.training.examples import Example
from reviewnlp.training.models import TrainingSet, check_only, fit_all, read_sets, save_all

Say = Callable[[str], None]


def evaluate(
    folders: Sequence[Path],
    folds: bool = False,
    report: Path | None = None,
    say: Say = lambda line: None,
    encoder: EncoderName = "e5",
) -> Figures:
    """Figures over gold collections, each analysed in a run of its own.

    With `folds`, the models that analyse a collection are trained on all the others given
    (collections that are for checking only are never trained on); without, the shipped models
    are used. The merged report is written to `report` where given; `say` is told of the
    progress and of each collection's own figures.

    Raises
    ------
    FileNotFoundError
        A folder holds no gold files.
    ValueError
        Fewer than three collections are given with `folds`.
    """
    sets = sorted(read_sets(folders, load_encoder(encoder), say), key=lambda part: part.name)
    generator = _generator(encoder, folds)
    docs: list[Doc] = []
    themes: list[Theme] = []
    for part in sets:
        with tempfile.TemporaryDirectory() as folder:
            models = _train_without(part, sets, Path(folder), encoder) if folds else None
            found, recurring = _analyse(part, models, encoder)
        themes += [_moved(theme, len(docs)) for theme in recurring]
        docs += found
        own = build(found, recurring, [], generator)
        say(f"{part.name}: {summary(_score(own, [part]))}")
    merged = build(docs, themes, [], generator)
    if report is not None:
        partial = report.with_name(f"{report.name}.partial")  # whole or not at all
        partial.write_text(merged.to_json(), "utf-8")
        partial.replace(report)
    return _score(merged, sets)


def summary(figures: Figures) -> str:
    """The main figures in one line."""
    shown = (
        ("thesis", "f1"), ("thesis", "full_f1"), ("thesis", "speaker_accuracy"),
        ("thesis", "reporter_accuracy"), ("opinion", "full_f1"), ("comment", "f1"),
    )  # fmt: skip
    return "  ".join(f"{part}.{name} {figures[part][name]:.3f}" for part, name in shown)


def _score(report: Report, sets: Sequence[TrainingSet]) -> Figures:
    gold = {part.name: [example.gold for example in part.examples] for part in sets}
    return score(report.documents, gold)[0]


def _train_without(
    part: TrainingSet, sets: Sequence[TrainingSet], folder: Path, encoder: EncoderName
) -> Path:
    """Folder with models trained on all other collections."""
    others = [other for other in sets if other is not part and other.name not in check_only()]
    if len(others) < 2:
        raise ValueError("folds need at least three collections, so that two are left to train on")
    save_all(fit_all(others, load_encoder(encoder)), folder)
    return folder


def _analyse(part: TrainingSet, models: Path | None, encoder: EncoderName) -> tuple[list[Doc], list[Theme]]:
    """Docs and themes of one collection, whose documents the untrained components have annotated."""
    nlp = Language()
    add_trained(nlp, encoder, models)
    docs = [_completed(nlp, example) for example in part.examples]
    path = models / "themes.safetensors" if models else None
    return docs, list(Themes(path, load_encoder(encoder)).fit(docs).themes_)


def _completed(nlp: Language, example: Example) -> Doc:
    """A copy of the example's Doc with the trained components' annotations, named for the scorer."""
    doc = example.doc.copy()
    for _, component in nlp.pipeline:
        doc = component(doc)
    text = example.gold.text
    doc._.source = Source(text, "text", "utf-8", example.gold.source, None, digest(text.encode()))
    return doc


def _moved(theme: Theme, offset: int) -> Theme:
    """The theme with its members' documents counted from the first collection's."""
    members = tuple(replace(member, document=member.document + offset) for member in theme.members)
    chosen = tuple(replace(member, document=member.document + offset) for member in theme.representative)
    return replace(theme, members=members, representative=chosen)


def _generator(encoder: EncoderName, folds: bool) -> Generator:
    """Generator of the merged report; the models of folds, which are not kept, are not listed."""
    nlp = load_untrained()
    with tempfile.TemporaryDirectory() as empty:
        generator = describe(nlp, Path(empty) if folds else None, encoder)
    return generator.model_copy(update={"pipeline": [*nlp.pipe_names, *TRAINED]})
