"""What stands beside what? A copy of a document without its white-space tokens.

A non-breaking space before a dash is a token of its own; rules that look at neighbours
would stumble over it, so they all work on this copy.
"""

from __future__ import annotations

from spacy.tokens import Doc

from reviewnlp.annotations import Range


def without_space(doc: Doc) -> tuple[Doc, list[Range]]:
    """The copy with tags, tree, sentences and names; and each token's range in the document."""
    words = [token for token in doc if not token.is_space]
    number = {token.i: i for i, token in enumerate(words)}
    copy = Doc(
        doc.vocab,
        words=[token.text for token in words],
        pos=[token.pos_ for token in words],
        morphs=[str(token.morph) for token in words],
        lemmas=[token.lemma_ for token in words],
        heads=[number.get(token.head.i, i) for i, token in enumerate(words)],
        deps=[token.dep_ or "dep" for token in words],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in words],
    )
    return copy, [Range(token.idx, token.idx + len(token)) for token in words]
