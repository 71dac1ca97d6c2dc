"""`reviewnlp analyze` in real processes, with files and pipes: every option, every exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import jsonschema
import pytest

from reviewnlp.report.model import json_schema
from tests.cli.shell import COMMAND, REVIEW, analyze, environment, run


@pytest.fixture
def review(tmp_path: Path) -> Path:
    path = tmp_path / "review.txt"
    path.write_text(REVIEW, encoding="utf-8")
    return path


def test_a_digest_goes_to_standard_output(review: Path) -> None:
    done = run("analyze", "review.txt", cwd=review.parent)
    assert (done.returncode, done.stderr) == (0, b"")
    digest = done.stdout.decode()
    assert "━━ review.txt ━━" in digest
    assert "Павел Рудин" in digest and "grom_7, 14.05.2016 в 10:22: Не верю" in digest
    assert "\x1b" not in digest


def test_json_is_valid_and_its_spans_point_at_the_text(review: Path) -> None:
    report = analyze(review)
    jsonschema.Draft202012Validator(json_schema()).validate(report)
    (document,) = report["documents"]
    assert document["source"] == review.as_posix()
    assert document["text"] == REVIEW
    assert [comment["text"] for comment in document["comments"]][1] == "grom_7, а вы сами пробовали?"
    for item in (*document["theses"], *document["opinions"], *document["comments"], *document["blocks"]):
        assert REVIEW[item["start"] : item["end"]] == item["text"]


def test_the_same_input_gives_the_same_bytes_through_a_file_and_a_pipe(review: Path) -> None:
    target = review.with_name("report.json")
    done = run("analyze", "review.txt", "-o", target, cwd=review.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    piped = run("analyze", "-", "--format", "json", stdin=REVIEW.encode())
    expected = target.read_bytes().replace(b'"source": "review.txt"', b'"source": "-"', 1)
    assert piped.stdout == expected


def test_jsonl_is_a_document_a_line_and_then_the_rest(review: Path) -> None:
    other = review.with_name("other.txt")
    other.write_text("Мы обсуждали новую библиотеку. Директор Анна Лисина считает, что она нужна городу.")
    target = review.with_name("report.jsonl")
    assert run("analyze", review.parent, "-o", target).returncode == 0
    first, second, rest = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [Path(first["source"]).name, Path(second["source"]).name] == ["other.txt", "review.txt"]
    assert list(rest) == ["themes", "failures", "generator"]


def test_what_fails_is_named_and_the_rest_is_analysed(review: Path) -> None:
    (review.parent / "empty.txt").touch()
    target = review.with_name("report.json")
    done = run("analyze", "review.txt", "empty.txt", "absent.txt", "-o", target, cwd=review.parent)
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["reviewnlp", "empty.txt"], ["reviewnlp", "absent.txt"]
    ]  # fmt: skip
    report = json.loads(target.read_text("utf-8"))
    assert [failure["source"] for failure in report["failures"]] == ["empty.txt", "absent.txt"]
    assert [document["source"] for document in report["documents"]] == ["review.txt"]


def test_a_folder_without_files_fails(tmp_path: Path) -> None:
    done = run("analyze", tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "Не прочитано" in done.stdout.decode()


MISUSED = {
    "no path": [],
    "an unknown option": ["review.txt", "--colour"],
    "an unknown format": ["review.txt", "--format", "xml"],
    "a suffix without meaning": ["review.txt", "-o", "report.xyz"],
    "a folder that is not there": ["review.txt", "-o", "absent/report.json"],
    "a folder as a target": ["review.txt", "-o", "."],
    "an unknown kind": ["review.txt", "--as", "novel"],
    "no such people": ["review.txt", "--people", "absent.tsv"],
    "no such models": ["review.txt", "--models", "absent"],
    "models of another encoder": ["review.txt", "--encoder", "navec"],
    "people without a name": ["review.txt", "--people", "review.txt"],
    "no such pipeline": ["review.txt", "--model", "ru_no_such_model"],
}


@pytest.mark.parametrize("arguments", MISUSED.values(), ids=list(MISUSED))
def test_wrong_use_has_status_two_and_leaves_nothing_behind(review: Path, arguments: list[str]) -> None:
    done = run("analyze", *arguments, cwd=review.parent)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "Error: " in done.stderr.decode() and "Traceback" not in done.stderr.decode()
    assert [path.name for path in review.parent.iterdir()] == ["review.txt"]


def test_text_can_be_left_out(review: Path) -> None:
    (document,) = analyze(review, "--no-text")["documents"]
    assert "text" not in document
    assert document["comments"][1]["text"] == "grom_7, а вы сами пробовали?"


def test_commenters_become_pseudonyms_everywhere(review: Path) -> None:
    report = analyze(review, "--pseudonymise")
    whole = json.dumps(report, ensure_ascii=False)
    assert "grom_7" not in whole and "Инга" not in whole
    assert "Павел Рудин" in whole
    (document,) = report["documents"]
    names = {person["id"]: person["name"] for person in document["people"]}
    assert [names[c["author"]] for c in document["comments"]] == ["Комментатор1", "Комментатор2"]
    assert document["comments"][1]["text"] == "Комментатор1, а вы сами пробовали?"
    for item in (*document["theses"], *document["comments"]):
        assert document["text"][item["start"] : item["end"]] == item["text"]


def test_the_user_can_say_what_the_input_is(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("Скидки вредят делу.\n\nА я не согласен, скидки нужны всем.\n", "utf-8")
    assert len(analyze(path, "--as", "comments")["documents"][0]["comments"]) == 2
    assert analyze(path, "--as", "review")["documents"][0]["comments"] == []


def test_records_have_columns(tmp_path: Path) -> None:
    path = tmp_path / "forum.csv"
    path.write_text(
        "nr,who,when,what,topic,head\n"
        "1,grom_7,14.05.2016 10:22,Не верю я в ваши обмены клиентами.,обмен,О встрече\n"
        "2,Инга К.,15.05.2016 09:00,А мне доклад Рудина понравился.,обмен,О встрече\n"
        "3,zver,16.05.2016,Скидки только вредят делу и магазинам.,скидки,О скидках\n",
        "utf-8",
    )
    columns = {
        "id": "nr",
        "author": "who",
        "date": "when",
        "text": "what",
        "thread": "topic",
        "title": "head",
    }
    given = [argument for name, column in columns.items() for argument in (f"--{name}-column", column)]
    report = analyze(path, "--as", "comments", *given)
    first, second = report["documents"]
    assert first["source"] == f"{path.as_posix()}#обмен"
    assert first["text"] == "Не верю я в ваши обмены клиентами.\n\nА мне доклад Рудина понравился."
    assert [person["name"] for person in first["people"] if "commenter" in person["roles"]] == [
        "grom_7", "Инга К."
    ]  # fmt: skip
    assert first["comments"][0]["posted_at"] == {"text": "14.05.2016 10:22", "iso": "2016-05-14T10:22"}
    assert first["title"] == "О встрече"
    assert len(second["comments"]) == 1
    done = run("analyze", path, "--text-column", "absent")
    assert done.returncode == 1 and "absent" in done.stderr.decode()


def test_known_people_win(review: Path) -> None:
    people = review.with_name("people.tsv")
    people.write_text("name\trole\ttitle\nПавел Андреевич Рудин\tspeaker\tпредседатель\n", "utf-8")
    (document,) = analyze(review, "--people", people)["documents"]
    (person,) = [person for person in document["people"] if "Рудин" in person["name"]]
    assert (person["name"], person["title"]) == ("Павел Андреевич Рудин", "председатель")
    assert {document["text"][m["start"] : m["end"]] for m in person["mentions"]} >= {"Павел Рудин", "Рудина"}


def test_other_languages_need_force(tmp_path: Path) -> None:
    path = tmp_path / "english.txt"
    path.write_text("The meeting was long and the speaker read his slides to us all evening.")
    done = run("analyze", path)
    assert done.returncode == 1 and "not Russian" in done.stderr.decode()
    assert analyze(path, "--force")["documents"][0]["language"] == "en"


def opened_for_reading(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """Descriptor for writing into the pipe, once the process reads it."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.05)
    pytest.fail(f"the command ended early with status {process.returncode}")


def test_ctrl_c_ends_with_130_and_keeps_the_old_file(review: Path) -> None:
    pipe, target = review.with_name("pipe"), review.with_name("report.json")
    target.write_text("old")
    os.mkfifo(pipe)
    command = [*COMMAND, "analyze", str(pipe), "-o", str(target)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job of nohup ignores it
    )
    writer = opened_for_reading(pipe, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    os.close(writer)
    assert process.returncode == 130
    assert errors.decode().strip() == "interrupted"
    assert target.read_text() == "old"
    assert sorted(path.name for path in review.parent.iterdir()) == ["pipe", "report.json", "review.txt"]
