"""In which language is the text? py3langid among likely languages, and letters that Russian lacks."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from reviewnlp.resources import rows

SAMPLE = 20_000
"""How many characters are looked at, from the beginning."""
FEW = 12
"""Letters below which nothing can be told: Cyrillic letters are then taken for Russian."""
FOREIGN = 0.015
"""Share of letters that Russian lacks above which a Cyrillic text is not Russian."""
CYRILLIC = 0.2
"""Share of Cyrillic letters that makes a text Cyrillic: Russian chat is full of links, code and nicks."""
OWN = 0.004
"""Share of ы, э, ё among the letters from which a text is Russian whatever the identifier says."""
LONG = 80
SURE = {False: 0.75, True: 0.5}
"""Probability of another language that settles it in a text without ы, э, ё, short or `LONG`."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")


def language(text: str) -> str:
    """ISO 639-1 code of the text's language, among those of `data/languages.tsv`.

    `ru` also where the text is too short to tell and has Cyrillic letters; `und` where it
    has no letters at all.
    """
    sample = ADDRESS.sub(" ", text[:SAMPLE])
    letters = [letter for letter in sample.casefold() if letter.isalpha()]
    cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u052f"]
    if not letters:
        return "und"
    if len(cyrillic) < CYRILLIC * len(letters):
        return str(_identifier("other").classify(sample)[0])
    words = " ".join(re.findall(r"[\u0400-\u052f]+", sample))
    foreign = sum(letter in _foreign_letters() for letter in cyrillic) / len(cyrillic)
    if foreign > FOREIGN:
        ranked = _identifier("cyrillic").rank(words)
        return str(next(code for code, _ in ranked if code != "ru"))
    own = sum(letter in "ыэё" for letter in cyrillic)
    if len(cyrillic) < FEW or own > OWN * len(cyrillic):
        return "ru"
    code, probability = _identifier("cyrillic").classify(words)
    return str(code) if probability > SURE[len(cyrillic) >= LONG] else "ru"


def language_name(code: str) -> str:
    """English name of the language."""
    return _names().get(code, f"the language {code!r}")


@cache
def _names() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("reading", "languages.tsv")}


@cache
def _foreign_letters() -> frozenset[str]:
    return frozenset("".join(row[3] for row in rows("reading", "languages.tsv") if len(row) > 3))


@cache
def _identifier(script: str) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([row[0] for row in rows("reading", "languages.tsv") if row[2] == script])
    return identifier
