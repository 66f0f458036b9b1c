"""The templates as they are compiled: Jinja, without what costs time and templates that are our own do not need."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import walk_tb

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

from edition.cache import folder as cache
from edition.model.findings import CorpusError, Place
from edition.publish.views.viewer import ROOT
from edition.read.fields import read_text

#: The way up to the root of the site, as `ROOT` is that to the root of the tree: set in when a page is printed.
TOP = "\x03"
#: What a template says that is the same on every page of a tree.
FIXED = re.compile(r"\{\{ (t\.\w+|root|top) \}\}")
SPECIAL = re.compile("[&<>'\"]")


def shown(value: object) -> str:
    """What a template shows of a value: escaped, unless it is markup.

    As markupsafe's `escape`, but the result is no markup itself, since it is only joined to what stands beside it: a
    page shows two hundred values, and to make markup of each is a sixth of what printing costs.

    >>> shown("乾統六年"), shown("<b>"), shown(Markup("<b>")), shown(1122)
    ('乾統六年', '&lt;b&gt;', Markup('<b>'), '1122')
    """
    if type(value) is Markup or (type(value) is str and not SPECIAL.search(value)):
        return value
    return str(escape(value))


class _Code(CodeGenerator):
    """Compiles a template so that `shown` shows what is not known before."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:  # noqa: ARG002 (as Jinja asks)
        self.write("environment.shown(")


class _Context(Context):
    """What a template is given. Nothing that ours call wants to be given it too: that is not looked for each time."""

    def call(
        self,
        called: Callable[..., object],
        /,
        *given: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> object:
        """Call something; the variables of the loop and of the block would be for what wants to see them."""
        return called(*given, **named)


class _Environment(Environment):
    code_generator_class = _Code
    context_class = _Context
    shown = staticmethod(shown)


def environment_of(templates: Path, words: Mapping[str, str]) -> Environment:
    """The templates of a folder: everything escaped, nothing missing passed over.

    What is the same on every page of a tree, its ``words`` and the two ways up, is set in before they are compiled:
    half of what a page consists of. What is compiled is kept for the next build.
    """
    fixed = {f"t.{key}": str(escape(text)) for key, text in words.items()} | {"root": ROOT, "top": TOP}

    def load(name: str) -> tuple[str, str, None]:
        source = FIXED.sub(lambda match: fixed.get(match[1], match[0]), read_text(templates / name))
        return source, str(templates / name), None

    environment = _Environment(
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
    """Where compiled templates are kept: they fit one version of the library and of this file, and one set of words."""
    folder = cache.folder()
    made_by = [cache.library(name) for name in ("jinja2", __name__)]
    version = hashlib.sha256(repr((made_by, sorted(fixed.items()))).encode()).hexdigest()[:16]
    return _Kept(str(folder), f"%s.{version}.template") if folder else None
