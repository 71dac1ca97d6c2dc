"""How does a statistician read the report? As pandas tables that join on ids.

Every table has the columns of `COLUMNS`, with the same types also where it has no rows: `string`
(missing values are `<NA>`), `Int64`, `Float64`. Lists are cells of text joined by `; `.
`document` is a document's id, `speaker`, `reporter`, `holder`, `author` and `person` are ids of
persons, each with the name beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from reviewnlp.report.model import Comment, Document, Report, Thesis

TEXT, WHOLE, NUMBER = "string", "Int64", "Float64"
SPAN = {"start": WHOLE, "end": WHOLE, "line": WHOLE, "text": TEXT}
SENTIMENT = {"sentiment": TEXT, "sentiment_score": NUMBER}
STANCE = {"stance": TEXT, "stance_score": NUMBER}

COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "document": TEXT, "source": TEXT, "title": TEXT, "format": TEXT, "encoding": TEXT, "language": TEXT,
        "sha256": TEXT, "text": TEXT, "theses": WHOLE, "opinions": WHOLE, "comments": WHOLE, "warnings": TEXT,
    },
    "people": {
        "document": TEXT, "person": TEXT, "kind": TEXT, "name": TEXT, "aliases": TEXT, "roles": TEXT,
        "title": TEXT, "organisation": TEXT, "mentions": WHOLE,
    },
    "mentions": {"document": TEXT, "person": TEXT, "name": TEXT, "kind": TEXT, **SPAN},
    "quotations": {
        "document": TEXT, "quotation": TEXT, "kind": TEXT, "speaker": TEXT, "speaker_name": TEXT, **SPAN,
        "cue": TEXT, "cue_start": WHOLE, "cue_end": WHOLE,
        "source": TEXT, "source_start": WHOLE, "source_end": WHOLE,
    },
    "theses": {
        "document": TEXT, "thesis": TEXT, "speaker": TEXT, "speaker_name": TEXT, "reporter": TEXT,
        "reporter_name": TEXT, "mode": TEXT, **SENTIMENT, **STANCE, "themes": TEXT, "confidence": NUMBER,
        "evidence": TEXT, "quotation": TEXT, "comment": TEXT, **SPAN,
    },
    "attributions": {
        "document": TEXT, "thesis": TEXT, "level": WHOLE, "person": TEXT, "name": TEXT,
        "source": TEXT, "cue": TEXT,
    },
    "opinions": {
        "document": TEXT, "opinion": TEXT, "holder": TEXT, "holder_name": TEXT, "target": TEXT,
        "target_person": TEXT, "target_name": TEXT, **SENTIMENT, "confidence": NUMBER,
        "comment": TEXT, **SPAN,
    },
    "comments": {
        "document": TEXT, "comment": TEXT, "author": TEXT, "author_name": TEXT, "posted_at": TEXT,
        "posted_at_iso": TEXT, "reply_to": TEXT, "kind": TEXT, **SENTIMENT, **STANCE, "themes": TEXT, **SPAN,
    },
    "themes": {
        "theme": TEXT, "label": TEXT, "keywords": TEXT, "size": WHOLE, "documents": TEXT,
        "supportive": WHOLE, "neutral": WHOLE, "skeptical": WHOLE,
    },
    "theme_members": {
        "theme": TEXT, "label": TEXT, "member": TEXT, "kind": TEXT, "document": TEXT, "person": TEXT,
        "name": TEXT, "stance": TEXT, "representative": WHOLE, "text": TEXT,
    },
    "failures": {"source": TEXT, "reason": TEXT},
}  # fmt: skip

Rows = dict[str, list[dict[str, Any]]]


def to_frames(report: Report) -> dict[str, pd.DataFrame]:
    """Tables of a report by name: the keys and columns of `COLUMNS`, rows in the report's order."""
    rows: Rows = {name: [] for name in COLUMNS}
    items: dict[str, dict[str, Any]] = {}
    for document in report.documents:
        names = {person.id: person.name for person in document.people}
        _document(document, rows)
        _people(document, rows)
        _quotations(document, names, rows)
        _theses(document, names, rows)
        _opinions(document, names, rows)
        _comments(document, names, rows)
        items |= _items(document, names)
    _themes(report, items, rows)
    rows["failures"] = [failure.model_dump() for failure in report.failures]
    return {name: _frame(rows[name], columns) for name, columns in COLUMNS.items()}


def _frame(rows: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in columns.items()}
    )


def _list(values: Iterable[str]) -> str:
    return "; ".join(values)


def _span(span: Any) -> dict[str, Any]:
    return {name: getattr(span, name) for name in SPAN}


def _feeling(item: Any) -> dict[str, Any]:
    """Cells of sentiment, and of stance where the item has one."""
    cells = {"sentiment": item.sentiment.label, "sentiment_score": item.sentiment.score}
    if hasattr(item, "stance"):
        cells |= {"stance": item.stance.label, "stance_score": item.stance.score}
    return cells


def _named(column: str, person: str | None, names: dict[str, str]) -> dict[str, Any]:
    """An id and, in the column beside it, the name."""
    return {column: person, f"{column}_name": names.get(person) if person else None}


def _document(document: Document, rows: Rows) -> None:
    plain = ("source", "title", "format", "encoding", "language", "sha256", "text")
    rows["documents"].append(
        {"document": document.id, **{name: getattr(document, name) for name in plain}}
        | {name: len(getattr(document, name)) for name in ("theses", "opinions", "comments")}
        | {"warnings": _list(document.warnings)}
    )


def _people(document: Document, rows: Rows) -> None:
    for person in document.people:
        rows["people"].append(
            {
                "document": document.id,
                "person": person.id,
                "kind": person.kind,
                "name": person.name,
                "aliases": _list(person.aliases),
                "roles": _list(person.roles),
                "title": person.title,
                "organisation": person.organisation,
                "mentions": len(person.mentions),
            }
        )
        for mention in person.mentions:
            ids = {"document": document.id, "person": person.id, "name": person.name, "kind": mention.kind}
            rows["mentions"].append(ids | _span(mention))


def _quotations(document: Document, names: dict[str, str], rows: Rows) -> None:
    for quotation in document.quotations:
        row: dict[str, Any] = {"document": document.id, "quotation": quotation.id, "kind": quotation.kind}
        row |= _named("speaker", quotation.speaker, names) | _span(quotation.content)
        for name, span in (("cue", quotation.cue), ("source", quotation.source)):
            if span is not None:
                row |= {name: span.text, f"{name}_start": span.start, f"{name}_end": span.end}
        rows["quotations"].append(row)


def _theses(document: Document, names: dict[str, str], rows: Rows) -> None:
    for thesis in document.theses:
        rows["theses"].append(
            {"document": document.id, "thesis": thesis.id, "mode": thesis.mode}
            | _named("speaker", thesis.speaker, names)
            | _named("reporter", thesis.reporter, names)
            | _feeling(thesis)
            | {"themes": _list(thesis.themes), "confidence": thesis.confidence}
            | {"evidence": _list(thesis.evidence), "quotation": thesis.quotation, "comment": thesis.comment}
            | _span(thesis)
        )
        for level, link in enumerate(thesis.attribution):
            rows["attributions"].append(
                {
                    "document": document.id,
                    "thesis": thesis.id,
                    "level": level,
                    "person": link.person,
                    "name": names.get(link.person) if link.person else None,
                    "source": link.source.text if link.source else None,
                    "cue": link.cue.text if link.cue else None,
                }
            )


def _opinions(document: Document, names: dict[str, str], rows: Rows) -> None:
    for opinion in document.opinions:
        target = opinion.target
        rows["opinions"].append(
            {"document": document.id, "opinion": opinion.id, "target": target.text}
            | _named("holder", opinion.holder, names)
            | {
                "target_person": target.person,
                "target_name": names.get(target.person) if target.person else None,
            }
            | _feeling(opinion)
            | {"confidence": opinion.confidence, "comment": opinion.comment}
            | _span(opinion)
        )


def _comments(document: Document, names: dict[str, str], rows: Rows) -> None:
    for comment in document.comments:
        posted = comment.posted_at
        rows["comments"].append(
            {"document": document.id, "comment": comment.id, "kind": comment.kind}
            | _named("author", comment.author, names)
            | {"posted_at": posted.text if posted else None, "posted_at_iso": posted.iso if posted else None}
            | {"reply_to": comment.reply_to, "themes": _list(comment.themes)}
            | _feeling(comment)
            | _span(comment)
        )


def _items(document: Document, names: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What a theme's member is, by id: its kind, document, person, stance and text."""
    found = {}
    voices: list[tuple[str, Thesis | Comment, str | None]] = [
        *(("thesis", thesis, thesis.speaker) for thesis in document.theses),
        *(("comment", comment, comment.author) for comment in document.comments),
    ]
    for kind, item, person in voices:
        found[item.id] = {
            "kind": kind,
            "document": document.id,
            "person": person,
            "name": names.get(person) if person else None,
            "stance": item.stance.label,
            "text": item.text,
        }
    return found


def _themes(report: Report, items: dict[str, dict[str, Any]], rows: Rows) -> None:
    for theme in report.themes:
        rows["themes"].append(
            {"theme": theme.id, "label": theme.label, "keywords": _list(theme.keywords), "size": theme.size}
            | {"documents": _list(theme.documents)}
            | theme.stance.model_dump()
        )
        chosen = set(theme.representative)
        for member in theme.members:
            row = {"theme": theme.id, "label": theme.label, "member": member}
            rows["theme_members"].append(row | items[member] | {"representative": int(member in chosen)})
