"""Who wrote the comments? The author as the header has it, one person for one nick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from reviewnlp.annotations import Comment
from reviewnlp.people.inflection import fold
from reviewnlp.people.merge import Cluster, Identity
from reviewnlp.people.names import NameMention
from reviewnlp.resources import words


@dataclass(frozen=True)
class Author:
    """A comment's author: the name as written, and where the header has it (None: nowhere)."""

    name: str
    start: int | None
    end: int | None

    @property
    def anonymous(self) -> bool:
        """Whether the name stands for nobody in particular («Гость», «Аноним»)."""
        return fold(self.name) in {fold(word) for word in words("people", "anonymous.tsv")}


def read_authors(doc: Doc, comments: Sequence[Comment]) -> list[Author | None]:
    """The author of every comment, None where the header names none."""
    found: list[Author | None] = []
    for comment in comments:
        name = " ".join(comment.author_name.split())
        at = -1
        if name and comment.header is not None:
            at = doc.text.find(comment.author_name, comment.header.start, comment.header.end)
        if not name:
            found.append(None)
        else:
            found.append(Author(name, *((at, at + len(comment.author_name)) if at >= 0 else (None, None))))
    return found


def seeds(
    authors: Sequence[Author | None], mentions: Sequence[NameMention]
) -> tuple[list[Cluster], list[NameMention]]:
    """Persons that are known only as authors, and the names outside such headers.

    An author who signs with a surname and more («Галина Рощина») is a name like any other in the
    text. A nick, a bare first name or surname is a person of its own, whom the text's single
    words («Зина») may mean.
    """
    clusters: list[Cluster] = []
    seen: set[str] = set()
    left = list(mentions)
    for author in authors:
        if author is None:
            continue
        inside = [m for m in left if author.start is not None and author.end is not None
                  and m.start < author.end and m.end > author.start]  # fmt: skip
        if _full_name(author, inside):
            continue
        left = [m for m in left if m not in inside]
        key = fold(author.name)
        if author.anonymous or key in seen:
            continue
        seen.add(key)
        clusters.append(Cluster(_hypotheses(author, inside), nick=author.name))
    return clusters, left


def _full_name(author: Author, inside: Sequence[NameMention]) -> bool:
    """Whether the header's name is one with a surname in it and nothing else."""
    if len(inside) != 1 or author.anonymous:
        return False
    mention = inside[0]
    covers = (mention.start, mention.end) == (author.start, author.end)
    return covers and mention.strong and "S" in mention.pattern


def _hypotheses(author: Author, inside: Sequence[NameMention]) -> dict[Identity, float]:
    """How the author may be addressed in the text; nothing but the nick itself where it is no name."""
    if len(inside) == 1 and inside[0].end == author.end:
        return {
            Identity(r.given, r.patronymic, r.surname, r.gender): r.weight
            for r in inside[0].readings
            if r.case in ("nom", None)
        } or {Identity(None, None, None, None): 1.0}
    return {Identity(None, None, None, None): 1.0}
