// @ts-check
// Notes in their place: what a sign in the text leads to opens under the line of the sign, or stays in the margin where it
// stands there already. The list of notes is folded until it is asked for. Without it, signs are links into the list.
"use strict";
(() => {
  const SIGNS = ".text :is(a.ref, a.em, a.gap)";
  const vertical = (element) => getComputedStyle(element).writingMode.startsWith("vertical");
  /** The entry that a sign leads to, or that has the id. */
  const entryOf = (id) => document.getElementById(id)?.closest(/** @type {"li"} */ (".notes > li")) ?? null;
  const led = (sign) => entryOf(sign.hash.slice(1));

  // --- what can be reached with the keyboard: what is in sight

  const reachable = (element, yes) => {
    for (const link of element.querySelectorAll("a")) {
      if (yes) link.removeAttribute("tabindex");
      else link.tabIndex = -1;
    }
  };
  const folded = (list) => (vertical(list) ? list.offsetWidth : list.offsetHeight) === 0;
  const lists = new ResizeObserver((changes) => {
    for (const { target, borderBoxSize: [{ blockSize }] } of changes) {
      for (const entry of target.children) if (!open.has(entry)) reachable(entry, blockSize > 0);
    }
  });
  for (const list of document.querySelectorAll(".notes")) lists.observe(list);

  // --- an entry under its line: it stays in the list, and is drawn over a space that is kept free in the text

  /** @type {Map<Element, {sign: HTMLAnchorElement, space: HTMLElement}>} */
  const open = new Map();
  const place = (entry) => {
    const { space } = open.get(entry);
    if (!space.isConnected) return;
    const lines = vertical(entry);
    space.style.blockSize = `${lines ? entry.offsetWidth : entry.offsetHeight}px`;
    const [box, from] = [space.getBoundingClientRect(), entry.offsetParent.getBoundingClientRect()];
    entry.style.insetBlockStart = `${lines ? from.right - box.right : box.top - from.top}px`;
    entry.style.insetInlineStart = `${lines ? box.top - from.top : box.left - from.left}px`;
    entry.style.inlineSize = `${lines ? box.height : box.width}px`;
  };
  let due = false;
  const moved = new ResizeObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; for (const entry of open.keys()) place(entry); });
  });

  const say = (sign, yes) => sign.setAttribute("aria-expanded", String(yes));
  const close = (entry) => {
    const { sign, space } = open.get(entry);
    open.delete(entry);
    space.remove();
    say(sign, false);
    entry.classList.remove("open", "inset", "level");
    entry.removeAttribute("style");
    entry.removeAttribute("tabindex");
    moved.unobserve(entry);
    reachable(entry, !folded(entry.parentElement));
    return sign;
  };
  const show = (sign) => {
    const entry = led(sign);
    if (!entry) return null;
    if (open.has(entry)) close(entry); // it says the same at another sign
    const text = sign.closest(".text");
    const beside = !vertical(text) && !folded(entry.parentElement)
      && entry.parentElement.getBoundingClientRect().left >= text.getBoundingClientRect().right;
    const space = document.createElement("span");
    space.className = "note-space";
    open.set(entry, { sign, space });
    entry.classList.add("open");
    entry.tabIndex = -1;
    reachable(entry, true);
    say(sign, true);
    const box = entry.getBoundingClientRect();
    if (!beside) sign.after(space);
    else if (box.top < 0 || box.bottom > innerHeight) {
      // Too far up or down in the margin: over the others, beside the line.
      const list = entry.parentElement.getBoundingClientRect();
      entry.classList.add("level");
      const from = entry.offsetParent.getBoundingClientRect();
      entry.style.insetBlockStart = `${sign.getBoundingClientRect().top - from.top}px`;
      entry.style.insetInlineStart = `${list.left - from.left}px`;
      entry.style.inlineSize = `${list.width}px`;
    }
    entry.classList.toggle("inset", !beside);
    place(entry);
    moved.observe(entry);
    moved.observe(text);
    if (entry.getBoundingClientRect().top > innerHeight - 24) entry.scrollIntoView({ block: "nearest", inline: "nearest" });
    return entry;
  };

  // --- opening and closing

  /** Goes on from a sign: with the focus, and without moving the page. */
  const back = (sign) => sign.focus({ preventScroll: true });
  const toggle = (sign, byKey) => {
    const entry = led(sign);
    if (entry && open.get(entry)?.sign === sign) back(close(entry));
    else if (entry && byKey) show(sign)?.focus({ preventScroll: true }); // to be read out
    else show(sign);
  };
  const within = (element, x, y) =>
    [...element.getClientRects()].some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
    /** @type {HTMLAnchorElement | null} */
    const sign = event.target.closest(SIGNS);
    if (sign) {
      event.preventDefault();
      // Its area for the finger reaches over its neighbours: whatever is itself under the finger comes first.
      const other = event.detail > 0 && !within(sign, event.clientX, event.clientY)
        && document.elementsFromPoint(event.clientX, event.clientY).map((element) => element.closest(".text a"))
          .find((link) => link && link !== sign && within(link, event.clientX, event.clientY));
      if (other) /** @type {HTMLAnchorElement} */ (other).click();
      else toggle(sign, event.detail === 0);
      return;
    }
    const entry = event.target.closest(".notes > li.open");
    if (entry && event.target.closest(".n")) {
      event.preventDefault();
      back(close(entry));
    }
    const button = event.target.closest(".unfold");
    if (button) unfold(button.nextElementSibling, button.getAttribute("aria-expanded") !== "true");
  });

  const unfold = (list, yes) => {
    list.classList.toggle("all", yes);
    list.previousElementSibling.setAttribute("aria-expanded", String(yes));
  };
  // What is found in a folded list, by the search of the browser or by a link to its words, is scrolled to.
  document.addEventListener("scroll", ({ target }) => {
    if (!(target instanceof Element) || !target.matches(".notes")) return;
    const [from, to] = [target.scrollTop, target.scrollLeft];
    target.scrollTo(0, 0);
    if ((from || to) && folded(target)) unfold(target, true);
  }, true);

  // --- keys: an open entry comes after its sign, and Escape or Enter closes it

  const stops = (root) => [...root.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility());
  document.addEventListener("keydown", (event) => {
    const { activeElement: at } = document;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const own = [...open].find(([entry, { sign }]) => entry.contains(at) || sign === at);
    if (event.key === "Escape" && open.size) back(close((own ?? [...open].at(-1))[0]));
    else if (event.key === "Enter" && own?.[0] === at) back(close(own[0]));
    else if (event.key === "Tab" && own) {
      const [entry, { sign }] = own;
      const inside = stops(entry);
      const after = () => stops(document).find((element) => sign.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
      const next = at === sign ? !event.shiftKey && inside[0]
        : event.shiftKey ? (at === entry || at === inside[0]) && sign
        : at === inside.at(-1) && after();
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  });

  // --- an address that names an entry opens it where it belongs

  const arrive = () => {
    const entry = entryOf(location.hash.slice(1));
    const sign = entry && document.querySelector(`${SIGNS}[href="#${CSS.escape(entry.id)}"]`);
    if (!sign) return;
    if (open.get(entry)?.sign !== sign) show(/** @type {HTMLAnchorElement} */ (sign));
    sign.scrollIntoView();
    back(sign);
  };
  for (const sign of document.querySelectorAll(SIGNS)) if (!sign.matches("[tabindex]")) say(sign, false);
  arrive();
  addEventListener("hashchange", arrive);
  // The received text has other line breaks.
  document.addEventListener("change", () => requestAnimationFrame(() => { for (const entry of open.keys()) place(entry); }));
})();
