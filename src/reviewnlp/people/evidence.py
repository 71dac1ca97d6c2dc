"""What does the sentence say about a name? Its case and gender, and the gender of its predicate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from reviewnlp.annotations import Gender
from reviewnlp.people.inflection import Case
from reviewnlp.people.items import Item
from reviewnlp.people.phrases import is_person_noun


class Evidence(NamedTuple):
    """What syntax says about a name: its case and gender, and the gender of its predicate."""

    case: str
    gender: str
    predicate_gender: str
    subject: bool

    def agreement(self, of_case: Case | None, of_gender: Gender | None) -> float:
        """Factor for the weight of a reading with this case and gender."""
        factor = 1.0
        if of_case is not None and self.case:
            factor *= 1.0 if of_case == self.case else 0.4
        if self.subject and of_case is not None and of_case != "nom":
            factor *= 0.5
        gender = {"masc": "Masc", "fem": "Fem"}.get(of_gender or "")
        if gender and self.predicate_gender:
            factor *= 1.0 if gender == self.predicate_gender else 0.1
        elif gender and self.gender:
            factor *= 1.0 if gender == self.gender else 0.7
        return factor


def gather(doc: Doc, chosen: Sequence[Item]) -> Evidence:
    span = [doc[i] for item in chosen for i in range(item.first, item.last + 1)]
    inside = {token.i for token in span}
    root = next((token for token in span if token.head.i not in inside or token.head is token), span[0])
    declined = [doc[item.last] for item in chosen if not item.initial] or [root]
    verb = _predicate(doc, root, span[-1].i)
    subject = verb is not None
    gender = "" if verb is None else predicate_gender(verb)
    morph = declined[0].morph
    nominative = subject or _heads_line(doc, span[0].i, span[-1].i)
    case = "nom" if nominative else (morph.get("Case", []) or [""])[0].lower()
    return Evidence(case, (morph.get("Gender", []) or [""])[0], gender, nominative)


def _heads_line(doc: Doc, first: int, last: int) -> bool:
    """Whether a name stands at a line's start with a colon or full stop after it, or fills the line."""
    begins = first == 0 or doc[first - 1].is_space or doc[first - 1].text in "—–-•]"
    numbered = first > 1 and doc[first - 1].text in ".)" and doc[first - 2].is_digit
    after = doc[last + 1] if last + 1 < len(doc) else None
    return (begins or numbered) and (after is None or after.is_space or after.text in (":", ".", "("))


def _predicate(doc: Doc, root: Token, last: int) -> Token | None:
    """The predicate whose subject the name is, itself or as an apposition («пекарь Громова ответила»)."""
    while root.dep_ == "appos" and root.head.i != root.i:
        root = root.head
    if root.dep_.startswith("nsubj"):
        return root.head
    following = doc[last + 1] if last + 1 < len(doc) else None
    if following is None or not _is_past(following):
        return None
    subject = next((child for child in following.children if child.dep_.startswith("nsubj")), None)
    if subject is None or subject.i >= root.i or not _is_title(subject):
        return None
    return None if any(word.is_punct for word in doc[subject.i : root.i]) else following


def _is_title(token: Token) -> bool:
    """Whether the subject is a word for a person that the name only adds to («заведующая складом Гай»)."""
    return is_person_noun(token.lemma_.lower()) or is_person_noun(token.lower_)


def _is_past(token: Token) -> bool:
    return "Past" in token.morph.get("Tense", []) and "VerbForm=Fin" in str(token.morph)


def predicate_gender(predicate: Token) -> str:
    """Gender (`Masc`, `Fem` or "") of a past-tense verb or short adjective."""
    if not _is_past(predicate) and "Short" not in predicate.morph.get("Variant", []):
        return ""
    gender = (predicate.morph.get("Gender", []) or [""])[0]
    return gender if gender in ("Masc", "Fem") else ""
