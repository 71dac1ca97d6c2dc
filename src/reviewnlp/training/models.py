"""How is every file of `models/` made? All trainers over the same annotated examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reviewnlp.gold import read_collection
from reviewnlp.language.encoder import EncoderName, SentenceEncoder, load_encoder
from reviewnlp.pipeline import load_untrained
from reviewnlp.resources import rows
from reviewnlp.training import attitude, claims, themes
from reviewnlp.training.examples import Example, annotate


class Savable(Protocol):
    """A trained model that can be written as one file."""

    def save(self, path: Path) -> None:
        """Write the model; the same model gives the same bytes."""


@dataclass(frozen=True)
class TrainingSet:
    """Examples of one collection, with what the models read of them."""

    name: str
    examples: list[Example]
    prepared: list[claims.Prepared]


def check_only() -> dict[str, str]:
    """Collections that nothing may be trained on, and why."""
    return {row[0]: row[1] for row in rows("training", "check_only.tsv")}


def read_sets(
    folders: Sequence[Path], encoder: SentenceEncoder, say: Callable[[str], None] = lambda line: None
) -> list[TrainingSet]:
    """Annotate the gold collections of these folders with the untrained components."""
    nlp = load_untrained()
    sets = []
    for folder in folders:
        examples = list(annotate(nlp, read_collection(folder)))
        say(f"annotated {folder.name}: {len(examples)} documents")
        prepared = [claims.prepare(example, encoder) for example in examples]
        sets.append(TrainingSet(folder.resolve().name, examples, prepared))
    return sets


def fit_all(sets: Sequence[TrainingSet], encoder: SentenceEncoder) -> dict[str, Savable]:
    """Every model by name, trained on all these collections."""
    examples = [example for part in sets for example in part.examples]
    prepared = [one for part in sets for one in part.prepared]
    return {
        **claims.train(prepared, encoder),
        **attitude.train(examples, encoder),
        "themes": themes.train(examples, encoder),
    }


def save_all(models: dict[str, Savable], folder: Path) -> None:
    """Write the models as NAME.safetensors."""
    for name, model in sorted(models.items()):
        model.save(folder / f"{name}.safetensors")


def train(
    folders: Sequence[Path],
    out: Path,
    encoder: EncoderName = "e5",
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Make every model from the gold collections of `folders` and write them into `out`.

    The same data and locked dependencies give the same bytes. ValueError where a collection
    may only be checked on, FileNotFoundError where a folder holds no gold files.
    """
    for folder in folders:
        reason = check_only().get(folder.resolve().name)
        if reason is not None:
            raise ValueError(f"{folder}: not to be trained on ({reason}); leave it out")
    vectors = load_encoder(encoder)
    sets = sorted(read_sets(folders, vectors, say), key=lambda part: part.name)
    save_all(fit_all(sets, vectors), out)
