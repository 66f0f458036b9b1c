"""English records: an engine makes of them the citation that the page has."""

from __future__ import annotations

import json

import pytest
import rispy
from pybtex.database import parse_string

from edition.publish.cite import things
from edition.publish.cite.patterns import Citation, Citing
from edition.publish.site import Site
from tests.publish.cite import engines
from tests.publish.downloads.conftest import URL, Built, real

__all__ = ["real"]  # a fixture


@pytest.mark.parametrize("style", ["chicago", "apa"])
def test_an_engine_writes_what_the_page_says(real: Built, style: str) -> None:
    citing = Citing(Site.of(real.edition, URL).trees["hant"].viewer, URL)
    records = json.loads(real.files["data/citations.en.csl.json"])
    assert len(records) == len(real.edition.passages)
    for id_, record in list(zip(real.edition.passages, records, strict=True))[::9]:
        written = engines.american(engines.styled(style, record))
        parts = citing.parts(things.of_passage(citing.viewer, id_), style)
        shown = Citation(style, tuple(p for p in parts if p.role != "i")).text
        for part in parts:
            if part.role == "i":
                written = written.replace(f"<i>{part.text}</i>", "")
        assert engines.reached(written) == shown


def test_every_format_has_the_same_english_fields(real: Built) -> None:
    csl = json.loads(real.files["data/citations.en.csl.json"])
    ris = rispy.loads(real.files["data/citations.en.ris"].decode())
    bibtex = parse_string(real.files["data/citations.en.bib"].decode(), "bibtex").entries
    assert [entry["title"] for entry in csl] == [entry["title"] for entry in ris]
    assert [entry["id"] for entry in csl] == list(bibtex) == list(real.edition.passages)
    for entry, other in zip(csl, ris, strict=True):
        assert entry["container-title"] == other["secondary_title"] == bibtex[entry["id"]].fields["booktitle"]
        assert entry["container-title"].startswith(real.edition.corpus.about.subtitle)
        assert entry["URL"] == other["urls"][0] == bibtex[entry["id"]].fields["url"]
        assert "juan" in entry["title"]
