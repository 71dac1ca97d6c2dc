"""Which options do several commands share? Each group is one decorator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

COLUMNS = ("text", "id", "author", "date", "title", "thread")
KINDS = ("auto", "review", "comments")
FORMATS = ("text", "json", "jsonl")
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    "": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}

existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
existing_folder = click.Path(exists=True, file_okay=False, path_type=Path)
writable_file = click.Path(dir_okay=True, path_type=Path)


def reading(command: Command) -> Command:
    """What the input is: `--as`, `--text-column` and its like, `--force`."""
    for column in reversed(COLUMNS):
        command = click.option(
            f"--{column}-column", metavar="NAME", help=f"Column of records that holds the {column}."
        )(command)
    command = click.option("--force", is_flag=True, help="Analyse texts too that do not seem to be Russian.")(
        command
    )
    return click.option(
        "--as",
        "as_kind",
        type=click.Choice(KINDS),
        default="auto",
        show_default=True,
        help="What the input is, when you know better than the detector.",
    )(command)


def pipeline(command: Command) -> Command:
    """What analyses: `--people`, `--encoder`, `--model`, `--models`."""
    command = click.option(
        "--models", type=existing_folder, help="Folder of models made by 'reviewnlp train'."
    )(command)
    command = click.option(
        "--model", metavar="NAME", help="Installed spaCy pipeline to start from, such as ru_core_news_lg."
    )(command)
    command = encoder(command)
    return click.option(
        "--people",
        type=existing_file,
        help="Known people: TSV, CSV or JSON with name, role, aliases, title, organisation.",
    )(command)


def encoder(command: Command) -> Command:
    """Sentence vectors: `--encoder`."""
    return click.option(
        "--encoder",
        type=click.Choice(("e5", "navec")),
        default="e5",
        show_default=True,
        help="Sentence vectors: e5 is accurate, navec is light and needs --models trained on it.",
    )(command)


def output(command: Command) -> Command:
    """Where the result goes and how it looks: `-o`, `--format`."""
    command = click.option(
        "--format", "form", type=click.Choice(FORMATS), help="Default: by the suffix of -o FILE, else text."
    )(command)
    return click.option(
        "-o",
        "--output",
        "target",
        type=writable_file,
        metavar="FILE",
        help="Write here, whole or not at all.",
    )(command)


def chosen_format(form: str | None, target: Path | None) -> str:
    """The format asked for, or that of the file's suffix; a usage error for a suffix that says nothing."""
    if form is not None or target is None:
        return form or "text"
    try:
        return SUFFIXES[target.suffix.lower()]
    except KeyError:
        raise click.UsageError(
            f"-o {target}: the suffix does not say the format; add --format text, json or jsonl"
        ) from None


def say(line: str) -> None:
    """Tell the user how far a long command is."""
    click.echo(line, err=True)
