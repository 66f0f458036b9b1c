// @ts-check
// What must be known before anything is drawn, so that nothing flashes or moves; and the store that all scripts share.
"use strict";

// What the reader chose, kept in this browser. A private window may refuse: then nothing is remembered.
const store = {
  /** @param {string} key */
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  /** An empty value forgets the key. @param {string} key @param {string} value */
  set(key, value) { try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* refused */ } },
};

{
  const root = document.documentElement;
  // What only works with scripts has its place from the first: nothing moves when it begins to work.
  root.classList.add("scripted");
  // A search that was asked for in the address: its answer takes the place of the indexes, and nothing jumps.
  if (/[?&]q=[^&]/.test(location.search)) root.dataset.asked = "";
  for (const [name, known] of Object.entries({ theme: /^(light|sepia|dark)$/, size: /^(small|large|huge)$/, lead: /^(tight|loose)$/ })) {
    const kept = store.get(name) ?? "";
    if (known.test(kept)) root.dataset[name] = kept;
  }
  if (store.get("stacked") === "true") root.dataset.print = "stacked";
  // The boxes of the settings stand before the text, and are as the reader left them before it is drawn. The columns of a
  // year, which an address may choose too, have a script of their own.
  new MutationObserver((_, observer) => {
    if (!document.querySelector("main")) return;
    observer.disconnect();
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#settings input:not(.col)"))) {
      const kept = store.get(box.id || box.name);
      if (box.type === "radio") box.checked = box.value === (root.dataset[box.name] ?? "");
      else box.checked = kept === null ? box.defaultChecked : kept === "true";
    }
  }).observe(document, { childList: true, subtree: true });
}
