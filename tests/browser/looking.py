"""What can be asked of an open page; each answer is a list of faults in words, empty when there are none."""

from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
LAYOUT = (HERE / "layout.js").read_text(encoding="utf-8")
AXE = HERE.parent / "tools" / "node_modules" / "axe-core" / "axe.min.js"

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

AXE_RUN = (
    "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then((result) => result.violations)"
)
"""Only the violations: to hand over what passes, thousands of elements, takes ten times as long as to find it."""

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
    """Return what is wrong with the layout: `layout.js` says what it looks for."""
    page.evaluate("document.fonts.ready.then(() => window.scrollTo(0, 0))")
    return list(page.evaluate(LAYOUT))


def target(page: Page, fragment: str) -> list[str]:
    """Return why a reader who followed a link to `fragment` does not see it, half a second after the page has come."""
    for _ in range(10):
        faults = list(page.evaluate(TARGET, fragment))
        if not faults:
            break
        page.wait_for_timeout(50)
    return faults


def accessibility(page: Page) -> list[str]:
    """Return the violations that axe finds. It comes in from outside: the page's own policy forbids it."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";undefined")
    violations = page.evaluate(AXE_RUN, AXE_TAGS)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}: {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
