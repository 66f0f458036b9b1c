// @ts-check
// Carries the reader's place along. Without it every page is complete.
"use strict";
(() => {
  const fragmentOf = (hash) => { try { return decodeURIComponent(hash.slice(1)); } catch { return ""; } };

  // The toggle: the same place in the other script. What the address names goes along while it is on the screen; else the
  // first passage that is. A sentence is then put at the height at which it stood.
  /** @type {HTMLAnchorElement | null} */
  const toggle = document.querySelector("a.toggle");
  const main = document.querySelector("main");
  const onScreen = (element) => {
    const head = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    return [...element.getClientRects()].some(({ top, bottom, left, right }) =>
      bottom > head + 12 && top < innerHeight && right > 0 && left < innerWidth && right > left);
  };
  const firstOnScreen = (selector) => [...main.querySelectorAll(selector)].find(onScreen);
  const atHead = () => main.getBoundingClientRect().top > 0;
  const address = () => ({ search: location.search, hash: location.hash });
  const look = () => {
    const sentence = firstOnScreen(".passage[id] .s[id]") ?? firstOnScreen(".passage[id]");
    const seen = { ...address(), share: scrollY / document.documentElement.scrollHeight };
    if (sentence) Object.assign(seen, { id: sentence.id, top: sentence.getBoundingClientRect().top });
    const named = [document.getElementById(fragmentOf(location.hash)), ...document.querySelectorAll(".s.is-target")];
    if (named.some((element) => element && onScreen(element))) return seen;
    const query = new URLSearchParams(location.search);
    query.delete("to"); // the end of a range that is out of sight
    return { ...seen, search: query.toString().replaceAll("%2C", ","), hash: firstOnScreen(".passage[id]")?.id ?? "" };
  };
  // The toggle stands at the head: who has just come up to it is brought back to where they were reading.
  let read;
  let resting;
  addEventListener("scroll", () => {
    if (read) read.left ??= Date.now();
    clearTimeout(resting);
    resting = setTimeout(() => { if (!atHead()) read = look(); }, 400);
  }, { passive: true });
  const place = () => (!atHead() ? look() : read && Date.now() - (read.left ?? Date.now()) < 10_000 ? read : address());
  const carry = ({ search, hash } = address()) => { toggle.search = search; toggle.hash = hash; };
  const restore = () => {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem("place"));
      sessionStorage.removeItem("place");
    } catch { /* as above */ }
    if (kept?.path !== location.pathname || kept.share === undefined) return;
    const sentence = kept.id && document.getElementById(kept.id);
    if (sentence) sentence.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" }); // lines may be vertical
    const top = sentence ? scrollY + sentence.getBoundingClientRect().top - kept.top : kept.share * document.documentElement.scrollHeight;
    scrollTo({ top, behavior: "instant" });
  };
  if (toggle) {
    carry();
    for (const type of ["hashchange", "popstate"]) addEventListener(type, () => carry());
    toggle.addEventListener("pointerdown", () => carry(place())); // it may be opened beside this page
    toggle.addEventListener("click", (event) => {
      const here = place();
      carry(here);
      store.set("script", toggle.hreflang);
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      try { sessionStorage.setItem("place", JSON.stringify({ ...here, path: toggle.pathname })); } catch { /* as above */ }
    });
    if (store.get("script") === toggle.hreflang) toggle.setAttribute("data-preferred", "");
    addEventListener("load", () => setTimeout(restore)); // WebKit goes to the fragment once more when the page is loaded
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
