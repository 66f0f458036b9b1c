"""Pages as a program reads them, and the corpus as PyYAML reads it: without the code of the edition."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from edition.paths import CORPUS

Open = Callable[[str], html.HtmlElement]


@pytest.fixture(scope="session")
def opened(site: Path) -> Open:
    """Open a page by its path: the parsed document."""

    @cache
    def page(path: str) -> html.HtmlElement:
        return html.fromstring((site / path / "index.html").read_bytes())

    return page


@cache
def layer(name: str) -> list[dict[str, Any]]:
    """A layer of the corpus: ``events``, ``jinshi/notes``."""
    found: list[dict[str, Any]] = yaml.safe_load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


@cache
def works() -> dict[str, dict[str, Any]]:
    """The work.yaml of every work, in the order of the columns."""
    slugs = yaml.safe_load((CORPUS / "edition.yaml").read_text(encoding="utf-8"))["works"]
    return {slug: yaml.safe_load((CORPUS / slug / "work.yaml").read_text(encoding="utf-8")) for slug in slugs}


def in_hant(pair: str | dict[str, str]) -> str:
    """A phrase of the corpus in Traditional characters."""
    return pair if isinstance(pair, str) else pair["hant"]


def words(element: html.HtmlElement) -> str:
    """The text of an element, with white space as a reader sees it."""
    return " ".join(element.text_content().split())


def years_table() -> list[dict[str, str]]:
    """The rows of the concordance of years."""
    lines = (CORPUS / "calendar" / "years.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t"))
