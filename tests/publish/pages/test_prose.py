"""The page of the apparatus: every entry once, with lemma and reading in their columns."""

from __future__ import annotations

from tests.publish.pages.conftest import Open, layer, words, works


def test_lemma_and_reading_are_not_exchanged(opened: Open) -> None:
    rows = opened("apparatus/").cssselect("table.app-table tbody tr")
    told = [
        entry
        for slug in works()
        for entry in layer(f"{slug}/apparatus")
        if entry.get("kind", "emendation") != "layout" and works()[slug]["script"] == "hant"
    ]
    shown = [row for row in rows if not words(row[0]).startswith("jinshi")]
    assert len(shown) == len(told)
    by_place: dict[str, list[tuple[str, str]]] = {}
    for row in shown:
        by_place.setdefault(words(row[0]), []).append((words(row[2]), words(row[3])))
    for entry in told:
        reading, lemma = entry.get("word", entry["quote"]), entry["lemma"]
        if not reading.strip() or not lemma.strip():
            continue
        applied = entry.get("kind", "emendation") == "emendation"
        expected = (" ".join(lemma.split()), " ".join(reading.split())) if applied else None
        found = by_place[entry["at"]]
        if applied:
            assert expected in found, (entry["at"], expected)
        else:
            assert any(first == " ".join(reading.split()) for first, _ in found), (entry["at"], reading)
