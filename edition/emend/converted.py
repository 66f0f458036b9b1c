"""Convert the established texts to both scripts, always from the script of the transcription."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from edition.emend.established import Established
from edition.model.findings import CorpusError, Place
from edition.model.scripts import SCRIPTS, Script
from edition.model.texts import Work
from edition.rules.script import Converter, LengthChanged


def convert(
    texts: Mapping[str, Established], works: Iterable[Work], converter: Converter
) -> dict[Script, dict[str, str]]:
    """Return script → passage id → established text in that script.

    A work is converted as one string with a line for each passage: one call of the converter instead of hundreds.
    Raises CorpusError if the conversion would change a length, since all marks are offsets.
    """
    converted: dict[Script, dict[str, str]] = {script: {} for script in SCRIPTS}
    for work in works:
        own = {id_: text.text for id_, text in texts.items() if text.passage.work == work.slug}
        whole = "\n".join(own.values())
        for script in SCRIPTS:
            try:
                result = converter.hant(whole, work.script) if script == "hant" else converter.hans(whole, work.script)
            except LengthChanged as error:
                raise CorpusError(Place("corpus/script.yaml", 1), "LENGTH-CHANGED", str(error)) from None
            converted[script].update(zip(own, result.split("\n"), strict=True))
    return converted


def sources(texts: Mapping[str, Established], works: Iterable[Work]) -> Iterator[tuple[str, str, Script]]:
    """Yield id, established text and script of every passage, for the review of the conversion."""
    for work in works:
        for id_, text in texts.items():
            if text.passage.work == work.slug:
                yield id_, text.text, work.script
