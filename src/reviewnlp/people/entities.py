"""What is known of a person while the text is being read? The working record behind `Person`."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from reviewnlp.annotations import Gender, Mention, MentionKind, Person, PersonKind, Role


@dataclass
class Entity:
    """A person, group or organisation whose mentions are still being collected.

    `heads` are the lemmas of nouns that describe the person («директор», «пекарь»), `told`
    the whole descriptions.
    """

    name: str
    kind: PersonKind = "person"
    gender: Gender | None = None
    roles: set[Role] = field(default_factory=set)
    title: str | None = None
    organisation: str | None = None
    heads: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    mentions: dict[tuple[int, int], MentionKind] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    nick: bool = False

    def add(self, start: int, end: int, kind: MentionKind) -> None:
        """Record a mention; a place is recorded once."""
        self.mentions.setdefault((start, end), kind)

    @property
    def first(self) -> int:
        """Where the person is first mentioned; far behind the text where nowhere."""
        return min((start for start, _ in self.mentions), default=10**9)

    def person(self, doc: Doc) -> Person:
        """The finished record."""
        written = {
            " ".join(doc.text[start:end].split())
            for (start, end), kind in self.mentions.items()
            if kind != "pronoun"
        }
        return Person(
            name=self.name,
            kind=self.kind,
            aliases=tuple(sorted((written | self.aliases) - {self.name})),
            roles=tuple(sorted(self.roles or {"mentioned"})),
            title=self.title,
            organisation=self.organisation,
            gender=self.gender,
            mentions=tuple(Mention(*place, kind) for place, kind in sorted(self.mentions.items())),
        )
