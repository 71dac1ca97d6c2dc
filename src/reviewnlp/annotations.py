"""What the rooms write on the `Doc`: one record type per kind of annotation.

Offsets are half-open ranges of code points of `doc.text`. Persons are referred to by
their position in `doc._.people`, comments by their position in `doc._.comments`,
quotations by their position in `doc._.quotations`. Records are frozen: a component that
refines what an earlier one wrote assigns a new list made with `dataclasses.replace`.

Importing this module registers the extensions, and teaches `Doc.to_bytes` to carry them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import srsly
from spacy.tokens import Doc

BlockKind = Literal[
    "heading", "paragraph", "list_item", "caption", "comment_header", "comment", "quote", "debris"
]
PersonKind = Literal["person", "group", "organisation"]
MentionKind = Literal["name", "description", "pronoun"]
Gender = Literal["masc", "fem"]
Role = Literal["speaker", "reviewer", "commenter", "mentioned"]
TurnKind = Literal["writer", "review", "speech", "comment"]
QuotationKind = Literal["direct", "indirect", "mixed"]
Mode = Literal["direct", "indirect", "reported", "own"]
SentimentLabel = Literal["positive", "neutral", "negative"]
StanceLabel = Literal["supportive", "neutral", "skeptical"]
CommentKind = Literal["opinion", "question", "promotion", "other"]


class Range(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of layout, never longer than a paragraph; blocks do not nest or overlap."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named, described or referred to by a pronoun."""

    start: int
    end: int
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Person:
    """A person, group or organisation of one document.

    `name` is canonical: nominative, the fullest form that the document gives. `aliases`
    are the other forms as written, sorted. `title` (job) and `organisation` are as the
    document gives them, in the nominative. `mentions` are in text order.
    """

    name: str
    kind: PersonKind = "person"
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    title: str | None = None
    organisation: str | None = None
    gender: Gender | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch spoken or written by one voice; turns nest (a review inside the page's writer).

    `kind`: `writer` (the author of the page), `review` (one of several named reviewers whose
    texts the page gives), `speech` (transcript, interview, dialogue), `comment`.
    `person` is None where the voice has no name.
    """

    start: int
    end: int
    person: int | None
    kind: TurnKind


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported speech: what is said (content), by whom (source), by which words (cue)."""

    kind: QuotationKind
    content: Range
    cue: Range | None = None
    source: Range | None = None
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Feeling that the wording carries; score from -1 to 1, evidence readable."""

    label: SentimentLabel
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """The holder's stance to what the claim is about; score from -1 to 1."""

    label: StanceLabel
    score: float


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment's body, with what its header says.

    `author_name` is the author as written, "" when there is none; `author` is the person.
    `posted_at` is the date as written; `reply_to` the comment answered, where it can be told.
    """

    start: int
    end: int
    header: Range | None = None
    author_name: str = ""
    author: int | None = None
    posted_at: str | None = None
    reply_to: int | None = None
    kind: CommentKind = "opinion"
    sentiment: Sentiment | None = None
    stance: Stance | None = None
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """A span judged to be a thesis or an opinion, before it has an owner.

    `sentence` is the position in `doc.sents`; of the `pieces` that the sentence is cut into,
    the span joins those from `first` to `last` (see `claims.units`).
    """

    start: int
    end: int
    label: Literal["thesis", "opinion"]
    confidence: float
    sentence: int
    first: int
    last: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of a thesis's chain, innermost (the speaker) first."""

    person: int | None
    source: Range | None = None
    cue: Range | None = None


@dataclass(frozen=True, slots=True)
class Thesis:
    """A claim with its attribution chain: `attribution[0]` is the speaker, `[1]` the reporter."""

    start: int
    end: int
    attribution: tuple[Attribution, ...]
    mode: Mode
    confidence: float
    evidence: tuple[str, ...] = ()
    quotation: int | None = None
    comment: int | None = None
    sentiment: Sentiment | None = None
    stance: Stance | None = None
    themes: tuple[str, ...] = ()

    @property
    def speaker(self) -> int | None:
        """Position of the person whose claim it is; None for a voice without a name."""
        return self.attribution[0].person if self.attribution else None

    @property
    def reporter(self) -> int | None:
        """Position of the person who relays it; None where nobody named does."""
        return self.attribution[1].person if len(self.attribution) > 1 else None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An evaluation of a talk, person, event or product; the target is a person or a noun phrase."""

    start: int
    end: int
    holder: int | None
    target_person: int | None
    target_text: str
    confidence: float
    comment: int | None = None
    sentiment: Sentiment | None = None


RECORDS = (
    Block, Mention, Person, Turn, Quotation, Sentiment, Stance, Comment, ClaimSpan, Attribution,
    Thesis, Opinion,
)  # fmt: skip
LISTS = (
    "blocks",
    "people",
    "turns",
    "quotations",
    "comments",
    "claim_spans",
    "theses",
    "opinions",
    "warnings",
)

for _name in LISTS:
    Doc.set_extension(_name, default=[], force=True)
Doc.set_extension("source", default=None, force=True)


def _encode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """msgpack hook: records travel as their class name and fields."""
    if isinstance(obj, RECORDS):
        values = [getattr(obj, field.name) for field in dataclasses.fields(obj)]
        return {"reviewnlp": type(obj).__name__, "values": values}
    return obj if chain is None else chain(obj)


def _decode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """msgpack hook: the inverse of `_encode`."""
    if isinstance(obj, dict) and "reviewnlp" in obj:
        kinds = {record.__name__: record for record in RECORDS}
        return kinds[obj["reviewnlp"]](*(_freeze(value) for value in obj["values"]))
    return obj if chain is None else chain(obj)


def _freeze(value: Any) -> Any:
    if isinstance(value, list | tuple):
        items = [_freeze(item) for item in value]
        is_range = len(items) == 2 and all(type(item) is int for item in items)
        return Range(*items) if is_range else tuple(items)
    return value


srsly.msgpack_encoders("reviewnlp", func=_encode)
srsly.msgpack_decoders("reviewnlp", func=_decode)
