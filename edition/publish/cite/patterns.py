"""How a passage, a sentence, a range, a year or an event is cited: in the styles of journals and for programs.

Everything is a chapter of this edition, with the work's author (`edition.publish.cite.things`); there is no page and no
publisher, and none is made up. The patterns are ``templates/data/citations.yaml``, made by the libraries of the
field (`tests/publish/cite/engines.py`); this module fills them in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from edition.paths import TEMPLATES
from edition.publish.cite.things import Citable, of_passage
from edition.publish.views.viewer import Viewer
from edition.read.yaml_values import plain, read_yaml

PATTERNS = TEMPLATES / "data" / "citations.yaml"
#: Every format, in the order in which a page offers them; the words that name them are in strings.yaml.
FORMATS = ("footnote", "gbt", "chicago", "mla", "apa", "wikipedia_zh", "wikipedia_en", "bibtex", "ris", "csl")
ENGLISH = ("chicago", "mla", "apa", "wikipedia_en")
#: Formats for programs, which are shown line by line.
CODE = ("wikipedia_zh", "wikipedia_en", "bibtex", "ris", "csl")
#: What is filled in last, so that a page can put another sentence, its own address and the reader's date in its place.
LATE = ("id", "key", "url")
OWN = ("title", "author")
FIELDS = ("author", "title", "book", "edition", "Edition", "url", "language", "year", "accessed", "key", "id")
FIELD = re.compile(rf"\{{({'|'.join(FIELDS)})\}}")
#: For Chinese styles and for English ones: whether there is an author, and whether the name ends in a full stop.
Shape = tuple[tuple[bool, bool], ...]
PART = re.compile(r"⟦(?P<optional>.*?)⟧|<i>(?P<italic>.*?)</i>|(?P<plain>(?:(?!⟦|<i>).)+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a citation."""

    text: str
    role: str = ""
    """id, key, url; accessed: stands only once the reader's date is known; i: italics."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, in one format."""

    format: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The citation without the reader's date."""
        return "".join(part.text for part in self.parts if part.role != "accessed")

    @property
    def code(self) -> bool:
        """Whether it is for programs."""
        return self.format in CODE


class Citing:
    """Writes citations in the words of one tree; without ``site_url`` addresses begin at the root of the host."""

    def __init__(self, viewer: Viewer, site_url: str = "") -> None:
        about, t = viewer.edition.corpus.about, viewer.t
        self.viewer, self._passages = viewer, dict[str, Citable]()
        title = about.title[viewer.script]
        self._url = site_url or "/"
        self._patterns = _patterns(t)
        self._about, self.released = about, about.released
        self._year = about.released[:4]
        shared = {"year": self._year, "language": "zh-Hant" if viewer.script == "hant" else "zh-Hans"}
        self._chinese = shared | {"book": title, "edition": t["cite_release"].format(release=about.release)}
        english = " ".join(filter(None, (about.subtitle, title)))
        self._english = shared | {"book": english, "edition": f"release {about.release}"}

    def passage(self, id_: str) -> Citable:
        """A passage, each worked out once."""
        if id_ not in self._passages:
            self._passages[id_] = of_passage(self.viewer, id_)
        return self._passages[id_]

    def source(self, id_: str) -> str:
        """Where a quotation from a passage is from, with ``{id}`` for the id: 〔元〕脫脫等《金史》卷二…."""
        return self.passage(id_).footnote

    def parts(self, cited: Citable, name: str) -> tuple[Part, ...]:
        """What is cited, in one format."""
        own = self._own(cited)
        values = self._shared(name) | {field: own[_asked(name, field)] for field in OWN}
        kept = {field: _keep_id(value, _escape(name, field)) for field, value in values.items()}
        late = {field: _escape(name, field)(own[_asked(name, field)]) for field in LATE}
        return tuple(_parts(self._pattern(self.shape(cited), name), kept, late))

    def shape(self, cited: Citable) -> Shape:
        """What decides how its citations are built: the author, and whether the name ends in a full stop."""
        return tuple((bool(name), name.endswith(".")) for name in (cited.author, cited.english_author))

    def citations(self, cited: Citable) -> tuple[Citation, ...]:
        """What is cited, in every format."""
        return tuple(Citation(name, self.parts(cited, name)) for name in FORMATS)

    def _own(self, cited: Citable) -> dict[str, str]:
        """What one thing that is cited is filled in with."""
        return {
            "url": self._url + cited.path,
            "id": cited.id,
            "author": cited.author,
            "title": cited.title,
            "english_author": cited.english_author,
            "english_title": cited.english,
            "footnote": cited.footnote or cited.title,
        }

    def _shared(self, name: str) -> dict[str, str]:
        """What everything that is cited is filled in with."""
        shared = self._english if name in ENGLISH else self._chinese
        return shared | {"Edition": shared["edition"].capitalize()}

    def _pattern(self, shape: Shape, name: str) -> str:
        named, stopped = shape[name in ENGLISH]
        pattern = self._patterns[name][SHAPES[named, bool(self._year)]]
        return pattern.replace("{author}.", "{author}") if stopped else pattern  # et al. has its full stop

    def openurl(self, cited: Citable) -> str:
        """The title of a COinS element, from which Zotero offers the passages of a page: OpenURL 1.0, a book item."""
        fields = {
            "ctx_ver": "Z39.88-2004",
            "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
            "rft.genre": "bookitem",
            "rft.atitle": cited.title.replace("{id}", cited.id),
            "rft.btitle": self._chinese["book"],
            "rft.au": cited.author,
            "rft.edition": self._chinese["edition"],
            "rft.date": self.released,
            "rft.language": self._chinese["language"],
            "rft_id": self._url + cited.path if self._url != "/" else "",
        }
        return urlencode({name: value for name, value in fields.items() if value}, quote_via=_quoted)

    def linked(self, cited: Citable, book: str) -> str:
        """A passage for search engines, as JSON-LD of schema.org: a chapter of a work in a data set."""
        about = self._about
        dataset = {
            "@type": "Dataset",
            "name": self._chinese["book"],
            "alternateName": about.subtitle,
            "version": about.release,
            "url": self._url,
            "license": about.licence_url,
        }
        author = {"@type": "Person", "name": cited.author} if cited.author else None
        work = {"@type": "Book", "name": book, "author": author, "isPartOf": _filled(dataset)}
        return json.dumps(
            {
                "@context": "https://schema.org",
                "@type": "Chapter",
                "@id": self._url + cited.path,
                "url": self._url + cited.path,
                "identifier": cited.id,
                "name": cited.title.replace("{id}", cited.id),
                "inLanguage": self._chinese["language"],
                "isPartOf": _filled(work),
            },
            ensure_ascii=False,
        )


#: Only the title and the address differ from passage to passage.
_quoted = lru_cache(maxsize=1_000)(quote_plus)


def _filled(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


#: Whether there is an author and a date → the name of the shape in ``citations.yaml``.
SHAPES = {(True, True): "signed", (False, True): "anonymous", (True, False): "undated", (False, False): "bare"}


def _patterns(t: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found = plain(read_yaml(PATTERNS))
    assert isinstance(found, dict)  # noqa: S101 (a file of ours)
    wikipedia = found.pop("wikipedia")
    footnote = dict.fromkeys(SHAPES.values(), t["cite_footnote_end"])
    return found | {"footnote": footnote, "wikipedia_zh": wikipedia, "wikipedia_en": wikipedia}


def _escape(name: str, field: str) -> Callable[[str], str]:
    """How a value is written in a format; in BibTeX a key and an address stand as they are."""
    return str if name == "bibtex" and field in LATE[1:] else ESCAPES.get(name.partition("_")[0], str)


def _asked(name: str, field: str) -> str:
    """Which of the words of what is cited a field of a format asks for."""
    if field in LATE:
        return "id" if field == "key" else field
    if name in ENGLISH:
        return f"english_{field}"
    return "footnote" if (name, field) == ("footnote", "title") else field


def _keep_id(value: str, escape: Callable[[str], str]) -> str:
    """A value escaped, but for the place of the id in it."""
    return "{id}".join(escape(part) for part in value.split("{id}"))


def _parts(pattern: str, values: Mapping[str, str], late: Mapping[str, str]) -> Iterable[Part]:
    """The stretches of a pattern, filled in.

    >>> found = _parts("{title}⟦[{accessed}]⟧.", {"title": "五月（{id}）"}, {"id": "jinshi.2.tianfu4.5.1"})
    >>> [(part.role, part.text) for part in found]
    [('', '五月（'), ('id', 'jinshi.2.tianfu4.5.1'), ('', '）'), ('accessed', '[{accessed}]'), ('', '.')]
    """

    def fill(text: str) -> str:
        return FIELD.sub(lambda match: values.get(match[1], match[0]), text)

    for match in PART.finditer(pattern):
        if match["optional"]:
            yield Part(fill(match["optional"]), "accessed")
            continue
        if match["italic"]:
            yield Part(fill(match["italic"]), "i")
            continue
        for n, piece in enumerate(FIELD.split(fill(match["plain"]))):
            if n % 2:
                yield Part(late[piece], piece)
            elif piece:
                yield Part(piece)


def _tex(text: str) -> str:
    r"""For BibTeX: the signs that TeX takes for its own.

    >>> print(_tex("A & B_1"))
    A \& B\_1
    """
    return re.sub(r"[\\{}~^\"]", lambda m: TEX[m[0]], re.sub(r"([&%$#_])", "\x00\\1", text)).replace("\x00", "\\")


TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    '"': '{"}',
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _wiki(text: str) -> str:
    """For a template of Wikipedia: the signs that divide its fields, and brackets.

    >>> _wiki("a|b=c")
    'a{{!}}b{{=}}c'
    """
    return re.sub(r"[|={}\[\]<>]", lambda m: WIKI.get(m[0]) or f"&#{ord(m[0])};", text)


WIKI = {"|": "{{!}}", "=": "{{=}}"}
ESCAPES: Mapping[str, Callable[[str], str]] = {
    "bibtex": _tex,
    "wikipedia": _wiki,
    "ris": lambda text: " ".join(text.split()),
    "csl": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
}


def library(citing: Citing, cited: Sequence[Citable]) -> Iterable[tuple[str, bytes]]:
    """All of them as files for reference managers: the end of a file's name, and its content."""
    for ending, name, before, between, after in (
        ("bib", "bibtex", "", "\n\n", "\n"),
        ("ris", "ris", "", "\n\n", "\n"),
        ("csl.json", "csl", "[\n", ",\n", "\n]\n"),
    ):
        records = ("".join(p.text for p in citing.parts(c, name) if p.role != "accessed") for c in cited)
        yield ending, (before + between.join(records) + after).encode()
