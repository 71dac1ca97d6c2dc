"""What does an editor read? A digest of the report in Russian, for a terminal or a pipe.

Theses and opinions stand whole, with the number of the line where they begin; a long comment is
shown by its first sentences.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reviewnlp.report import wording
from reviewnlp.report.model import (
    Comment,
    Document,
    Opinion,
    Person,
    Report,
    Sentiment,
    Stance,
    Theme,
    ThemePerson,
    Thesis,
)
from reviewnlp.report.wording import counts, one_line, plural, shorten

STANCES = {"supportive": "за", "neutral": "", "skeptical": "против"}
FEELINGS = {"positive": "+", "neutral": "", "negative": "−"}
COLOURS = {"за": "green", "против": "red", "+": "green", "−": "red"}
KINDS = {"question": "вопрос", "promotion": "реклама", "other": "прочее"}
FORMATS = {"text": "текст"}
NAMELESS = "без имени"
LEGEND = (
    "Числа слева — номера строк. «За» и «против» — как говорящий относится к тому, о чём речь;"
    " «+» и «−» — тон высказывания."
)
COMMENT_LIMIT = 400


def digest(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The digest as text of lines not wider than `width` columns, with terminal colours on request."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=max(width, 40),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(_summary(report), overflow="fold")
    for document in report.documents:
        console.print()
        for part in _document(document):
            console.print(part, overflow="fold")
    for part in (*_themes(report), *_failures(report)):
        console.print(part, overflow="fold")
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _summary(report: Report) -> RenderableType:
    documents = report.documents
    line = counts(
        (len(documents), wording.DOCUMENTS),
        (sum(len(document.theses) for document in documents), wording.THESES),
        (sum(len(document.opinions) for document in documents), wording.OPINIONS),
        (sum(len(document.comments) for document in documents), wording.COMMENTS),
        (len(report.themes), wording.THEMES),
        (len(report.failures), wording.FAILURES),
    )
    parts = [Text(line or "Читать было нечего.", style="bold")]
    if any(document.theses or document.opinions for document in documents):
        parts.append(Text(LEGEND, style="dim"))
    return Group(*parts)


def _heading(text: str) -> RenderableType:
    return Text("\n" + text.upper(), style="bold cyan")


def _document(document: Document) -> Iterable[RenderableType]:
    yield Text(f"━━ {one_line(document.source)} ━━", style="bold")
    if document.title:
        yield Text(one_line(document.title))
    facts = [FORMATS.get(document.format, document.format), document.encoding]
    yield Text(" · ".join(fact for fact in facts if fact), style="dim")
    for warning in document.warnings:
        yield Text(f"Предупреждение: {one_line(warning)}", style="yellow")
    people = {person.id: person for person in document.people}
    if not (document.theses or document.opinions or document.comments):
        yield Text("Ни тезисов, ни мнений, ни комментариев не найдено.")
        return
    yield from _who(document, people)
    yield from _theses(document, people)
    yield from _opinions(document, people)
    yield from _comments(document, people)


def _called(person: str | None, people: dict[str, Person]) -> str:
    return one_line(people[person].name) if person is not None else NAMELESS


def _introduced(person: Person) -> str:
    """The name with job and company: «Олег Несветаев, коммерческий директор компании «Оплот»»."""
    title, company = person.title or "", person.organisation or ""
    if company and company not in title:
        quoted = company if "«" in company else f"«{company}»"
        title = f"{title} {quoted}" if title else quoted
    return one_line(f"{person.name}, {title}" if title else person.name)


def _who(document: Document, people: dict[str, Person]) -> Iterable[RenderableType]:
    """Who spoke and who reports, each with the number of theses."""
    spoke = Counter(thesis.speaker for thesis in document.theses if not _own_comment(thesis))
    reports = Counter(thesis.reporter for thesis in document.theses if thesis.reporter is not None)
    reviewers = [person.id for person in document.people if "reviewer" in person.roles]
    for title, found in (("Кто говорит", spoke), ("Кто рассказывает", reports)):
        if title == "Кто рассказывает":
            found.update({person: 0 for person in reviewers if person not in found})
        if not found:
            continue
        yield _heading(title)
        for person, count in found.most_common():
            name = _introduced(people[person]) if person is not None else NAMELESS
            line = f"{name} — {plural(count, wording.THESES)}" if count else name
            yield Padding(Text(line), (0, 0, 0, 2))


def _own_comment(thesis: Thesis) -> bool:
    """Whether it is a commenter's own claim, which is shown with the comment."""
    return thesis.comment is not None and thesis.mode == "own"


def _theses(document: Document, people: dict[str, Person]) -> Iterable[RenderableType]:
    """Each speaker's theses, grouped by the people through whom they came."""
    voices: dict[str | None, dict[tuple[str | None, ...], list[Thesis]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for thesis in document.theses:
        if not _own_comment(thesis):
            chain = tuple(link.person for link in thesis.attribution[1:])
            voices[thesis.speaker][chain].append(thesis)
    if voices:
        yield _heading("Тезисы")
    for speaker, chains in voices.items():
        yield Text("\n" + (_introduced(people[speaker]) if speaker is not None else NAMELESS), style="bold")
        for chain, theses in sorted(chains.items(), key=lambda item: bool(item[0])):  # own claims first
            if chain:
                yield Padding(Text(f"передаёт {_chain(chain, people)}", style="dim italic"), (0, 0, 0, 2))
            yield _rows(
                [
                    (thesis.line, _mark(thesis.stance, thesis.sentiment), one_line(thesis.text))
                    for thesis in theses
                ]
            )


def _chain(chain: Sequence[str | None], people: dict[str, Person]) -> str:
    """The relayers from the nearest to the speaker outwards."""
    return ", затем ".join(_called(person, people) for person in chain)


def _opinions(document: Document, people: dict[str, Person]) -> Iterable[RenderableType]:
    if not document.opinions:
        return
    yield _heading("Мнения")
    yield _rows(
        [
            (opinion.line, _mark(None, opinion.sentiment), _opinion(opinion, people))
            for opinion in document.opinions
        ]
    )


def _opinion(opinion: Opinion, people: dict[str, Person]) -> str:
    target = opinion.target
    about = _called(target.person, people) if target.person is not None else one_line(target.text)
    return f"{_called(opinion.holder, people)} — {about}: {one_line(opinion.text)}"


def _comments(document: Document, people: dict[str, Person]) -> Iterable[RenderableType]:
    if not document.comments:
        return
    yield _heading("Что пишут в комментариях")
    kinds: Counter[str] = Counter(comment.kind for comment in document.comments)
    stances = Counter(comment.stance.label for comment in document.comments)
    own: dict[str | None, list[Thesis]] = defaultdict(list)
    for thesis in document.theses:
        if _own_comment(thesis):
            own[thesis.comment].append(thesis)
    facts = [counts(*((kinds[kind], forms) for kind, forms in wording.KINDS.items()), separator=", ")]
    facts += [f"{stances[label]} {STANCES[label]}" for label in ("supportive", "skeptical") if stances[label]]
    yield Text(", ".join(facts), style="dim")
    yield _rows(
        [
            (
                comment.line,
                _mark(comment.stance, comment.sentiment),
                _comment(comment, own[comment.id], people),
            )
            for comment in document.comments
        ]
    )


def _comment(comment: Comment, theses: Sequence[Thesis], people: dict[str, Person]) -> str:
    """Author, date and text; of a long comment its theses, or its first sentences where it has none."""
    said = [_called(comment.author, people)]
    if comment.posted_at:
        said.append(one_line(comment.posted_at.text))
    if comment.kind in KINDS:
        said.append(KINDS[comment.kind])
    if len(comment.text) > COMMENT_LIMIT and theses:
        return f"{', '.join(said)}: … " + " … ".join(one_line(thesis.text) for thesis in theses)
    return f"{', '.join(said)}: {shorten(comment.text, COMMENT_LIMIT)}"


def _mark(stance: Stance | None, sentiment: Sentiment) -> Text:
    """«за +», «против −»."""
    words = [STANCES[stance.label] if stance else "", FEELINGS[sentiment.label]]
    mark = Text()
    for word in filter(None, words):
        mark.append(word, style=COLOURS[word]).append(" ")
    mark.rstrip()
    return mark


def _rows(rows: Sequence[tuple[int, Text, str]]) -> RenderableType:
    """Line number, mark and text in three columns; the last wraps between words."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", min_width=5, no_wrap=True, style="dim")
    table.add_column(min_width=8, no_wrap=True)
    table.add_column(overflow="fold")
    for line, mark, text in rows:
        table.add_row(str(line), mark, Text(text))
    return table


def _themes(report: Report) -> Iterable[RenderableType]:
    if not report.themes:
        return
    texts = {thesis.id: thesis.text for document in report.documents for thesis in document.theses}
    texts |= {comment.id: comment.text for document in report.documents for comment in document.comments}
    yield Text()
    yield Text("━━ Темы ━━", style="bold")
    for number, theme in enumerate(report.themes, 1):
        yield Text(f"\n{number}. {one_line(theme.label)}", style="bold")
        for line in _theme(theme, texts):
            yield Padding(Text(line), (0, 0, 0, 3))


def _theme(theme: Theme, texts: dict[str, str]) -> Iterable[str]:
    facts = [plural(theme.size, wording.VOICES)]
    if len(theme.documents) > 1:
        facts.append(plural(len(theme.documents), wording.DOCUMENTS))
    yield " · ".join(facts)
    for side, label, people in (
        ("за", theme.stance.supportive, theme.people.for_),
        ("против", theme.stance.skeptical, theme.people.against),
    ):
        if label:
            yield f"{side} ({label}): {_side(people, label)}"
    for member in theme.representative[:2]:
        yield f"«{shorten(texts[member], COMMENT_LIMIT // 2)}»"


def _side(people: Sequence[ThemePerson], total: int) -> str:
    """Names with the number of their words where more than one; namesakes of several documents as one."""
    named: Counter[str] = Counter()
    for person in people:
        named[one_line(person.name)] += person.count
    nameless = total - named.total()
    shown = [name if count == 1 else f"{name} ({count})" for name, count in named.most_common()]
    if nameless:
        shown.append(NAMELESS if nameless == 1 else f"{NAMELESS} ({nameless})")
    return ", ".join(shown)


def _failures(report: Report) -> Iterable[RenderableType]:
    if not report.failures:
        return
    yield Text()
    yield Text("━━ Не прочитано ━━", style="bold")
    for failure in report.failures:
        yield Padding(
            Text(f"{one_line(failure.source)}: {one_line(failure.reason)}", style="red"), (0, 0, 0, 2)
        )
