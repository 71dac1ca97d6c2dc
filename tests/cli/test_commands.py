"""The other commands, and what all commands share."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

import reviewnlp
from reviewnlp.cli import output, progress
from reviewnlp.report.model import json_schema
from tests.cli.shell import COMMAND, environment, run


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"reviewnlp, version {reviewnlp.__version__}\n")


@pytest.mark.parametrize(
    "command", [[], ["analyze"], ["schema"], ["evaluate"], ["evaluate", "gold"], ["evaluate", "treebank"],
                ["evaluate", "quotations"], ["train"]]
)  # fmt: skip
def test_help_tells_how(command: list[str]) -> None:
    done = run(*command, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("Usage: reviewnlp")


def test_unknown_commands_are_refused() -> None:
    done = run("analyse")
    assert done.returncode == 2
    assert "No such command" in done.stderr.decode()


def test_help_loads_no_models() -> None:
    code = (
        "import sys; from reviewnlp.cli import main; main(['analyze', '--help']);"
        "sys.exit(any(name in sys.modules for name in ('spacy', 'numpy', 'pandas', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_schema(tmp_path: Path) -> None:
    done = run("schema")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == json_schema()
    target = tmp_path / "schema.json"
    assert run("schema", "-o", target).returncode == 0
    assert target.read_bytes() == done.stdout
    assert run("schema", "-o", tmp_path / "absent" / "schema.json").returncode == 2


def test_a_reader_may_leave_early() -> None:
    process = subprocess.Popen(
        [*COMMAND, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.parametrize("command", ["gold", "treebank", "quotations"])
def test_evaluate_needs_what_is_there(command: str, tmp_path: Path) -> None:
    done = run("evaluate", command, tmp_path / "absent")
    assert done.returncode == 2
    assert "does not exist" in done.stderr.decode()


@pytest.mark.parametrize("command", [("evaluate", "gold"), ("train", "-o", "models")])
def test_a_folder_without_gold_is_named(command: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*command, tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert tmp_path.name in done.stderr.decode() and "Traceback" not in done.stderr.decode()


def test_files_are_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    output.write("new", target)
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(click.ClickException, match="No space left"):
        output.write("newer", target)
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_links_and_devices_stay_what_they_are(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    output.write("new", link)
    assert link.is_symlink() and real.read_text() == "new"
    output.write("gone", Path("/dev/null"))
    assert Path("/dev/null").is_char_device()


def test_progress_shows_only_on_a_terminal_and_after_a_while(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter([0.0, 1.0, 10.0, 10.0, 10.1, 20.0, 20.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.Progress() as bar:
        for name in ("first.txt", "second.txt", "third.txt", "fourth\x1b.txt"):
            bar(name)
    assert capsys.readouterr().err == (
        "\r\x1b[Kdocument 2: second.txt\r\x1b[Kdocument 4: fourth?.txt\r\x1b[K"
    )
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    monkeypatch.setattr("time.monotonic", lambda: 0.0)
    quiet = progress.Progress()
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    quiet("first.txt")
    assert capsys.readouterr().err == ""


def test_evaluate_quotations(tmp_path: Path) -> None:
    table = tmp_path / "sentences.txt"
    table.write_text("# made up\n[s Рудин] [c считает], [q что обмен окупается].\nШёл дождь.\n", "utf-8")
    done = run("evaluate", "quotations", table)
    assert (done.returncode, done.stderr) == (0, b"")
    for role in ("content", "cue", "source"):
        assert role in done.stdout.decode()
    table.write_text("[q без конца", "utf-8")
    done = run("evaluate", "quotations", table)
    assert done.returncode == 2 and "bracket" in done.stderr.decode()


def test_evaluate_treebank(tmp_path: Path) -> None:
    bank = tmp_path / "bank.conllu"
    rows = [
        "1 Шёл идти VERB _ _ 0 root _ _",
        "2 дождь дождь NOUN _ _ 1 nsubj _ SpaceAfter=No",
        "3 . . PUNCT _ _ 1 punct _ _",
    ]
    bank.write_text(
        "# text = Шёл дождь.\n" + "\n".join(row.replace(" ", "\t") for row in rows) + "\n\n", "utf-8"
    )
    done = run("evaluate", "treebank", bank)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "lemma" in done.stdout.decode() and "1.000" in done.stdout.decode()
    bank.write_text("1\tШёл\n", "utf-8")
    done = run("evaluate", "treebank", bank)
    assert done.returncode == 2 and "Traceback" not in done.stderr.decode()
