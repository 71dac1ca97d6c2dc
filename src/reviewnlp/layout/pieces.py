"""What are headers, buttons and area titles made of? Compiles the expressions of the data files.

`data/pieces.tsv` names the pieces; an expression elsewhere refers to them as `{name}`.
"""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.resources import rows

PACKAGE = "layout"
PLACE = re.compile(r"\{([a-z_]+)\}")
WORD_LISTS = {
    "months": "months.tsv",
    "weekdays": "weekdays.tsv",
    "verb": "verbs.tsv",
    "button": "buttons.tsv",
}


@cache
def pieces() -> dict[str, str]:
    """Expression of every piece by its name."""
    table = {name: _alternatives(file) for name, file in WORD_LISTS.items()}
    for name, expression in rows(PACKAGE, "pieces.tsv"):
        table[name] = f"(?:{_filled(expression, table)})"
    return table


def expression(template: str, **more: str) -> re.Pattern[str]:
    """Compiles a template, `{name}` replaced by the piece of that name; case is ignored."""
    return re.compile(_filled(template, {**pieces(), **more}), re.IGNORECASE)


@cache
def any_of(file: str, column: int = 0) -> re.Pattern[str]:
    """One expression that matches what any row of a data file matches."""
    return expression("|".join(f"(?:{row[column]})" for row in rows(PACKAGE, file)))


def _filled(template: str, table: dict[str, str]) -> str:
    return PLACE.sub(lambda match: table[match.group(1)], template)


def _alternatives(file: str) -> str:
    """A word list as alternatives, the longest first, so that no word hides behind its beginning."""
    words = sorted((row[0] for row in rows(PACKAGE, file)), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in words)
