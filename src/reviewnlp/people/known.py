"""Which people does the user know beforehand? Reads the file of `--people FILE`.

The file is a table (TSV or CSV with a header line) or JSON (a list of objects, or an object of
name → object). Columns or keys: `name` (required), `role`, `aliases` (a list, or text separated by
semicolons), `title`, `organisation`. Unknown columns are an error: a mistyped one would get lost.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, get_args

from reviewnlp.annotations import Role

FIELDS = ("name", "role", "aliases", "title", "organisation")


class KnownPeopleError(ValueError):
    """The file of known people cannot be used; the message names the file, the reason and what to do."""


def read(path: Path) -> list[dict[str, Any]]:
    """Known people of a file, in its order, for the setting `known` of `reviewnlp_people`.

    Raises KnownPeopleError.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise KnownPeopleError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise KnownPeopleError(f"{path}: not UTF-8 text; save it as UTF-8 TSV, CSV or JSON") from error
    records = _from_json(path, text) if text.lstrip()[:1] in ("[", "{") else _from_table(path, text)
    if not records:
        raise KnownPeopleError(f"{path}: names nobody; give a header line with 'name' and a line per person")
    return [_checked(path, i, record) for i, record in enumerate(records, start=1)]


def _from_json(path: Path, text: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise KnownPeopleError(f"{path}:{error.lineno}: not valid JSON ({error.msg})") from error
    if isinstance(data, dict):
        data = [
            {"name": name, **value} if isinstance(value, dict) else {"name": name}
            for name, value in data.items()
        ]
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise KnownPeopleError(f"{path}: expected a JSON list of objects with the key 'name'")
    return data


def _from_table(path: Path, text: str) -> list[dict[str, Any]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    delimiter = next((mark for mark in ("\t", ";", ",") if mark in lines[0]), "\t")
    reader = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    if "name" not in (reader.fieldnames or ()):
        raise KnownPeopleError(
            f"{path}: no column 'name'; the first line must name the columns: {', '.join(FIELDS)}"
        )
    records = []
    for number, row in enumerate(reader, start=2):
        if None in row:
            raise KnownPeopleError(
                f"{path}: line {number} has more cells than the header; quote or remove them"
            )
        records.append({key: value for key, value in row.items() if value})
    return records


def _checked(path: Path, number: int, record: dict[str, Any]) -> dict[str, Any]:
    """The record with clean values."""
    unknown = sorted(set(record) - set(FIELDS))
    if unknown:
        raise KnownPeopleError(
            f"{path}: no such column: {', '.join(unknown)}; columns are {', '.join(FIELDS)}"
        )
    name = " ".join(str(record.get("name") or "").split())
    if not name:
        raise KnownPeopleError(f"{path}: person {number} has no name; fill in the column 'name'")
    aliases = record.get("aliases") or []
    if isinstance(aliases, str):
        aliases = aliases.split(";")
    clean: dict[str, Any] = {
        "name": name,
        "aliases": [a for a in (" ".join(str(a).split()) for a in aliases) if a],
    }
    role = record.get("role")
    if role and role not in get_args(Role):
        raise KnownPeopleError(
            f"{path}: {name}: no such role '{role}'; roles are {', '.join(get_args(Role))}"
        )
    clean |= {key: str(record[key]).strip() for key in ("role", "title", "organisation") if record.get(key)}
    return clean
