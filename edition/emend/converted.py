"""Convert the established texts to both scripts, always from the script of the transcription."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from edition.emend.established import Established
from edition.model.findings import CorpusError, Place
from edition.model.scripts import SCRIPTS, Script
from edition.model.texts import Work
from edition.rules.script import Converter, Labelled, LengthChanged


def convert(
    texts: Mapping[str, Established], works: Iterable[Work], converter: Converter, rules: Path
) -> dict[Script, dict[str, str]]:
    """Script → passage id → established text in that script. ``rules`` is the path of script.yaml, for errors.

    A work is converted in one call, one line per passage.
    Raises CorpusError if the conversion would change the length of a text, since all layers refer to offsets.
    """
    converted: dict[Script, dict[str, str]] = {script: {} for script in SCRIPTS}
    for work in works:
        own = {id_: text.text for id_, text in texts.items() if text.passage.work == work.slug}
        whole = "\n".join(own.values())
        for script in SCRIPTS:
            try:
                result = converter.hant(whole, work.script) if script == "hant" else converter.hans(whole, work.script)
            except LengthChanged as error:
                raise CorpusError(Place(rules.as_posix(), 1), "LENGTH-CHANGED", str(error)) from None
            converted[script].update(zip(own, result.split("\n"), strict=True))
    return converted


def sources(texts: Mapping[str, Established], works: Iterable[Work]) -> Iterator[Labelled]:
    """The established text of every passage, for the review of the conversion."""
    for work in works:
        for id_, text in texts.items():
            if text.passage.work == work.slug:
                yield Labelled(id_, text.text, work.script)
