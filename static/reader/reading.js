// @ts-check
// The reader's own ways: the settings, keys, the place last read, reading without a network. All can do without.
"use strict";
(() => {
  const root = document.documentElement;
  const panel = document.getElementById("settings");
  const { top, here } = panel.dataset;
  /** @param {string} name @returns {HTMLInputElement} */
  const box = (name) => panel.querySelector(`[name=${name}]`);
  const [keys, english, offline] = [box("keys"), box("english"), box("offline")];

  // --- what is chosen; theme.js has set the boxes as they were left

  const translate = async () => (await import(new URL(`${top}static/reader/english.js`, location.href).href)).translate(top);
  if (english.checked) translate();
  // The received readings change places with the emended ones.
  const received = /** @type {HTMLInputElement} */ (document.getElementById("s-received"));
  const swap = () => {
    root.classList.toggle("as-received", received.checked);
    for (const element of document.querySelectorAll("[data-received]")) {
      const text = element.textContent;
      element.textContent = element.dataset.received;
      element.dataset.received = text;
    }
  };
  if (received.checked) swap();
  panel.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target.type === "radio") {
      if (target.value) root.dataset[target.name] = target.value;
      else delete root.dataset[target.name];
      store.set(target.name, target.value);
    } else if (target.name === "offline") keep(target.checked);
    else if (!target.matches(".col")) {
      store.set(target.id || target.name, target.checked === target.defaultChecked ? "" : String(target.checked));
      if (target === received) swap();
      else if (target.name === "stacked" && target.checked) root.dataset.print = "stacked";
      else if (target.name === "stacked") delete root.dataset.print;
      else if (target === english && target.checked) translate();
      else if (target === english) location.reload();
    }
  });

  // --- the panels of the bar: closed by Escape, by a link in them, by what is done elsewhere

  const opened = () => /** @type {HTMLDetailsElement | null} */ (document.querySelector(".reach details[open], .bar details[open]"));
  const settings = /** @type {HTMLDetailsElement} */ (panel.closest("details"));
  const openSettings = () => {
    settings.open = true;
    settings.querySelector("summary").focus();
  };
  document.addEventListener("click", ({ target }) => {
    const open = opened();
    if (open && target instanceof Element && (!open.contains(target) || target.closest(".panel a"))) open.open = false;
  });
  addEventListener("keydown", (event) => {
    const open = opened();
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // --- without a network: only where the reader asks for it

  const state = document.getElementById("offline-state");
  const keep = async (wanted) => {
    state.textContent = "";
    try {
      if (wanted) {
        await navigator.serviceWorker.register(`${top}sw.js`);
        await navigator.serviceWorker.ready;
        state.textContent = state.dataset.ready;
      } else {
        for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
        for (const name of await caches.keys()) if (name.startsWith("annals ")) await caches.delete(name);
      }
      store.set("offline", wanted ? "true" : "");
    } catch {
      offline.checked = false;
      state.textContent = state.dataset.failed;
    }
  };

  // --- keys

  addEventListener("keydown", (event) => {
    const busy = event.isComposing || event.ctrlKey || event.metaKey || event.altKey
      || (event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]"));
    if (busy || !keys.checked) return;
    const follow = (selector) => document.querySelector(selector)?.click();
    if (event.key === "ArrowLeft" && !event.shiftKey && !root.matches(":has(#s-vertical:checked)")) follow("a[rel=prev]");
    else if (event.key === "ArrowRight" && !event.shiftKey && !root.matches(":has(#s-vertical:checked)")) follow("a[rel=next]");
    else if (event.key === "t") follow("a.toggle");
    else if (event.key === "h") follow(".site a.name");
    else if (event.key === "?") openSettings();
  });

  // --- a shared link may ask for vertical lines

  const vertical = /** @type {HTMLInputElement | null} */ (document.getElementById("s-vertical"));
  if (vertical && new URLSearchParams(location.search).get("view") === "vertical") vertical.checked = true;

  // --- the place last read: offered on the first page, never gone to

  const passages = document.querySelectorAll(".passage[data-id]");
  if (passages.length && !/^event\//.test(here)) {
    addEventListener("pagehide", () => {
      const seen = [...passages].find((passage) => passage.getBoundingClientRect().bottom > 120);
      store.set("last", JSON.stringify({ here, id: seen?.id ?? "", title: document.title.split(" · ")[0] }));
    });
  }
  const line = document.getElementById("last-place");
  if (line) {
    try {
      const { here: path, id, title } = JSON.parse(store.get("last"));
      if (typeof path !== "string" || !/^[a-z0-9/]+$/.test(path)) throw new Error("not a place of ours");
      const link = line.querySelector("a");
      link.href += `${path}${/^[\w.]+$/.test(id) ? `#${id}` : ""}`;
      link.textContent = title;
      line.hidden = false;
    } catch { /* nothing was read yet */ }
  }
})();
