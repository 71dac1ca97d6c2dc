"""Is the JSON stable, valid and readable again?"""

from __future__ import annotations

import json

import jsonschema
import pytest

from reviewnlp.report.model import Report, json_schema
from tests.report.samples import report

CONTRACT = {
    "document": "id source title format encoding language sha256 text blocks turns people quotations theses "
    "opinions comments warnings",
    "people": "id kind name aliases roles title organisation mentions",
    "quotations": "id kind content cue source speaker",
    "theses": "start end text line id speaker reporter attribution mode sentiment stance themes confidence "
    "evidence quotation comment",
    "opinions": "start end text line id holder target sentiment confidence comment",
    "comments": "start end text line id author posted_at reply_to kind sentiment stance themes",
    "blocks": "start end text line kind",
    "turns": "start end text line person",
}


def test_round_trip() -> None:
    made = report()
    assert Report.from_json(made.to_json()) == made
    assert Report.from_json(made.to_json().encode()).to_json() == made.to_json()


@pytest.mark.parametrize("text", [True, False])
def test_the_schema_accepts_the_report(text: bool) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(report(text=text).to_json()))


@pytest.mark.parametrize(
    ("part", "value"),
    [("documents", None), ("schema_version", "0.1"), ("extra", 1), ("failures", [{"source": 1}])],
)
def test_the_schema_refuses_what_is_no_report(part: str, value: object) -> None:
    broken = json.loads(report().to_json()) | {part: value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json_schema()).validate(broken)
    with pytest.raises(ValueError, match=r"not a reviewnlp report.*" + part):
        Report.from_json(json.dumps(broken))


def test_fields_and_their_order_are_those_of_the_contract() -> None:
    whole = json.loads(report().to_json())
    assert list(whole) == ["schema_version", "generator", "documents", "themes", "failures"]
    document = whole["documents"][0]
    assert list(document) == CONTRACT["document"].split()
    for part, fields in CONTRACT.items():
        if part != "document":
            assert list(document[part][0]) == fields.split()
    assert list(whole["themes"][0]) == [
        "id", "label", "keywords", "size", "documents", "stance", "people", "members", "representative"
    ]  # fmt: skip
    assert list(whole["themes"][0]["people"]) == ["for", "against"]


def test_russian_letters_stand_as_they_are() -> None:
    assert "обмен клиентами окупается" in report().to_json()


def test_jsonl_is_one_document_a_line_and_the_rest() -> None:
    made = report()
    *documents, rest = [json.loads(line) for line in made.to_jsonl().splitlines()]
    assert documents == json.loads(made.to_json())["documents"]
    assert list(rest) == ["themes", "failures", "generator"]
    assert rest["themes"][0]["people"]["for"]
