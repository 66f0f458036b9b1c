"""The layers of `edition`: what each module imports, read from the source, also inside functions and for types only."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from edition import DOORS, LAYERS
from edition.paths import CODE, ROOT

MODULES = {
    ".".join(path.relative_to(CODE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(CODE.rglob("*.py"))
    if path != CODE / "__init__.py"
}


def imported(source: str) -> Iterator[str]:
    """Every module or name that a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import says no layer"
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "importlib.import_module"):
            yield ast.literal_eval(node.args[0])


def own(source: str) -> set[str]:
    """The modules of `edition` that a source imports: `edition.model.texts.Work` is one of ``model.texts``."""
    found = set()
    for name in imported(source):
        parts = name.split(".")
        if parts[0] == "edition":
            inner = [".".join(parts[1:end]) for end in range(len(parts), 1, -1)]
            found.add(next((module for module in inner if module in MODULES), ""))
    return found - {""}


def layer(module: str) -> int:
    """The number of the layer of a module: of the longest name in the list that it begins with; −1 for none."""
    fitting = [name for name in LAYERS if f"{module}.".startswith(f"{name}.")]
    return LAYERS.index(max(fitting, key=len)) if fitting else -1


def upward(imports: dict[str, set[str]]) -> list[str]:
    """The imports that go up, a line each."""
    return sorted(
        f"{module} imports {other}"
        for module, others in imports.items()
        for other in others
        if layer(other) > layer(module)
    )


def cycles(imports: dict[str, set[str]]) -> list[str]:
    """A cycle of imports, if there is one."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


IMPORTS = {module: own(path.read_text(encoding="utf-8")) - {module} for module, path in MODULES.items()}


def test_every_module_is_on_a_layer() -> None:
    packages = {"publish"}  # is no layer itself: its folders are
    assert [module for module in MODULES if layer(module) < 0 and module not in packages] == []
    assert [name for name in LAYERS if name not in MODULES] == []


def test_no_import_goes_up() -> None:
    assert upward(IMPORTS) == []


def test_no_modules_import_each_other() -> None:
    assert cycles(IMPORTS) == []


def test_each_package_has_one_door() -> None:
    standard = sys.stdlib_module_names | {"edition"}
    doors: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        for name in imported(path.read_text(encoding="utf-8")):
            package = name.partition(".")[0]
            if package not in standard:
                doors.setdefault(package, set()).add(module)
    assert doors == {package: {module} for package, module in DOORS.items()}


def test_the_build_script_imports_no_package() -> None:
    packages = {name.partition(".")[0] for name in imported((ROOT / "build.py").read_text(encoding="utf-8"))}
    assert packages <= sys.stdlib_module_names | {"edition"}


@pytest.mark.parametrize(
    ("module", "source", "said"),
    [
        ("rules.fold", "from edition.read.corpus import read", ["rules.fold imports read.corpus"]),
        ("rules.fold", "def f():\n    from edition.read import corpus", ["rules.fold imports read.corpus"]),
        ("model.time", "if TYPE_CHECKING:\n    import edition.edition", ["model.time imports edition"]),
        ("read.corpus", "from edition.rules import fold", []),
    ],
)
def test_an_import_that_goes_up_is_seen(module: str, source: str, said: list[str]) -> None:
    assert upward({module: own(source)}) == said


def test_a_cycle_is_seen() -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}})


def test_a_folder_has_no_module_with_a_name_that_says_nothing() -> None:
    vague = {"utils", "helpers", "manager", "core", "common", "misc", "base"}
    assert [module for module in MODULES if set(module.split(".")) & vague] == []
    assert all(Path(path).name != "utils.py" for path in MODULES.values())
