"""Files of known people: the formats, and one clear line for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewnlp.people.known import KnownPeopleError, read

FULL = [{"name": "Иван Громов", "aliases": ["Ваня", "ИГ"], "role": "speaker", "title": "декан"}]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.tsv", "name\trole\taliases\ttitle\nИван Громов\tspeaker\tВаня; ИГ\tдекан\n"),
        ("people.csv", "# заметка\nname,role,aliases,title\nИван Громов,speaker,Ваня;ИГ,декан\n"),
        (
            "people.json",
            '[{"name": "Иван Громов", "role": "speaker", "aliases": ["Ваня", "ИГ"], "title": "декан"}]',
        ),
        ("object.json", '{"Иван Громов": {"role": "speaker", "aliases": "Ваня;ИГ", "title": "декан"}}'),
        ("bom.tsv", "\ufeffname\trole\taliases\ttitle\nИван  Громов\tspeaker\tВаня;ИГ\tдекан\n"),
    ],
)
def test_formats(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert read(path) == FULL


def test_a_list_of_names_needs_only_a_header(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("name\nИван Громов\nИнна Гай\n", "utf-8")
    assert [person["name"] for person in read(path)] == ["Иван Громов", "Инна Гай"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Иван Громов\n", "no column 'name'"),
        ("name\trole\nИван Громов\tking\n", "no such role 'king'"),
        ("name\tнечто\nИван Громов\tx\n", "no such column: нечто"),
        ("name\trole\n\tspeaker\n", "person 1 has no name"),
        ("name,title\nИван,а,б\n", "more cells"),
        ("[1, 2]", "list of objects"),
        ("[{", "not valid JSON"),
        ("", "names nobody"),
        ("name\n", "names nobody"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "people.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(KnownPeopleError, match=reason) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(KnownPeopleError, match="cannot be read"):
        read(tmp_path / "absent.tsv")
    path = tmp_path / "old.tsv"
    path.write_bytes("name\nИван Громов\n".encode("cp1251"))
    with pytest.raises(KnownPeopleError, match="not UTF-8"):
        read(path)
