"""Where in a comment's header does the date stand? As written; nothing is computed."""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.resources import rows


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(
        {name for row in rows("reading", "months.tsv") for name in row}, key=lambda n: (-len(n), n)
    )
    month = rf"(?:{'|'.join(names)})\b\.?"
    day = (
        rf"(?:вчера|сегодня|позавчера|\d{{1,2}}[ .\-]{month}(?:,?[ .\-]\d{{4}}(?:\s?г(?:ода\b|\.|\b))?)?"
        rf"|{month} \d{{1,2}}(?:,? \d{{4}})?"
        r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{2}[./-]\d{2})"
    )
    time = r"(?:(?:,|\s+в|\s+at|\s*[-–—|·])?[\sT]*\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m\b)?)"
    ago = r"\d+ (?:секунд|минут|час|дн|день|недел|месяц|год|лет)\w* назад"
    return re.compile(rf"(?<!\w)(?:{day}{time}?|{ago})(?!\w)", re.IGNORECASE)


def find_date(text: str) -> re.Match[str] | None:
    """The first date, with its time of day, in a line of a header."""
    return _pattern().search(text)
