"""What may be asked on the command line? The group of commands, each in a file of its own.

Commands only parse options and call the functions that Python calls too. Exit status: 0 all well,
1 some or all inputs failed, 2 the command was used wrongly, 130 interrupted.
"""

from __future__ import annotations

from importlib import import_module

import click

import reviewnlp

COMMANDS = ("analyze", "schema", "evaluate", "train")
INTERRUPTED = 130


class Commands(click.Group):
    """Commands that are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"reviewnlp.cli.{cmd_name}"), cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(reviewnlp.__version__, prog_name="reviewnlp")
def cli() -> None:
    """Who claimed what, relayed by whom, with what attitude: Russian meeting reviews and comments.

    \b
    reviewnlp analyze review.txt                  a digest in Russian
    reviewnlp analyze folder/ -o report.json      everything, for a program
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    try:
        status = cli.main(arguments, prog_name="reviewnlp", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    return status if isinstance(status, int) else 0
