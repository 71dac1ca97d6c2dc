"""The component that writes turns: calls the readers of each style and joins what they find."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Block, Person, Role, Turn
from reviewnlp.claims.bylines import find_writer
from reviewnlp.claims.mentions import MentionIndex
from reviewnlp.claims.turns.dialogue import dialogue_turns
from reviewnlp.claims.turns.interview import interview_turns
from reviewnlp.claims.turns.labels import find_labels
from reviewnlp.claims.turns.lines import with_lines
from reviewnlp.claims.turns.reviews import form_turns, review_turns, section_turns
from reviewnlp.claims.turns.transcript import speech_turns

ROLES: dict[str, Role] = {
    "writer": "reviewer", "review": "reviewer", "speech": "speaker", "comment": "commenter"
}  # fmt: skip


@Language.factory(
    "reviewnlp_turns",
    requires=["doc._.blocks", "doc._.people", "doc._.comments", "doc._.quotations", "doc.sents"],
    assigns=["doc._.turns", "doc._.people"],
)
def create_turns(nlp: Language, name: str) -> TurnFinder:
    """Component that finds turns, and gives their persons the role that follows."""
    return TurnFinder()


class TurnFinder:
    """Writes `doc._.turns`, outer turns before the inner ones that begin at the same place."""

    def __call__(self, doc: Doc) -> Doc:
        turns = [
            Turn((comment.header or comment).start, comment.end, comment.author, "comment")
            for comment in doc._.comments
        ]
        blocks = [b for b in doc._.blocks if not any(t.start <= b.start < t.end for t in turns)]
        if blocks:
            turns += _page_turns(doc, blocks)
        doc._.turns = sorted(turns, key=lambda turn: (turn.start, -turn.end, turn.kind))
        doc._.people = _with_roles(doc)
        return doc


def _page_turns(doc: Doc, blocks: list[Block]) -> list[Turn]:
    """The writer's turn and those within it, for the blocks outside comments."""
    index = MentionIndex(doc)
    writer = find_writer(doc, blocks, index)
    page = Turn(blocks[0].start, blocks[-1].end, writer, "writer")
    blocks = with_lines(doc, blocks, index)
    labels = find_labels(doc, blocks, index, writer)
    reviews = review_turns(doc, blocks, labels)
    reviews = reviews or form_turns(doc, blocks, index) or section_turns(doc, blocks, index, writer)
    speech = speech_turns(doc, blocks, labels, reviews, index)
    taken = [*reviews, *speech]
    asked = interview_turns(doc, blocks, writer, index, taken)
    return [page, *taken, *(asked or dialogue_turns(doc, blocks, writer, index, speech))]


def _with_roles(doc: Doc) -> list[Person]:
    """People with the roles that their turns show, sorted."""
    roles: dict[int, set[Role]] = {}
    for turn in doc._.turns:
        if turn.person is not None:
            roles.setdefault(turn.person, set()).add(ROLES[turn.kind])
    return [
        replace(person, roles=tuple(sorted({*person.roles, *roles.get(number, set())})))
        for number, person in enumerate(doc._.people)
    ]
