"""`reviewnlp schema`: what may a program expect in a report?"""

from __future__ import annotations

from pathlib import Path

import click

from reviewnlp.cli import options, output


@click.command()
@click.option("-o", "--output", "target", type=options.writable_file, metavar="FILE", help="Write here.")
def schema(target: Path | None) -> None:
    """Print the JSON Schema of the report.

    \b
    reviewnlp schema > report.schema.json
    """
    import json

    from reviewnlp.report.model import json_schema

    if target is not None:
        output.check_target(target)
    output.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n", target)
