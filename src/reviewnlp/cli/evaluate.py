"""`reviewnlp evaluate`: how good is it? Figures against gold collections, treebanks, quotations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewnlp.cli import options, output

if TYPE_CHECKING:
    from reviewnlp.language.encoder import EncoderName


@click.group()
def evaluate() -> None:
    """Measure the pipeline against annotated texts.

    \b
    reviewnlp evaluate gold corpora/*/ --folds --report report.json
    reviewnlp evaluate treebank ru_taiga-dev.conllu
    reviewnlp evaluate quotations sentences.txt
    """


@evaluate.command()
@click.argument("folders", nargs=-1, required=True, type=options.existing_folder, metavar="DIR...")
@click.option("--folds", is_flag=True, help="Train without each collection in turn and analyse it.")
@click.option(
    "--report", "target", type=options.writable_file, metavar="OUT", help="Write the merged report here."
)
@options.encoder
def gold(folders: tuple[Path, ...], folds: bool, target: Path | None, encoder: EncoderName) -> None:
    """Figures on gold collections, each a run of its own.

    Without --folds the shipped models are used, which were trained on these texts: in-sample figures.

    \b
    reviewnlp evaluate gold corpora/*/ --folds --report report.json
    """
    from reviewnlp.evaluation.gold import evaluate as run

    if target is not None:
        output.check_target(target)
    try:
        figures = run(list(folders), folds, target, options.say, encoder)
    except (FileNotFoundError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    if not folds:
        click.echo(
            "in-sample figures: the models were trained on gold texts; --folds leaves each collection out"
        )
    _print(figures)


@evaluate.command()
@click.argument("file", type=options.existing_file)
def treebank(file: Path) -> None:
    """Lemmas, parts of speech and dependencies on a treebank in CoNLL-U, given its tokens."""
    from reviewnlp.evaluation.treebank import evaluate as run

    _print(_understood(run, file))


@evaluate.command()
@click.argument("file", type=options.existing_file)
def quotations(file: Path) -> None:
    """Cue, source and content on sentences with brackets in place (see tests/quotations)."""
    from reviewnlp.evaluation.quotations import evaluate as run

    _print(_understood(run, file))


def _understood(run: Callable[[Path], Mapping[str, Any]], file: Path) -> Mapping[str, Any]:
    """The figures; a usage error where the file is not of its format."""
    try:
        return run(file)
    except ValueError as error:
        raise click.UsageError(f"{file}: {error}") from error


def _print(figures: Mapping[str, Any]) -> None:
    """A line of figures for each part; parts may hold figures or be one."""
    lines = []
    for part, values in figures.items():
        if isinstance(values, Mapping):
            shown = "  ".join(f"{name} {_number(value)}" for name, value in values.items())
            lines.append(f"{part:<10} {shown}")
        else:
            lines.append(f"{part:<20} {_number(values)}")
    output.write("\n".join(lines) + "\n", None)


def _number(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
