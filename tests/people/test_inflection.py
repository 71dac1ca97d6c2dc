"""Canonical names decline."""

from __future__ import annotations

from typing import cast

import pytest

from reviewnlp.annotations import Gender
from reviewnlp.people.inflection import CASES, inflect
from tests.people.helpers import table


@pytest.mark.parametrize(("name", "gender", "forms"), [(r[0], r[1], r[2:]) for r in table("inflection.tsv")])
def test_name_declines(name: str, gender: str, forms: tuple[str, ...]) -> None:
    assert tuple(inflect(name, cast(Gender, gender), case) for case in CASES[1:]) == forms


def test_unknown_gender_stays_in_the_nominative() -> None:
    assert inflect("Саша Вересова", None, "gen") == "Саша Вересова"
