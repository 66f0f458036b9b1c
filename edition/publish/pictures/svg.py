"""Build SVG as a tree, so that the serializer escapes all text and all attribute values."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

Element = ET.Element
Content = str | Element | Mapping[str, object]
"""Text, a child, or attributes of the element itself: strings and numbers."""


def element(name: str, *content: Content) -> Element:
    """Return an SVG element with its content in order; numbers are rounded to a tenth.

    >>> write(element("a", {"href": "#m1"}, element("circle", {"cx": 3.14159, "r": 2.0}), "正月 & 二月"))
    '<a href="#m1"><circle cx="3.1" r="2" />正月 &amp; 二月</a>'
    """
    node = Element(name)
    for item in content:
        if isinstance(item, str):
            if len(node):
                node[-1].tail = (node[-1].tail or "") + item
            else:
                node.text = (node.text or "") + item
        elif isinstance(item, Element):
            node.append(item)
        else:
            node.attrib.update((k, number(v) if isinstance(v, int | float) else str(v)) for k, v in item.items())
    return node


def number(value: float) -> str:
    """Write a coordinate with at most one decimal, which is finer than a screen shows.

    >>> number(3.14159), number(2.0), number(-0.04)
    ('3.1', '2', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def write(root: Element) -> str:
    """Return a picture as markup to stand in a page of HTML."""
    return ET.tostring(root, encoding="unicode")
