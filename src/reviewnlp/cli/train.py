"""`reviewnlp train`: make the models from gold collections."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewnlp.cli import options

if TYPE_CHECKING:
    from reviewnlp.language.encoder import EncoderName


@click.command()
@click.argument("folders", nargs=-1, required=True, type=options.existing_folder, metavar="DIR...")
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder for the models; files of the same names are replaced.",
)
@options.encoder
def train(folders: tuple[Path, ...], target: Path, encoder: EncoderName) -> None:
    """Train the models on gold collections.

    \b
    reviewnlp train corpora/*/ -o models
    reviewnlp analyze review.txt --models models
    """
    from reviewnlp.training import train as run

    try:
        run(list(folders), target, encoder, options.say)
    except (FileNotFoundError, ValueError) as error:
        raise click.UsageError(str(error)) from error
