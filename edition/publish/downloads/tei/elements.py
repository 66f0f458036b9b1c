"""Build TEI elements as a tree, so that the serializer escapes all text and all attribute values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree as ET

from edition.model.kinds import NameKind

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Element = ET.Element
Content = str | Element | Mapping[str, str | int]
"""Text, a child, or attributes of the element itself."""
#: The language of a document by the script of its transcription.
LANGUAGES = {"hant": "zh-Hant", "hans": "zh-Hans"}
#: What the headers say is in English.
ENGLISH = {XML_LANG: "en"}
#: The element of a name by its kind.
NAME_ELEMENTS: Mapping[NameKind, str] = {
    "person": "persName",
    "place": "placeName",
    "people": "orgName",
    "state": "orgName",
    "office": "roleName",
    "book": "title",
}
#: The TEI element for each HTML element that inline Markdown can produce.
_INLINE = {"a": "ref", "code": "mentioned", "em": "hi", "strong": "hi", "br": "lb"}

ET.register_namespace("", NAMESPACE)


def tag(name: str) -> str:
    """Return the qualified name of a TEI element, as `xml.etree` writes it.

    >>> tag("ab")
    '{http://www.tei-c.org/ns/1.0}ab'
    """
    return f"{{{NAMESPACE}}}{name}"


def element(name: str, *content: Content) -> Element:
    """Return a TEI element with its content in order; attributes that are an empty string are left out.

    >>> found = element("s", {"n": 1, "cert": ""}, "甲 & ", element("lb"), "乙")
    >>> ET.tostring(found, encoding="unicode")
    '<s xmlns="http://www.tei-c.org/ns/1.0" n="1">甲 &amp; <lb />乙</s>'
    """
    node = Element(tag(name))
    for item in content:
        if isinstance(item, str):
            if len(node):
                node[-1].tail = (node[-1].tail or "") + item
            else:
                node.text = (node.text or "") + item
        elif isinstance(item, Element):
            node.append(item)
        else:
            node.attrib.update((key, str(value)) for key, value in item.items() if value != "")
    return node


def lines(*elements: Element) -> Iterator[Content]:
    """Yield the elements with a line break after each, for a readable diff where white space carries no text."""
    for item in elements:
        yield item
        yield "\n"


def serialize(root: Element) -> bytes:
    """Return a document in UTF-8 with an XML declaration."""
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def marked_up(html: str, address: Callable[[str], str]) -> Iterator[str | Element]:
    """Yield inline HTML of our own renderer as TEI content.

    ``address`` returns where a link leads; a link that leads nowhere (empty) is only its words.
    """
    # The renderer has escaped the editors' words, and there is no DTD.
    yield from _inline(ET.fromstring(f"<p>{html}</p>"), address)  # noqa: S314


def _inline(html: Element, address: Callable[[str], str]) -> Iterator[str | Element]:
    """Yield the content of an HTML element with TEI elements in place of HTML ones."""
    yield html.text or ""
    for child in html:
        target = address(child.get("href", ""))
        if target or child.tag != "a":
            yield element(_INLINE[child.tag], {"target": target}, *_inline(child, address))
        else:
            yield from _inline(child, address)
        yield child.tail or ""
