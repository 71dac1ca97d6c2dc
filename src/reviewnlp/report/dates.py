"""When was it posted? ISO 8601 out of dates as comment headers write them."""

from __future__ import annotations

import re
from datetime import datetime

from reviewnlp.resources import rows

# a year first, as programs write it, or a day first, as Russian pages do, or a month, as English ones do
DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4}|\d{2})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:-?го)?[\s.-]+(?P<month>[^\W\d_]+)\.?,?[\s-]+(?P<year>\d{4})(?!\d)"
    ),
    re.compile(r"(?P<month>[^\W\d_]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4})(?!\d)"),
)
TIME = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?![\d:])(?:\s?(?P<half>[ap]m)\b)?",
    re.I,
)
ZONE = re.compile(r"\s?(?P<zone>Z|[+-]\d{2}:?\d{2})\b")
CENTURY = 2000  # forums write «14.05.16»; none is older than the century
NOON = 12


def iso_date(written: str) -> str | None:
    """The date, with its time where given: «14.05.2016 в 10:22» → "2016-05-14T10:22".

    None where the day, month or year is missing or impossible («вчера», «12:03», «32.01.2020»).
    A zone is kept where it is written («2023-09-18T10:00:00Z»).
    """
    match = next((found for pattern in DATES if (found := pattern.search(written))), None)
    if match is None:
        return None
    year = int(match["year"]) + (CENTURY if len(match["year"]) == 2 else 0)
    day = (year, _month(match["month"]), int(match["day"]))
    rest = written[: match.start()] + "  " + written[match.end() :].removeprefix("T")
    time = TIME.search(rest)
    try:
        if time is None:
            return datetime(*day).date().isoformat()
        moment = datetime(*day, _hour(time), int(time["minute"]), int(time["second"] or 0))
    except ValueError:
        return None
    zone = ZONE.match(rest, time.end())
    return moment.isoformat(timespec="seconds" if time["second"] else "minutes") + (
        zone["zone"] if zone else ""
    )


def _hour(time: re.Match[str]) -> int:
    """Hour of the day, also of a twelve-hour clock."""
    if time["half"] is None:
        return int(time["hour"])
    return int(time["hour"]) % NOON + (NOON if time["half"].lower() == "pm" else 0)


def _month(written: str) -> int:
    """Number of the month; 0, which is no month, for other words."""
    if written.isdigit():
        return int(written)
    numbers = {form: int(number) for number, forms in rows("report", "months.tsv") for form in forms.split()}
    return numbers.get(written.casefold(), 0)
