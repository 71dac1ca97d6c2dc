"""`reviewnlp analyze`: what do these texts say, and who says it?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewnlp.cli import options, output
from reviewnlp.cli.progress import Progress

if TYPE_CHECKING:
    from reviewnlp.report.model import Report


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.output
@options.reading
@options.pipeline
@click.option("--no-text", is_flag=True, help="Leave the documents' texts out of the report.")
@click.option("--pseudonymise", is_flag=True, help="Replace commenters' names everywhere, in the text too.")
def analyze(
    paths: tuple[str, ...],
    target: Path | None,
    form: str | None,
    no_text: bool,
    pseudonymise: bool,
    **settings: Any,
) -> int:
    """Analyse files, folders, globs or - (standard input).

    Plain text, Markdown, HTML, DOCX; records in CSV, JSONL, Parquet.

    \b
    reviewnlp analyze review.txt
    reviewnlp analyze reviews/ --format json -o report.json
    reviewnlp analyze forum.csv --as comments --text-column body --thread-column topic
    cat review.txt | reviewnlp analyze - --format jsonl
    """
    form = options.chosen_format(form, target)
    if target is not None:
        output.check_target(target)
    chosen = {name: settings.pop(name) for name in ("encoder", "models", "model", "people")}
    report = _analyze(paths, settings, chosen, not no_text, pseudonymise)
    for failure in report.failures:
        click.echo(f"reviewnlp: {failure.source}: {failure.reason}", err=True)
    output.write(_rendered(report, form, target), target)
    return 1 if report.failures else 0


def _analyze(
    paths: tuple[str, ...], reading: dict[str, Any], chosen: dict[str, Any], text: bool, pseudonymise: bool
) -> Report:
    """The report; a usage error where the pipeline cannot be made as it was chosen."""
    from reviewnlp.api import analyze as run
    from reviewnlp.pipeline import load
    from reviewnlp.reading.options import ReadOptions

    try:
        nlp = load(**chosen)
    except (OSError, ValueError) as error:
        raise click.UsageError(" ".join(str(error).split())) from error
    with Progress() as progress:
        return run(
            [Path(path) for path in paths],
            options=ReadOptions(**reading),
            nlp=nlp,
            encoder=chosen["encoder"],
            models=chosen["models"],
            text=text,
            pseudonymise=pseudonymise,
            progress=progress,
        )


def _rendered(report: Report, form: str, target: Path | None) -> str:
    if form == "json":
        return report.to_json()
    if form == "jsonl":
        return report.to_jsonl()
    from reviewnlp.report.digest import digest

    return digest(
        report,
        width=output.terminal_width() if target is None else output.PLAIN_WIDTH,
        colour=target is None and sys.stdout.isatty() and not output.colour_refused(),
    )
