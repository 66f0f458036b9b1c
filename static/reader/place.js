// @ts-check
// Carries the reader's place along: into the other script, into the address, into the bar; and leads from place to place by
// single keys. Without it every page is complete.
"use strict";
(() => {
  const root = document.documentElement;
  const main = document.querySelector("main");
  const fragmentOf = (hash) => { try { return decodeURIComponent(hash.slice(1)); } catch { return ""; } };

  // --- where the reader is: what the address names while it is on the screen, else the first passage that is

  const head = () => parseFloat(getComputedStyle(root).scrollPaddingTop) || 0;
  const onScreen = (element) => {
    const edge = head() + 12;
    return [...element.getClientRects()].some(({ top, bottom, left, right }) =>
      bottom > edge && top < innerHeight && right > 0 && left < innerWidth && right > left);
  };
  const several = main.querySelectorAll(".passage[id]").length > 1;
  const firstOnScreen = (selector) => [...main.querySelectorAll(selector)].find(onScreen);
  const look = () => {
    const atHead = main.getBoundingClientRect().top > 0;
    const seen = { search: location.search, hash: location.hash, share: scrollY / root.scrollHeight };
    const sentence = atHead ? null : firstOnScreen(".passage[id] .s[id]") ?? firstOnScreen(".passage[id]");
    if (sentence) Object.assign(seen, { id: sentence.id, top: sentence.getBoundingClientRect().top });
    const named = [document.getElementById(fragmentOf(location.hash)), ...document.querySelectorAll(".s.is-target")];
    if (!main.querySelector(".passage[id]") || named.some((element) => element && onScreen(element))) return seen;
    const query = new URLSearchParams(location.search);
    query.delete("to"); // the end of a range that is out of sight
    // On its own page a passage is the page, so that its sentence is named.
    const there = atHead ? null : several ? firstOnScreen(".passage[id]") : sentence;
    return { ...seen, search: query.size ? `?${query.toString().replaceAll("%2C", ",")}` : "", hash: there ? `#${there.id}` : "" };
  };
  const restore = ({ id, top, share }) => {
    const sentence = id && document.getElementById(id);
    if (sentence) sentence.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" }); // lines may be vertical
    scrollTo({ top: sentence ? scrollY + sentence.getBoundingClientRect().top - top : share * root.scrollHeight, behavior: "instant" });
  };

  // --- the toggle: the same place in the other script, at the height at which it stood

  /** @type {HTMLAnchorElement | null} */
  const toggle = document.querySelector("a.toggle");
  const carry = ({ search, hash }) => {
    if (!toggle) return;
    toggle.search = search;
    toggle.hash = hash;
  };
  if (toggle) {
    toggle.addEventListener("pointerdown", () => carry(look())); // it may be opened beside this page
    toggle.addEventListener("click", (event) => {
      const here = look();
      carry(here);
      store.set("script", toggle.hreflang);
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      try { sessionStorage.setItem("place", JSON.stringify({ ...here, path: toggle.pathname })); } catch { /* refused */ }
    });
    if (store.get("script") === toggle.hreflang) toggle.setAttribute("data-preferred", "");
  }

  // --- the address follows the reading when it comes to rest, in the entry of the history that is there. Its state has the
  // line and its height: back, forward and reload lead there, though the lines may be others by then.

  const follow = () => {
    const here = look();
    carry(here);
    const { id, top, share } = here;
    const address = several ? location.pathname + here.search + here.hash : location.href;
    try { history.replaceState({ ...history.state, place: { id, top, share } }, "", address); } catch { /* too often, or refused */ }
  };
  let moving = 0;
  const rest = () => {
    if (moving) follow();
    clearTimeout(moving);
    moving = 0;
  };
  history.scrollRestoration = "manual";
  document.addEventListener("click", rest, true); // which may lead elsewhere
  addEventListener("load", () => setTimeout(() => { // WebKit goes to the fragment once more when the page is loaded
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem("place"));
      sessionStorage.removeItem("place");
    } catch { /* refused */ }
    const [{ type }] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    if (kept?.path === location.pathname && kept.share !== undefined) restore(kept);
    else if (/^(back_forward|reload)$/.test(type) && history.state?.place) restore(history.state.place);
    addEventListener("scroll", () => {
      clearTimeout(moving);
      moving = setTimeout(rest, 300);
    }, { passive: true });
  }));
  carry(location);
  addEventListener("hashchange", () => carry(location));
  addEventListener("popstate", ({ state }) => {
    if (state?.place) restore(state.place);
    else document.getElementById(fragmentOf(location.hash))?.scrollIntoView();
    carry(location);
  });

  // --- the contents in the bar say what is being read

  const now = document.getElementById("now");
  const idle = now?.textContent;
  const entries = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".toc .mo, .toc [data-now]"))]
    .map((link) => ({ link, target: document.getElementById(fragmentOf(link.hash)) })).filter(({ target }) => target);
  const current = () => entries.findLastIndex(({ target }) => target.getBoundingClientRect().top <= head() + 24);
  let said = -1;
  const say = () => {
    const at = current();
    if (at === said) return;
    said = at;
    now.textContent = at < 0 ? idle : entries[at].link.dataset.now ?? entries[at].link.textContent;
    entries.forEach(({ link }, n) => (n === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  };
  if (now) {
    let due = false;
    addEventListener("scroll", () => {
      if (!due) requestAnimationFrame(() => { due = false; say(); });
      due = true;
    }, { passive: true });
    say();
  }

  // --- keys: to the field of the search; from month to month, to the next note, to the other work

  const go = (element) => {
    if (!element) return;
    if (!element.matches("a, summary, button, [tabindex]")) element.tabIndex = -1; // where the keyboard goes on from
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start", behavior: "instant" });
  };
  const shown = (selector) => [...main.querySelectorAll(selector)].filter((element) => element.getClientRects().length);
  const moves = {
    j: () => go(entries[current() + 1]?.target),
    k: () => {
      const at = current();
      const begun = at >= 0 && entries[at].target.getBoundingClientRect().top < head() - 48;
      go(entries[begun ? at : at - 1]?.target);
    },
    n: () => {
      const marks = shown(".text a.ref");
      const from = marks.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      const mark = from < 0 ? marks.find((one) => one.getBoundingClientRect().top > head() - 16) : marks[from + 1];
      if (!mark) return;
      mark.focus({ preventScroll: true });
      mark.scrollIntoView({ block: "nearest", behavior: "instant" });
    },
    w: () => {
      const focused = document.activeElement.closest(".account");
      const accounts = shown(".account:not(.empty)");
      const here = focused && onScreen(focused) ? focused : accounts.find(onScreen);
      if (!here) return;
      const beside = accounts.filter((account) => account.parentElement === here.parentElement);
      const later = accounts.slice(accounts.indexOf(here) + 1);
      go(beside.length > 1 ? beside[(beside.indexOf(here) + 1) % beside.length] : later.find(({ dataset }) => dataset.work !== here.dataset.work));
    },
  };
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (event.key === "/") {
      /** @type {HTMLInputElement | null} */
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    } else if (Object.hasOwn(moves, event.key) && document.querySelector("#settings [name=keys]:checked")) moves[event.key]();
  });

  // --- a fragment with a mark after it, as a full stop comes after an address in a sentence, still finds its place

  const fragment = fragmentOf(location.hash);
  const meant = fragment.replace(/[^\w-]+$/, "");
  if (meant !== fragment && !document.getElementById(fragment) && document.getElementById(meant)) location.replace(`#${meant}`);

  // --- a range: ?to=s5#s3 marks s3 to s5; on pages of many passages both are whole ids

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
