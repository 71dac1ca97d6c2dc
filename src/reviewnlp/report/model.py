"""What does a report hold? The contract, as pydantic models; `reviewnlp schema` prints its JSON Schema.

All offsets are half-open ranges of code points of the document's `text`; lines count from 1.
Ids are unique in the report: documents `d1`, their persons `d1.p1`, quotations `d1.q1`, theses
`d1.t1`, opinions `d1.o1`, comments `d1.c1`; themes `th1`. Every field is always present, null
where there is nothing to say; only `documents[].text` is left out on request.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    WithJsonSchema,
    model_serializer,
)
from pydantic.functional_validators import AfterValidator

SCHEMA_VERSION: Final = "1.0"

SentimentLabel = Literal["positive", "neutral", "negative"]
StanceLabel = Literal["supportive", "neutral", "skeptical"]


def _rounded(value: float) -> float:
    return round(value, 4) + 0.0  # adding zero turns -0.0 into 0.0


Score = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False), AfterValidator(_rounded)]
Probability = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), AfterValidator(_rounded)]
Offset = Annotated[int, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]


def _no_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


# absent rather than null where it is left out, so that the schema says: a string
OptionalText = Annotated[str | None, WithJsonSchema({"type": "string"}), Field(json_schema_extra=_no_default)]


class Record(BaseModel):
    """Base of all parts: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Span(Record):
    """A stretch of the document: code points `start` to `end`, their `text`, the line of the first."""

    start: Offset
    end: Offset
    text: str
    line: Annotated[int, Field(ge=1)]


class Block(Span):
    """A stretch of layout."""

    kind: Literal[
        "heading", "paragraph", "list_item", "caption", "comment_header", "comment", "quote", "debris"
    ]


class Turn(Span):
    """A stretch spoken or written by one voice; `person` is null for a voice without a name."""

    person: str | None


class Mention(Span):
    """One place that refers to a person."""

    kind: Literal["name", "description", "pronoun"]


class Person(Record):
    """A person, group or organisation of one document, under a canonical nominative name."""

    id: str
    kind: Literal["person", "group", "organisation"]
    name: str
    aliases: list[str]
    roles: list[Literal["speaker", "reviewer", "commenter", "mentioned"]]
    title: str | None
    organisation: str | None
    mentions: list[Mention]


class Quotation(Record):
    """Reported speech: what is said, by which words it is reported, by whom it was said."""

    id: str
    kind: Literal["direct", "indirect", "mixed"]
    content: Span
    cue: Span | None
    source: Span | None
    speaker: str | None


class Attribution(Record):
    """One link of a chain of attribution."""

    person: str | None
    source: Span | None
    cue: Span | None


class Sentiment(Record):
    """Feeling that the wording carries, with the words that decided."""

    label: SentimentLabel
    score: Score
    evidence: list[str]


class Stance(Record):
    """The holder's stance to the practice or proposal that the claim is about."""

    label: StanceLabel
    score: Score


class Thesis(Span):
    """A claim. `attribution` goes from the speaker outwards: its first link is `speaker`,
    the second `reporter`; a claim of the writer's own has one link.
    """

    id: str
    speaker: str | None
    reporter: str | None
    attribution: list[Attribution]
    mode: Literal["direct", "indirect", "reported", "own"]
    sentiment: Sentiment
    stance: Stance
    themes: list[str]
    confidence: Probability
    evidence: list[str]
    quotation: str | None
    comment: str | None


class Target(Record):
    """What an opinion is about: a person of the document, or a noun phrase."""

    person: str | None
    text: str


class Opinion(Span):
    """An evaluation of a talk, person, event or product."""

    id: str
    holder: str | None
    target: Target
    sentiment: Sentiment
    confidence: Probability
    comment: str | None


class PostedAt(Record):
    """When a comment was posted: as written, and as ISO 8601 where the text gives a full date."""

    text: str
    iso: str | None


class Comment(Span):
    """One forum comment's body."""

    id: str
    author: str | None
    posted_at: PostedAt | None
    reply_to: str | None
    kind: Literal["opinion", "question", "promotion", "other"]
    sentiment: Sentiment
    stance: Stance
    themes: list[str]


class Document(Record):
    """One analysed text. `sha256` is of the input's bytes (of a record's text in UTF-8)."""

    id: str
    source: str
    title: str | None
    format: str
    encoding: str | None
    language: str | None
    sha256: str
    text: OptionalText = None
    blocks: list[Block]
    turns: list[Turn]
    people: list[Person]
    quotations: list[Quotation]
    theses: list[Thesis]
    opinions: list[Opinion]
    comments: list[Comment]
    warnings: list[str]

    @model_serializer(mode="wrap")
    def _without_missing_text(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = handler(self)
        if self.text is None:
            del fields["text"]
        return fields


class StanceCounts(Record):
    """How many of a theme's members take which stance, anonymous voices included."""

    supportive: Count
    neutral: Count
    skeptical: Count


class ThemePerson(Record):
    """A named person on one side of a theme, with the number of his or her members there."""

    person: str
    name: str
    count: Count


class ThemePeople(Record):
    """Who is for and who is against, the most active first."""

    for_: Annotated[list[ThemePerson], Field(alias="for")]
    against: list[ThemePerson]

    model_config = ConfigDict(populate_by_name=True)


class Theme(Record):
    """A group of theses and comments that say the same about the same subject.

    `members` and `representative` are ids of theses and comments.
    """

    id: str
    label: str
    keywords: list[str]
    size: Count
    documents: list[str]
    stance: StanceCounts
    people: ThemePeople
    members: list[str]
    representative: list[str]


class Failure(Record):
    """An input that could not be analysed, and why."""

    source: str
    reason: str


class Model(Record):
    """Weights that took part."""

    name: str
    version: str
    sha256: str


class Generator(Record):
    """What made the report: program, its pipeline of components, its weights."""

    name: str
    version: str
    pipeline: list[str]
    models: list[Model]


class Report(Record):
    """The result of one run over any number of inputs.

    >>> report = Report.from_json(Path("report.json").read_bytes())
    >>> [thesis.text for document in report.documents for thesis in document.theses]
    """

    schema_version: Literal["1.0"]
    generator: Generator
    documents: list[Document]
    themes: list[Theme]
    failures: list[Failure]

    def to_json(self) -> str:
        """The report as JSON with a final line end: the same report gives the same characters."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"

    def to_jsonl(self) -> str:
        """One document a line, then one line `{themes, failures, generator}`."""
        rest = self.model_dump(mode="json", by_alias=True, include={"themes", "failures", "generator"})
        last = {name: rest[name] for name in ("themes", "failures", "generator")}
        lines = [document.model_dump_json(by_alias=True) for document in self.documents]
        return "\n".join([*lines, json.dumps(last, ensure_ascii=False, separators=(",", ":"))]) + "\n"

    @classmethod
    def from_json(cls, data: str | bytes) -> Report:
        """Read what `to_json` wrote; ValueError where it is not a report of this schema version."""
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the whole"
            raise ValueError(
                f"not a reviewnlp report of schema version {SCHEMA_VERSION}: {where}: {first['msg']}"
            ) from error

    def to_frames(self) -> dict[str, Any]:
        """The report as pandas tables by name; `reviewnlp.report.frames` documents the columns."""
        from reviewnlp.report.frames import to_frames

        return dict(to_frames(self))


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `Report.to_json`."""
    schema = Report.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"reviewnlp report {SCHEMA_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }
