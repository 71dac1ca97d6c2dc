"""From drafts to records: the range of a comment, its author as written, its date, what it answers."""

from __future__ import annotations

from collections.abc import Sequence

from reviewnlp.annotations import Comment, Range
from reviewnlp.layout.drafts import Draft
from reviewnlp.layout.headers import author_as_written
from reviewnlp.layout.replies import Earlier


def finished(text: str, drafts: Sequence[Draft]) -> list[Comment]:
    """Comment records of the drafts that have a body, in text order."""
    comments: list[Comment] = []
    earlier = Earlier()
    for draft in drafts:
        if not draft.paragraphs:
            continue
        header = draft.head.header if draft.head else None
        author = author_as_written(header.author or "") if header else ""
        start, end = draft.paragraphs[0].start, draft.paragraphs[-1].end
        body = text[start:end]
        comments.append(
            Comment(
                start,
                end,
                header=Range(*draft.header) if draft.header else None,
                author_name=author,
                posted_at=header.posted_at if header else None,
                reply_to=earlier.answered(draft.quotes, body),
            )
        )
        earlier.add(author, body)
    return comments
