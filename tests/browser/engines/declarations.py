"""The declarations of a style sheet, each with what it depends on."""

from collections.abc import Iterator
from dataclasses import dataclass

import tinycss2
from tinycss2 import ast

CONDITIONAL = {"supports", "media", "layer", "container", "scope"}
"""At-rules that hold rules. What is in others (@page, @font-face) are descriptors, of which no engine can be asked."""


@dataclass(frozen=True)
class Declaration:
    """A declaration as it stands in a style sheet."""

    supports: tuple[str, ...]
    """The conditions of the `@supports` around it, outermost first."""
    selectors: tuple[str, ...]
    """The selectors of its rule, and of those in which that is nested: if one is refused, so is the declaration."""
    property: str
    value: str
    """Its value, without `!important`."""


def declarations(css: str) -> list[Declaration]:
    """Return the declarations of the style rules of a style sheet.

    >>> for found in declarations("@supports (a: b) { p, :is(i, b) { color: red; & b { margin: 0 !important } } }"):
    ...     print(*found.supports, found.selectors, found.property, found.value)
    (a: b) ('p', ':is(i, b)') color red
    (a: b) ('p', ':is(i, b)', '& b') margin 0
    """
    return list(_in_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), (), ()))


def _in_rules(nodes: list[ast.Node], supports: tuple[str, ...], selectors: tuple[str, ...]) -> Iterator[Declaration]:
    for node in nodes:
        assert node.type != "error", f"{node.source_line}: {node.message}"
        if node.type == "declaration" and selectors:
            yield Declaration(supports, selectors, node.name, tinycss2.serialize(node.value).strip())
        elif node.type == "qualified-rule":
            yield from _in_rules(_block(node), supports, (*selectors, *_parts(node.prelude)))
        elif node.type == "at-rule" and node.at_keyword in CONDITIONAL:
            condition = (tinycss2.serialize(node.prelude).strip(),) if node.at_keyword == "supports" else ()
            yield from _in_rules(_block(node), (*supports, *condition), selectors)


def _parts(prelude: list[ast.Node]) -> Iterator[str]:
    """Split a list of selectors at its commas."""
    parts: list[list[ast.Node]] = [[]]
    for node in prelude:
        if node == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return (tinycss2.serialize(part).strip() for part in parts)


def _block(node: ast.Node) -> list[ast.Node]:
    found: list[ast.Node] = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    return found
