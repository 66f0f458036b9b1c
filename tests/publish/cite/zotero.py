"""What Zotero saves of a page: the rules of its translators COinS and Embedded Metadata, as of June 2026.

No registry has the translators but in a state of 2018, so the rules that our pages meet are written down here. With
a running translation-server (https://github.com/zotero/translation-server) they are compared with the program itself:
``python -m tests.publish.cite.zotero http://127.0.0.1:1969 http://127.0.0.1:5500/ year/1122/ …``.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import unquote

from lxml import etree

Item = dict[str, Any]

#: Prefix of a vocabulary → its name in `PROPERTIES`. A tag whose first part, or second of three, is one of these is a
#: statement of that vocabulary and nothing else: ``citation_book_title`` is ``book:title``.
PREFIXES = (
    "bib", "bibo", "dc", "dcterms", "prism", "foaf", "vcard", "link", "z", "eprint", "eprints", "og", "article", "book",
    "music", "video", "so", "codemeta", "rdf",
)  # fmt: skip
#: Statements → fields. Of two statements of a field the first in this table counts.
PROPERTIES = {
    "og:title": "title",
    "og:site_name": "websiteTitle",
    "bibo:edition": "edition",
    "dcterms:issued": "date",
    "og:url": "url",
    "og:description": "abstractNote",
}
HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "bookTitle",
    "citation_inbook_title": "bookTitle",
    "citation_book_title": "bookTitle",
    "citation_abstract": "abstractNote",
    "citation_public_url": "url",
    "citation_language": "language",
}
TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
#: The fields of an item type among those that our pages can fill.
FIELDS = {
    "bookSection": {"title", "bookTitle", "edition", "date", "language", "url", "abstractNote"},
    "webpage": {"title", "websiteTitle", "date", "language", "url", "abstractNote"},
    "journalArticle": {"title", "date", "language", "url", "abstractNote"},
}
COINS = {
    "rft.atitle": "title",
    "rft.btitle": "bookTitle",
    "rft.date": "date",
    "rft.edition": "edition",
    "rft.language": "language",
    "rft.description": "abstractNote",
}


def saved(html: bytes) -> list[Item]:
    """Return the items that Zotero offers of a page: those of its COinS, or else what its metadata make."""
    page = etree.HTML(html.decode())
    spans = page.xpath("//span[contains(concat(' ', @class, ' '), ' Z3988 ')]/@title")
    return [coins(span) for span in spans] or [embedded(page)]


def author(name: str) -> str:
    """Return a name as Zotero keeps it: the last word is the surname, the others are forenames."""
    first, _, last = name.strip().rpartition(" ")
    return f"{last}, {first}" if first else last


def coins(title: str) -> Item:
    """Return the item of a COinS span of the kind that our pages have: an item of a book."""
    pairs = [pair.split("=") for pair in title.split("&")]
    assert ["rft_val_fmt", "info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook"] in pairs
    assert ["rft.genre", "bookitem"] in pairs
    item: Item = {"itemType": "bookSection", "creators": []}
    for key, written, *_ in pairs:
        value = unquote(re.sub(r"\+|%2[bB]", " ", written))
        if key == "rft.au":
            item["creators"].append(author(value))
        elif key == "rft_id" and value.startswith("http"):
            item["url"] = value
        elif key in COINS:
            item[COINS[key]] = value
    return item


def embedded(page: Any) -> Item:  # noqa: ANN401 (lxml has no types)
    """Return the item that the translator Embedded Metadata makes of a page."""
    tags = [(e.get("name") or e.get("property") or "", e.get("content") or "") for e in page.iter("meta")]
    statements: dict[str, str] = {}
    kind = guess = ""
    for tag, value in tags:
        parts = re.split("[.:_]", tag)
        prefix = next((p for p in (parts[1:2] if len(parts) > 2 else []) + parts[:1] if p.lower() in PREFIXES), None)
        if prefix:
            statements.setdefault(f"{prefix.lower()}:{tag.partition(prefix)[2][1:]}", value)
        elif tag in TYPES:
            kind = TYPES[tag]
        elif tag in {"citation_title", "citation_series_title"}:
            guess = "journalArticle"
    item: Item = {"itemType": kind or guess or "webpage"}
    for name, field in PROPERTIES.items():
        if name in statements:
            item.setdefault(field, statements[name])
    for name, field in HIGHWIRE.items():
        if found := next((" ".join(value.split()) for tag, value in tags if tag.endswith(name) and value), ""):
            item[field] = found
    item.setdefault("language", page.get("lang"))
    described = dict(tags).get("description", "")
    item.setdefault("abstractNote", described)
    if "url" not in item:
        (item["url"],) = page.xpath("//head/link[@rel='canonical']/@href")
    item = {name: value for name, value in item.items() if name in FIELDS[item["itemType"]] | {"itemType"}}
    return item | {"creators": [author(value) for tag, value in tags if tag.endswith("citation_author")]}


# --- the program itself


def from_server(server: str, address: str) -> list[Item]:
    """Return what a translation-server saves of all items that it finds at an address."""

    def post(body: str, kind: str) -> Any:  # noqa: ANN401
        request = urllib.request.Request(f"{server}/web", body.encode(), {"Content-Type": kind})  # noqa: S310
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310 (an address that the caller names)
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 300:
                raise
            return post(error.read().decode(), "application/json")

    known = FIELDS["bookSection"] | FIELDS["webpage"] | {"itemType"}
    return [
        {name: value for name, value in item.items() if name in known}
        | {"creators": [c.get("name") or f"{c['lastName']}, {c['firstName']}" for c in item["creators"]]}
        for item in post(address, "text/plain")
    ]


def main(server: str, site: str, *paths: str) -> int:
    """Compare the rules with a server on some pages; return how many differ."""
    differing = 0
    for path in paths:
        with urllib.request.urlopen(site + path) as answer:  # noqa: S310
            ours, theirs = saved(answer.read()), from_server(server, site + path)
        same = ours == theirs
        differing += not same
        sys.stdout.write(f"{path} {len(theirs)} {'same' if same else f'DIFFERENT{chr(10)}{ours}{chr(10)}{theirs}'}\n")
    return differing


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
