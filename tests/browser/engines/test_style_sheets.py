"""What an engine does not understand of the style sheets. It passes over such a declaration without a word."""

from dataclasses import asdict
from pathlib import Path

import pytest

from tests.browser.engines.declarations import Declaration, declarations
from tests.browser.engines.window import Window

HERE = Path(__file__).resolve().parent

REFUSED = """(all) => {
  const styles = [document.documentElement, document.body].map((element) => getComputedStyle(element));
  const VARIABLE = /var\\(\\s*(--[\\w-]+)\\s*(?:,((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*))?\\)/;
  const own = new Map(all.map(({ property, value }) => [property, value]));
  const resolved = (value) => {
    for (let match = VARIABLE.exec(value); match; match = VARIABLE.exec(value)) {
      const [whole, name, otherwise] = match;
      const set = styles.map((style) => style.getPropertyValue(name).trim()).find(Boolean);
      value = value.replace(whole, () => set ?? own.get(name) ?? otherwise ?? "initial");
    }
    return value;
  };
  const known = (selector) => CSS.supports(`selector(${selector.replace(/^(?=[>+~])/, "* ").replaceAll("&", "*")})`);
  const applies = ({ supports }) => supports.every((condition) => CSS.supports(condition));
  return [...new Set(all.filter(applies).flatMap(({ selectors, property, value }) => [
    ...(CSS.supports(property, resolved(value)) ? [] : [`${property}: ${value}`]),
    ...selectors.filter((selector) => !known(selector)),
  ]))];
}"""


def allowed() -> dict[str, set[str]]:
    """What may be refused → by which engines."""
    lines = (HERE / "refused.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return {what.strip(): set(engines.split()) for what, engines, _ in rows}


@pytest.fixture(scope="session")
def everything(site: Path) -> list[Declaration]:
    """The declarations of all style sheets of the site."""
    sheets = sorted((site / "static").rglob("*.css"))
    return [found for sheet in sheets for found in declarations(sheet.read_text(encoding="utf-8"))]


def test_every_engine_knows_every_declaration(
    window: Window, everything: list[Declaration], request: pytest.FixtureRequest
) -> None:
    engine = request.node.callspec.params["driver"]
    window.open("year/1122/")
    refused = set(window.run(REFUSED, [asdict(declaration) for declaration in everything]))
    assert refused - {what for what, engines in allowed().items() if engine in engines} == set()


def test_what_may_be_refused_stands_in_a_style_sheet(everything: list[Declaration]) -> None:
    there = {f"{found.property}: {found.value}" for found in everything}
    assert set(allowed()) - there - {selector for found in everything for selector in found.selectors} == set()


LINES = """() => {
  const box = document.body.appendChild(document.createElement("div"));
  box.id = "lines";
  box.style.cssText = "position: fixed; inset: 0; z-index: 99; color: black; background: white; font: 60px/100px serif";
  for (const spaced of ["inherit", "no-autospace"]) {
    const line = box.appendChild(document.createElement("div"));
    line.style.cssText = `height: 100px; padding-left: 20px; text-autospace: ${spaced}`;
    line.textContent = "年2811年";
  }
  return document.fonts.ready.then(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
}"""

INK = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const context = new OffscreenCanvas(image.width, 200).getContext("2d");
  context.drawImage(image, 0, 0);
  const dark = (x, top) => context.getImageData(x, top, 1, 100).data.some((value, n) => n % 4 === 0 && value < 128);
  const columns = [...Array(400).keys()].slice(1);
  return [0, 100].map((top) => columns.filter((x) => dark(x, top) && !dark(x - 1, top)).length);
}"""
"""How many separate strokes of ink there are in each line, from left to right."""


def test_digits_between_characters_are_drawn_apart(window: Window) -> None:
    window.open("year/1122/")
    window.run(LINES)
    picture = window.driver.picture()
    window.open("robots.txt")  # a page without a policy against pictures from elsewhere
    as_on_the_page, without_space = window.run(INK, picture)
    assert as_on_the_page == without_space >= 6
