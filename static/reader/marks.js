// @ts-check
// Names that light up together and say who they are. Without it a name is a link.
"use strict";
(() => {
  // A name under the pointer, in focus or tapped: all its forms on the page, and a line that says who or what it is.
  const card = document.getElementById("who-card");
  let lit = "";
  const light = (name) => {
    if (name === lit) return;
    for (const element of document.querySelectorAll(".nm.lit")) element.classList.remove("lit");
    lit = name;
    if (name) for (const element of document.querySelectorAll(`.nm[data-name="${CSS.escape(name)}"]`)) element.classList.add("lit");
    const who = name && document.getElementById(`who-${name}`);
    if (card) card.replaceChildren(...(who ? [...who.cloneNode(true).childNodes] : []));
  };
  const named = (target) => (target instanceof Element && target.closest(".nm:not(.em, .gap)")?.dataset.name) || "";
  document.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") light(named(event.target)); });
  document.addEventListener("focusin", (event) => light(named(event.target)));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") light(""); });
  // The first tap shows, the second follows the link. A tap brings the focus, which lights the name, before the click.
  let touched = false;
  let before = "";
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    before = lit;
  }, true);
  document.addEventListener("click", (event) => {
    const name = named(event.target);
    if (!touched || card?.contains(/** @type {Node} */ (event.target))) return;
    if (name && name !== before) event.preventDefault();
    light(name);
  }, true);

  // A link to another account, pointed at or in focus: a thread to that account, if it is on the page.
  const SVG = "http://www.w3.org/2000/svg";
  const thread = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  thread.append(path);
  thread.setAttribute("class", "thread");
  thread.setAttribute("aria-hidden", "true");
  const cut = () => {
    thread.remove();
    for (const element of document.querySelectorAll(".counterpart")) element.classList.remove("counterpart");
  };
  const tie = (link) => {
    cut();
    const { pathname, hash } = new URL(link.href);
    const id = /([^/]+(?:\/[^/]+){4})\/$/.exec(pathname)?.[1].replaceAll("/", ".");
    const other = id && document.getElementById(`${id}.${hash.slice(2)}`);
    if (!other?.getClientRects().length) return;
    const [from, to] = [link.getBoundingClientRect(), other.getClientRects()[0]];
    other.classList.add("counterpart");
    const x = from.left < to.left ? [from.right + 4, to.left - 4] : [from.left - 4, to.right + 4];
    const [y, end] = [from.top + from.height / 2, to.top + to.height / 2];
    const bend = (x[0] + x[1]) / 2;
    path.setAttribute("d", `M${x[0] + scrollX} ${y + scrollY} C${bend + scrollX} ${y + scrollY} ${bend + scrollX} ${end + scrollY} ${x[1] + scrollX} ${end + scrollY}`);
    thread.setAttribute("width", String(document.documentElement.clientWidth));
    thread.setAttribute("height", String(document.body.scrollHeight));
    document.body.append(thread);
  };
  const account = (target) => (target instanceof Element ? target.closest(".others a:not(.more)") : null);
  for (const [start, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(start, (event) => { const link = account(event.target); if (link) tie(link); });
    document.addEventListener(end, (event) => { if (account(event.target)) cut(); });
  }
})();
