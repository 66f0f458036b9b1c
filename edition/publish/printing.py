"""How templates are printed: the environment, its filters, and passages that are printed once for a tree."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from edition import cache
from edition.memo import Memo
from edition.model import CorpusError, Place
from edition.publish.citable import Citable
from edition.publish.citation import Citing, Shape
from edition.publish.view import PassageView, WhoView
from edition.publish.viewer import ROOT
from edition.record import read_text

#: The way up to the root of the site, as `ROOT` is that to the root of the tree: set in when a page is printed.
TOP = "\x03"
#: What a template says that is the same on every page of a tree.
FIXED = re.compile(r"\{\{ (t\.\w+|root|top) \}\}")
#: Where a note's number is still to be set, and how many after the passage's first it is.
LATER = re.compile("\x01(\\d+)\x02")


def environment_of(templates: Path, words: Mapping[str, str]) -> Environment:
    """The templates of a folder: everything escaped, nothing missing passed over.

    What is the same on every page of a tree, its ``words`` and the two ways up, is set in before they are compiled:
    half of what a page consists of. What is compiled is kept for the next build.
    """
    fixed = {f"t.{key}": str(escape(text)) for key, text in words.items()} | {"root": ROOT, "top": TOP}

    def load(name: str) -> tuple[str, str, None]:
        source = FIXED.sub(lambda match: fixed.get(match[1], match[0]), read_text(templates / name))
        return source, str(templates / name), None

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled(fixed),
    )
    environment.filters["short"] = _short
    environment.filters["inert"] = _inert
    return environment


@contextmanager
def faults(templates: Path) -> Iterator[None]:
    """Tell in one line, as a CorpusError, what is wrong in a template of a folder and where."""
    try:
        yield
    except TemplateError as error:
        frames = ((frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__))
        within = [(path, line) for path, line in frames if path.startswith(str(templates))]
        if isinstance(error, TemplateSyntaxError) and error.filename:
            within.append((error.filename, error.lineno))
        path, line = within[-1] if within else (str(templates), 1)
        message = f"{error.message or type(error).__name__}: mend the template"
        raise CorpusError(Place(path, line), "TEMPLATE", message) from None


class _Kept(FileSystemBytecodeCache):
    """Compiled templates; without room for them they are compiled again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template if it can be kept."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(fixed: Mapping[str, str]) -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept: they fit one version of the library, and one set of words."""
    folder = cache.folder()
    version = hashlib.sha256(repr((cache.library("jinja2"), sorted(fixed.items()))).encode()).hexdigest()[:16]
    return _Kept(str(folder), f"%s.{version}.template") if folder else None


def context_of(environment: Environment, common: dict[str, Any], citing: Citing, memo: Memo) -> dict[str, Any]:
    """What the templates of a tree are given on every page: ``common``, the macros, and what is printed only once.

    ``common`` has under ``same`` all that pages show beside their own values: if that is as it was, and a page's values
    are, then so is the page.
    """
    context = common | {"citing": citing, "root": ROOT, "top": TOP}
    context["shell"] = Shell(environment, context)
    context["citations"] = Citations(environment, context, citing)
    context["block"] = Blocks(environment, context, memo)
    context["cards"] = Cards(environment, context)
    context["m"] = environment.get_template("macros.html").make_module(context)
    return context


def page_of(environment: Environment, template: str, values: dict[str, Any], root: str, top: str) -> bytes:
    """A page whose tree begins at ``root`` and whose site begins at ``top``."""
    return environment.get_template(template).render(values).replace(ROOT, root).replace(TOP, top).encode()


def _short(words: str) -> str:
    """The beginning and end of a long quotation.

    >>> _short("乃命其弟國相孛極烈吳乞買並粘罕、兀室等悉師度遼而西，用遼降人余覩為先鋒，以趨中京。")
    '乃命其弟國相孛極…以趨中京'
    """
    words = words.strip("，。；：、 ")
    return words if len(words) <= 18 else f"{words[:8]}…{words[-4:]}"


def _inert(data: str) -> Markup:
    """JSON for a data block of a page: nothing in it can end the block."""
    return Markup(data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 (just made so)


class Shell:
    """What every page of a tree has, each part printed once for every section of the site."""

    def __init__(self, environment: Environment, common: dict[str, Any]) -> None:
        self._environment, self._common = environment, common
        self._printed: dict[tuple[str, str], Markup] = {}

    def __call__(self, part: str, section: str = "") -> Markup:
        """A part of a page, in a section of the site."""
        if (part, section) not in self._printed:
            html = self._environment.get_template(f"shell/{part}.html").render(self._common | {"section": section})
            self._printed[part, section] = Markup(html)  # noqa: S704 (printed by a template that escapes)
        return self._printed[part, section]


class Citations:
    """How something is cited, in every format: printed once for a shape, and filled in for what is cited."""

    def __init__(self, environment: Environment, common: dict[str, Any], citing: Citing) -> None:
        self._template, self._common, self._citing = environment.get_template("cite.html"), common, citing
        self._printed: dict[tuple[str, Shape], str] = {}

    def __call__(self, cited: Citable, label: str, help: str = "") -> Markup:  # noqa: A002 (as a template calls it)
        """The formats of what is cited, under a label; ``help`` tells of what script adds."""
        shape = self._citing.shape(cited)
        if (label, shape) not in self._printed:
            values = {"formats": self._citing.patterns(shape), "label": label, "help": help}
            self._printed[label, shape] = self._template.render(self._common | values)
        return Markup(self._citing.fill(self._printed[label, shape], cited))  # noqa: S704 (escaped, value by value)


class Cards:
    """The names that are marked on a page, each in a line that is printed once for a tree."""

    def __init__(self, environment: Environment, common: dict[str, Any]) -> None:
        self._template, self._common = environment.get_template("card.html"), common
        self._printed: dict[str, Markup] = {}

    def __call__(self, names: Iterable[WhoView]) -> Markup:
        """The items of a list of names."""
        return Markup("").join([self._card(name) for name in names])

    def _card(self, name: WhoView) -> Markup:
        if name.id not in self._printed:
            html = self._template.render(self._common | {"name": name}).rstrip("\n")
            self._printed[name.id] = Markup(html)  # noqa: S704 (printed by a template that escapes)
        return self._printed[name.id]


class _Later:
    """The number of a first note where it is not known yet: what is added to it is set into the page by `Blocks`."""

    def __add__(self, other: int) -> str:
        """Stand for the number so many after the first."""
        return f"\x01{other}\x02"


class Blocks:
    """Passages with their notes, each printed once for a tree and put into every page that shows it.

    A passage stands on six pages of its tree; printing it is most of what a build does.
    """

    def __init__(self, environment: Environment, common: dict[str, Any], memo: Memo) -> None:
        self._template = environment.get_template("block.html")
        self._common, self._memo = common, memo
        self._printed: dict[str, str] = {}

    def __call__(self, passage: PassageView, first: int) -> Markup:
        """The passage on a page where its first note has the number ``first``."""
        if passage.id not in self._printed:
            key = ("block", self._common["script"], passage.id)
            self._printed[passage.id] = self._memo(key, self._print, passage, self._common["same"])
        html = self._printed[passage.id]
        if passage.notes:
            html = LATER.sub(lambda match: str(first + int(match[1])), html)
        return Markup(html)  # noqa: S704 (printed by a template that escapes)

    def _print(self, passage: PassageView, _: object) -> str:
        return self._template.render(self._common | {"p": passage, "first": _Later()})
