// @ts-check
// The reader's own ways: theme, columns, keys, the place last read, reading without a network. All can do without.
"use strict";
(() => {
  const root = document.documentElement;
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("settings"));
  const { top, here } = dialog.dataset;
  const form = dialog.querySelector("form");
  const { theme, stacked, offline, keys, english } = form.elements;

  // --- what is chosen

  // One by one: `theme.value = ""` chooses none of them in Chromium and Safari.
  for (const choice of theme) choice.checked = choice.value === (root.dataset.theme ?? "");
  stacked.checked = store.get("stacked") === "true";
  keys.checked = store.get("keys") !== "off";
  english.checked = store.get("english") === "true";
  const translate = async () => (await import(new URL(`${top}static/reader/english.js`, location.href).href)).translate(top);
  if (english.checked) translate();
  offline.checked = store.get("offline") === "true";
  form.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target.name === "theme") {
      if (target.value) root.dataset.theme = target.value;
      else delete root.dataset.theme;
      store.set("theme", target.value);
    } else if (target.name === "stacked") {
      if (target.checked) root.dataset.print = "stacked";
      else delete root.dataset.print;
      store.set("stacked", target.checked ? "true" : "");
    } else if (target.name === "english") {
      store.set("english", target.checked ? "true" : "");
      if (target.checked) translate();
      else location.reload();
    } else if (target.name === "keys") store.set("keys", target.checked ? "" : "off");
    else if (target.name === "offline") keep(target.checked);
  });
  document.getElementById("open-settings").addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

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
    const busy = event.isComposing || event.ctrlKey || event.metaKey || event.altKey || dialog.open
      || (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]"));
    if (busy || !keys.checked) return;
    const follow = (selector) => document.querySelector(selector)?.click();
    if (event.key === "ArrowLeft" && !event.shiftKey && !root.matches(":has(#s-vertical:checked)")) follow("a[rel=prev]");
    else if (event.key === "ArrowRight" && !event.shiftKey && !root.matches(":has(#s-vertical:checked)")) follow("a[rel=next]");
    else if (event.key === "t") follow("a.toggle");
    else if (event.key === "h") follow(".site a.name");
    else if (event.key === "?") dialog.showModal();
  });

  // --- the columns: which, in what order, which is wide; "jinshi*,dajinguozhi" in the address and remembered

  const controls = document.querySelector(".columns");
  if (controls) {
    const all = [...controls.querySelectorAll("[data-column]")].map((element) => element.dataset.column);
    const control = (work) => controls.querySelector(`[data-column="${work}"]`);
    /** @returns {HTMLButtonElement} */
    const forward = (work) => control(work).querySelector("[data-do=forward]");
    const read = (text) => {
      const found = (text ?? "").split(",").map((part) => ({ work: part.replace("*", ""), wide: part.endsWith("*") })).filter(({ work }) => all.includes(work));
      return found.length ? found : all.map((work) => ({ work, wide: false }));
    };
    const write = (columns) => columns.map(({ work, wide }) => work + (wide ? "*" : "")).join(",");
    let columns = read(new URLSearchParams(location.search).get("columns") ?? store.get("columns"));
    const show = () => {
      const works = columns.map(({ work }) => work);
      for (const row of document.querySelectorAll(".titles, .month")) {
        const cells = [...row.querySelectorAll(":scope > [data-work]")];
        const after = cells.at(-1)?.nextSibling ?? null;
        for (const cell of cells) cell.hidden = all.includes(cell.dataset.work) && !works.includes(cell.dataset.work);
        for (const work of works) {
          const cell = cells.find((candidate) => candidate.dataset.work === work);
          if (cell) row.insertBefore(cell, after);
        }
      }
      const body = document.body.classList;
      body.remove(...[...body].filter((name) => /^w\d+$/.test(name)));
      body.add(`w${works.length}`);
      body.toggle("many", works.length > 2);
      document.body.style.setProperty("--columns", columns.map(({ wide }) => `minmax(0, ${wide ? 2 : 1}fr)`).join(" "));
      for (const work of all) {
        const own = columns.find((column) => column.work === work);
        control(work).querySelector("input").checked = Boolean(own);
        control(work).querySelector("[data-do=widen]").setAttribute("aria-pressed", String(Boolean(own?.wide)));
        forward(work).disabled = works.indexOf(work) < 1;
      }
      for (const { work } of columns) controls.append(control(work));
      for (const work of all) if (!works.includes(work)) controls.append(control(work));
    };
    const usual = write(read(""));
    const change = () => {
      const text = write(columns);
      store.set("columns", text === usual ? "" : text);
      const query = new URLSearchParams(location.search);
      if (text === usual) query.delete("columns");
      else query.set("columns", text);
      history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query.toString().replaceAll("%2C", ",")}` : ""}${location.hash}`);
      show();
    };
    if (write(columns) !== usual) show();
    else for (const work of all) forward(work).disabled = work === all[0];
    controls.addEventListener("change", (event) => {
      const target = /** @type {HTMLInputElement} */ (event.target);
      const { column } = target.closest("[data-column]").dataset;
      if (target.checked) columns.push({ work: column, wide: false });
      else if (columns.length > 1) columns = columns.filter(({ work }) => work !== column);
      change();
    });
    controls.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (!button) return;
      const at = columns.findIndex(({ work }) => work === button.closest("[data-column]").dataset.column);
      if (at < 0) return;
      if (button.dataset.do === "widen") columns[at] = { ...columns[at], wide: !columns[at].wide };
      else if (at > 0) columns.splice(at - 1, 0, ...columns.splice(at, 1));
      change();
      button.focus();
    });
  }

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
