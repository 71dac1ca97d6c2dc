"""How is a thing called that is praised or blamed? Noun phrases of a span, in the nominative."""

from __future__ import annotations

from spacy.tokens import Span, Token

from reviewnlp.language.dictionary import analyzer

LONGEST = 5  # words of a phrase


def noun_heads(span: Span) -> list[Token]:
    """Nouns of the span that head a phrase: no names' parts, no genitives of another noun."""
    return [
        token
        for token in span
        if token.pos_ in ("NOUN", "PROPN")
        and token.is_alpha
        and len(token) > 2
        and not (
            token.dep_ in ("nmod", "appos", "flat", "flat:name", "compound") and token.head.pos_ == "NOUN"
        )
    ]


def nominative_phrase(head: Token) -> str:
    """The head in the nominative with the genitive or prepositional phrase that belongs to it.

    Adjectives are left out, since a target is named without evaluation.
    """
    number = "plur" if "Number=Plur" in head.morph else "sing"
    words = [_nominative(head, number)]
    following = sorted(
        (child for child in head.children if child.dep_ == "nmod" and child.i > head.i), key=lambda t: t.i
    )
    if following:
        tail = [token for token in following[0].subtree if token.is_alpha]
        if tail and len(tail) < LONGEST and tail[0].i <= head.i + 2:
            words += [token.text for token in tail]
    return " ".join(words)


def _nominative(token: Token, number: str) -> str:
    """The noun's form in the nominative of that number, in lower case unless it is a name."""
    for parse in analyzer().parse(token.text):
        if parse.tag.POS == "NOUN":
            form = parse.inflect({"nomn", number}) or parse.inflect({"nomn"})
            if form is not None:
                word = str(form.word)
                return word.capitalize() if token.pos_ == "PROPN" else word
    return token.lemma_
