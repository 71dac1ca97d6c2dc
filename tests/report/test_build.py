"""Do Docs become the report that the contract describes?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from reviewnlp.report.dates import iso_date
from reviewnlp.report.lines import LineIndex
from reviewnlp.report.model import Report
from tests.report.samples import REVIEW, report


@pytest.fixture(scope="module")
def made() -> Report:
    return report()


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span of a report's JSON, however deep."""
    if isinstance(value, dict):
        if {"start", "end", "text", "line"} <= set(value):
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_ids_name_their_document(made: Report) -> None:
    first, second = made.documents
    assert (first.id, second.id) == ("d1", "d2")
    assert [person.id for person in first.people] == ["d1.p1", "d1.p2", "d1.p3"]
    assert [thesis.id for thesis in first.theses] == ["d1.t1", "d1.t2"]
    assert (first.quotations[0].id, first.opinions[0].id, first.comments[1].id) == ("d1.q1", "d1.o1", "d1.c2")


def test_spans_point_at_the_text(made: Report) -> None:
    found = list(spans(json.loads(made.to_json())["documents"][0]))
    assert len(found) > 15
    for span in found:
        assert REVIEW[span["start"] : span["end"]] == span["text"]
        assert span["line"] == REVIEW.count("\n", 0, span["start"]) + 1


def test_attribution_goes_from_the_speaker_outwards(made: Report) -> None:
    thesis, own = made.documents[0].theses
    assert [link.person for link in thesis.attribution] == ["d1.p2", "d1.p1"]
    assert (thesis.speaker, thesis.reporter) == ("d1.p2", "d1.p1")
    assert thesis.attribution[0].cue is not None and thesis.attribution[0].cue.text == "считает"
    assert thesis.quotation == "d1.q1"
    assert (own.speaker, own.reporter, own.comment) == ("d1.p3", None, "d1.c1")


def test_comments_say_when_and_what_they_answer(made: Report) -> None:
    first, second = made.documents[0].comments
    assert first.posted_at is not None and first.posted_at.iso == "2016-05-14T10:22"
    assert (second.posted_at, second.author, second.reply_to) == (None, None, "d1.c1")


def test_themes_count_anonymous_voices_and_name_the_others(made: Report) -> None:
    theme = made.themes[0]
    assert (theme.id, theme.size, theme.documents) == ("th1", 3, ["d1"])
    assert theme.stance.model_dump() == {"supportive": 1, "neutral": 1, "skeptical": 1}
    assert [(person.name, person.count) for person in theme.people.for_] == [("Павел Рудин", 1)]
    assert [person.person for person in theme.people.against] == ["d1.p3"]
    assert theme.members == ["d1.t1", "d1.t2", "d1.c2"]
    assert theme.representative == ["d1.t1"]
    assert made.documents[0].theses[0].themes == ["th1"]
    assert made.documents[0].comments[0].themes == []


def test_floats_are_rounded(made: Report) -> None:
    assert made.documents[0].theses[0].confidence == 0.8765
    assert '"score": -0.0' not in made.to_json()


def test_text_can_be_left_out() -> None:
    bare = json.loads(report(text=False).to_json())
    assert "text" not in bare["documents"][0]
    assert bare["documents"][0]["theses"][0]["text"] == "обмен клиентами окупается"


LINES = [("а\nб\nв", [1, 1, 2, 2, 3]), ("а\r\nб", [1, 1, 1, 2]), ("а\rб", [1, 1, 2]), ("\n\nа", [1, 2, 3])]


@pytest.mark.parametrize(("text", "numbers"), LINES)
def test_lines_count_as_an_editor_counts(text: str, numbers: list[int]) -> None:
    index = LineIndex(text)
    assert [index.line(offset) for offset in range(len(text))] == numbers


DATES = """
14.05.2016 в 10:22 | 2016-05-14T10:22
14.05.16, 9:05 | 2016-05-14T09:05
10:22 14.05.2016 | 2016-05-14T10:22
18 сентября 2023 | 2023-09-18
18 сентября 2023 г. в 7:00 | 2023-09-18T07:00
5 фев. 2020, 10:01 | 2020-02-05T10:01
1 мая 2019 | 2019-05-01
3-го июня 2020 | 2020-06-03
May 14, 2016 10:22 pm | 2016-05-14T22:22
14 May 2016, 12:05 AM | 2016-05-14T00:05
14/05/2016 | 2016-05-14
2016-05-14 10:22:33 | 2016-05-14T10:22:33
2016-05-14T10:22:33Z | 2016-05-14T10:22:33Z
2023-09-18T10:00:00+03:00 | 2023-09-18T10:00:00+03:00
вчера |
сегодня, 12:03 |
12:03 |
14 мая |
32.01.2020 |
14 марсиан 2016 |
14.05.2016 в 25:70 |
"""


@pytest.mark.parametrize("line", DATES.strip().splitlines())
def test_dates(line: str) -> None:
    written, expected = (part.strip() for part in line.split("|"))
    assert iso_date(written) == (expected or None)
