// @ts-check
// Carries the reader's place along. Without it every page is complete.
"use strict";
(() => {
  // The toggle: the same place in the other script, with fragment and query.
  /** @type {HTMLAnchorElement | null} */
  const toggle = document.querySelector("a.toggle");
  if (toggle) {
    const carry = () => { toggle.search = location.search; toggle.hash = location.hash; };
    carry();
    for (const type of ["hashchange", "popstate"]) addEventListener(type, carry);
    toggle.addEventListener("click", () => { carry(); store.set("script", toggle.hreflang); });
    if (store.get("script") === toggle.hreflang) toggle.setAttribute("data-preferred", toggle.dataset.last);
  }

  // The key / goes to the field of the search, unless something is being typed.
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    /** @type {HTMLInputElement | null} */
    const field = document.querySelector("input[type=search]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  // A fragment with a mark after it, as a full stop comes after an address in a sentence, still finds its place.
  const fragmentOf = (hash) => { try { return decodeURIComponent(hash.slice(1)); } catch { return ""; } };
  const fragment = fragmentOf(location.hash);
  const meant = fragment.replace(/[^\w-]+$/, "");
  if (meant !== fragment && !document.getElementById(fragment) && document.getElementById(meant)) location.replace(`#${meant}`);

  // A range: ?to=s5#s3 marks s3 to s5; on pages of many passages both are whole ids.
  const mark = () => {
    for (const element of document.querySelectorAll(".s.is-target")) element.classList.remove("is-target");
    const to = new URLSearchParams(location.search).get("to");
    const first = document.getElementById(fragmentOf(location.hash));
    if (first?.matches(".s, .passage")) {
      first.tabIndex = -1; // where a reader with a keyboard or a screen reader goes on from
      first.focus({ preventScroll: true });
    }
    const last = to && document.getElementById(to);
    if (!first?.matches(".s") || !last?.matches(".s")) return;
    const all = [...document.querySelectorAll(".s")];
    const [from, until] = [all.indexOf(first), all.indexOf(last)].sort((a, b) => a - b);
    for (const element of all.slice(from, until + 1)) element.classList.add("is-target");
  };
  mark();
  addEventListener("hashchange", mark);
})();
