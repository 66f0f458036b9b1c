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
  const theme = store.get("theme") ?? "";
  if (/^(light|sepia|dark)$/.test(theme)) root.dataset.theme = theme;
  if (store.get("stacked") === "true") root.dataset.print = "stacked";
}
