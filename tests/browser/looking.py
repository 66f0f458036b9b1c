"""Checks of an open page. Each returns a list of faults as text, empty if there are none."""

from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
LAYOUT = (HERE / "layout.js").read_text(encoding="utf-8")
AXE = HERE.parent / "tools" / "node_modules" / "axe-core" / "axe.min.js"

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

AXE_RUN = (
    "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then((result) => result.violations)"
)
"""Only violations: serializing the thousands of elements that pass would take ten times as long as the checks."""

TARGET = """
(id) => {
  const element = document.getElementById(id);
  if (!element) return [`nothing here has the id ${id}`];
  const box = element.getClientRects()[0];
  if (!box || !box.width) return [`${id} is not shown`];
  const [x, y] = [box.left + Math.min(box.width / 2, 8), box.top + Math.min(box.height / 2, 12)];
  const top = document.elementFromPoint(x, y);
  if (!top) return [`${id} is outside the window, at ${Math.round(box.top)} px`];
  if (element.contains(top) || top.contains(element)) return [];
  return [`${id} is hidden under ${top.outerHTML.slice(0, 80)}`];
}
"""


def layout(page: Page) -> list[str]:
    """Return faults of the layout, as defined in `layout.js`."""
    page.evaluate("document.fonts.ready.then(() => window.scrollTo(0, 0))")
    return list(page.evaluate(LAYOUT))


def target(page: Page, fragment: str) -> list[str]:
    """Return why the target of `fragment` is not visible half a second after loading."""
    for _ in range(10):
        faults = list(page.evaluate(TARGET, fragment))
        if not faults:
            break
        page.wait_for_timeout(50)
    return faults


def accessibility(page: Page) -> list[str]:
    """Return the violations that axe finds. It is injected by the browser, since the content policy forbids it."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";undefined")
    violations = page.evaluate(AXE_RUN, AXE_TAGS)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}: {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
