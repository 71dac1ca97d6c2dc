"""Which words praise or blame by themselves? Weights of lemmas, from `data/sentiment.tsv`."""

from __future__ import annotations

from functools import cache

from reviewnlp.resources import rows


def fold(word: str) -> str:
    """Lower case, ё as е: how words are looked up."""
    return word.lower().replace("ё", "е")


@cache
def sentiment_weights() -> dict[str, float]:
    """Weight of every lemma of the lexicon, from -2 (the worst) to 2 (the best)."""
    return {fold(row[0]): float(row[1]) for row in rows("language", "sentiment.tsv")}
