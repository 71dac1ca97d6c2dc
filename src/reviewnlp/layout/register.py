"""Does this paragraph read like a comment or like an article? Weighted marks of register from data."""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.resources import rows

SHOWN = 600  # marks are looked for in so many characters at either end


@cache
def _marks() -> tuple[tuple[float, str, re.Pattern[str]], ...]:
    table = []
    for _, weight, where, form in rows("layout", "register.tsv"):
        anchored = {"start": rf"\A{form}", "end": rf"(?:{form})\Z", "any": form}[where]
        table.append((float(weight), where, re.compile(anchored)))
    return tuple(table)


def comment_likeness(paragraph: str) -> float:
    """Positive where the paragraph reads like a comment, negative where it reads like an article."""
    shown = paragraph if len(paragraph) <= 2 * SHOWN else paragraph[:SHOWN] + "\n" + paragraph[-SHOWN:]
    return sum(weight for weight, _, pattern in _marks() if pattern.search(shown))
