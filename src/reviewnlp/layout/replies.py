"""Which earlier comment does this one answer? By the quotation or pointer that opens it, or by address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewnlp.layout.cues import Quote

ADDRESS = re.compile(r"@?([\w.-]{2,30}(?:\s[\w.-]{1,20})?)\s?[,!]\s|@([\w.-]{2,40})")
WORD = re.compile(r"\w+")
LEAST_STEM = 3
LEAST_QUOTED = 8  # letters of a quotation that can be looked for
LONGEST_QUOTED = 400
WINDOW = 500  # earlier comments that are searched


class Earlier:
    """The comments so far, by author and by wording."""

    def __init__(self) -> None:
        self.authors: list[str] = []
        self.bodies: list[str] = []
        self.stems: dict[str, int] = {}

    def add(self, author: str, body: str) -> None:
        """Remembers the next comment."""
        number = len(self.authors)
        self.authors.append(folded(author))
        self.bodies.append(folded(body))
        for word in WORD.findall(self.authors[-1].replace("_", " ")):
            for length in range(LEAST_STEM, min(len(word), 12) + 1):
                self.stems[word[:length]] = number
        if author:
            self.stems[self.authors[-1]] = number

    def answered(self, quotes: Sequence[Quote], body: str) -> int | None:
        """Position of the comment answered, None where it cannot be told."""
        for quote in quotes:
            found = self._quoted(quote)
            if found is not None:
                return found
        return self._addressed(body)

    def _quoted(self, quote: Quote) -> int | None:
        who, text = folded(quote.who), folded(quote.text)[:LONGEST_QUOTED]
        recent = range(len(self.bodies) - 1, max(-1, len(self.bodies) - 1 - WINDOW), -1)
        if len(text) >= LEAST_QUOTED:
            holders = [n for n in recent if text in self.bodies[n]]
            named = [n for n in holders if self.authors[n] == who]
            if named or holders:
                return (named or holders)[0]
        for number in recent:
            if who and self.authors[number] == who:
                return number
        return None

    def _addressed(self, body: str) -> int | None:
        match = ADDRESS.match(body)
        if match is None:
            return None
        name = folded(match.group(1) or match.group(2))
        for candidate in (name, name.split()[0] if name else ""):
            if len(candidate) >= LEAST_STEM and candidate in self.stems:
                return self.stems[candidate]
        return None


def folded(text: str) -> str:
    """Letters and digits only, in lower case, ё as е: how quotations are compared."""
    return " ".join(WORD.findall(text.casefold().replace("ё", "е")))
