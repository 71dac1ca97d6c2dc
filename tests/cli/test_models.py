"""From gold to models, to a report, to figures: `train`, `analyze --models`, `evaluate gold`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.shell import REVIEW, run

CORPORA = Path(__file__).parents[2] / "corpora"
NAVEC = ("--encoder", "navec")
LEARNT = {"brand_club": ["may_meeting_reviews", "retelling_blog"], "hr_club": [], "gamedev_nights": []}
MOST = 2  # documents of a collection, so that the test stays short


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A few gold documents of three collections."""
    folders = []
    for name, chosen in LEARNT.items():
        folder = tmp_path_factory.mktemp("gold") / name
        folder.mkdir()
        files = sorted((CORPORA / name / "gold").glob("*.gold.txt"))
        files = [file for file in files if not chosen or file.name.split(".")[0] in chosen][:MOST]
        for file in files:
            shutil.copy(file, folder)
        folders.append(folder)
    return folders


@pytest.fixture(scope="module")
def models(collections: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    done = run("train", *collections, "-o", folder, *NAVEC)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    return folder


def test_models_made_by_train_analyse(models: Path, tmp_path: Path) -> None:
    review, target = tmp_path / "review.txt", tmp_path / "report.json"
    review.write_text(REVIEW, "utf-8")
    done = run("analyze", review, "--models", models, *NAVEC, "-o", target)
    assert (done.returncode, done.stderr) == (0, b"")
    used = {model["name"] for model in json.loads(target.read_text("utf-8"))["generator"]["models"]}
    assert {path.stem for path in models.iterdir()} <= used
    assert "navec_news_v1_1B_250K_300d_100q" in used and "e5-small-q4" not in used
    assert run("analyze", review, "--models", models).returncode == 2  # e5 is not what they know


def test_evaluate_gold_leaves_each_collection_out(collections: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    done = run("evaluate", "gold", *collections, "--folds", "--report", target, *NAVEC)
    assert done.returncode == 0, done.stderr.decode()
    figures = done.stdout.decode()
    assert "in-sample" not in figures
    assert {"thesis", "opinion", "comment", "themes"} <= {line.split(" ")[0] for line in figures.splitlines()}
    sources = [document["source"] for document in json.loads(target.read_text("utf-8"))["documents"]]
    assert len(sources) == len(set(sources)) == sum(len(list(folder.iterdir())) for folder in collections)


def test_evaluate_gold_says_that_figures_are_in_sample(tmp_path: Path) -> None:
    folder = tmp_path / "brand_club"
    folder.mkdir()
    shutil.copy(CORPORA / "brand_club" / "gold" / "feedback_forms.gold.txt", folder)
    done = run("evaluate", "gold", folder)
    assert done.returncode == 0, done.stderr.decode()
    assert "in-sample" in done.stdout.decode()
