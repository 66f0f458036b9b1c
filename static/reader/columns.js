// @ts-check
// The columns of a year: which works are shown, in what order, which is wide. Without it each can be hidden, and nothing is
// remembered.
"use strict";
(() => {
  // An address that is shared names those that are shown, as in "jinshi*,dajinguozhi". What is remembered names the works of
  // every page on which something was chosen, and only those are hidden that have a stroke: "jinshi*,-dajinguozhi". Values
  // from before have none: they give order and width.
  const controls = document.querySelector(".columns");
  if (!controls) return;
  const all = [...controls.querySelectorAll("[data-column]")].map((element) => element.dataset.column);
  const control = (work) => controls.querySelector(`[data-column="${work}"]`);
  const read = (text) => [...new Map((text ?? "").split(",").filter(Boolean).map((part) => {
    const work = part.replace(/^-|\*$/g, "");
    return [work, { work, wide: part.endsWith("*"), hidden: part.startsWith("-") }];
  })).values()];
  const write = (columns) => columns.map(({ work, wide, hidden }) => (hidden ? "-" : "") + work + (wide ? "*" : "")).join(",");
  const shown = () => columns.filter(({ hidden }) => !hidden);
  /** `list`, in which the works that are also in `ordered` stand as there, in the places that they have. */
  const arranged = (list, ordered) => {
    const found = ordered.filter(({ work }) => list.some((column) => column.work === work));
    const both = new Set(found.map(({ work }) => work));
    return list.map((column) => (both.has(column.work) ? { ...found.shift() } : { ...column }));
  };
  const usual = all.map((work) => ({ work, wide: false, hidden: false }));
  const asked = read(new URLSearchParams(location.search).get("columns")).filter(({ work }) => all.includes(work));
  let kept = read(store.get("columns"));
  let columns = asked.length
    ? [...asked, ...usual.filter(({ work }) => !asked.some((column) => column.work === work)).map((column) => ({ ...column, hidden: true }))]
    : arranged(usual, kept);
  if (!shown().length) for (const column of columns) column.hidden = false;

  const boxes = () => {
    for (const { work, wide, hidden } of columns) {
      control(work).querySelector("input").checked = !hidden; // the style hides the columns whose boxes are empty
      control(work).querySelector("[data-do=widen]").setAttribute("aria-pressed", String(wide && !hidden));
      /** @type {HTMLButtonElement} */ (control(work).querySelector("[data-do=forward]")).disabled = hidden || work === shown()[0].work;
    }
  };
  const show = () => {
    const works = shown().map(({ work }) => work);
    boxes();
    for (const row of document.querySelectorAll(".titles, .month")) {
      const cells = [...row.querySelectorAll(":scope > [data-work]")];
      const after = cells.at(-1)?.nextSibling ?? null;
      const shownCells = works.map((work) => cells.find((cell) => cell.dataset.work === work)).filter(Boolean);
      const inOrder = cells.filter((cell) => shownCells.includes(cell)).every((cell, n) => cell === shownCells[n]);
      if (!inOrder) for (const cell of shownCells) row.insertBefore(cell, after); // WebKit forgets a target that is moved
    }
    const body = document.body.classList;
    body.remove(...[...body].filter((name) => /^w\d+$/.test(name)));
    body.add(`w${works.length}`);
    body.toggle("many", works.length > 2);
    document.body.style.setProperty("--columns", shown().map(({ wide }) => `minmax(0, ${wide ? 2 : 1}fr)`).join(" "));
    for (const work of works) controls.append(control(work));
    for (const { work, hidden } of columns) if (hidden) controls.append(control(work));
  };

  /** Shows the columns that have what the address names, on this page only; whether any of them was hidden. */
  const reveal = () => {
    let fragment;
    try { fragment = decodeURIComponent(location.hash.slice(1)); } catch { fragment = ""; }
    const named = [fragment, new URLSearchParams(location.search).get("to") ?? ""]
      .map((id) => document.getElementById(id)?.closest(".account")?.dataset.work);
    const found = columns.filter(({ work, hidden }) => hidden && named.includes(work));
    for (const column of found) column.hidden = false;
    return found.length > 0;
  };

  /** Remembers what was chosen of a work, of the others their order, and puts what is shown into the address. */
  const change = (chosen) => {
    const before = new Map(kept.map((column) => [column.work, column]));
    const inOrder = arranged(arranged(usual, kept), shown()).map(({ work }) =>
      (work === chosen ? columns.find((column) => column.work === work) : before.get(work) ?? { work, wide: false, hidden: false }));
    const more = inOrder.filter(({ work }) => !before.has(work));
    kept = arranged([...kept, ...more], inOrder);
    store.set("columns", write(kept) === write(usual) ? "" : write(kept));
    const text = write(shown());
    const query = new URLSearchParams(location.search);
    if (text === write(usual)) query.delete("columns");
    else query.set("columns", text);
    history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query.toString().replaceAll("%2C", ",")}` : ""}${location.hash}`);
    show();
  };

  reveal();
  if (write(columns) !== write(usual)) show();
  else boxes();
  addEventListener("hashchange", () => {
    if (!reveal()) return;
    show();
    document.querySelector(":target")?.scrollIntoView();
  });
  controls.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const { column: work } = target.closest("[data-column]").dataset;
    const column = columns.find((candidate) => candidate.work === work);
    if (target.checked) columns = [...columns.filter((other) => other !== column), column];
    column.hidden = !target.checked && shown().length > 1;
    change(work);
  });
  controls.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    const { column: work } = button.closest("[data-column]").dataset;
    const visible = shown();
    const at = visible.findIndex((column) => column.work === work);
    if (at < 0) return;
    if (button.dataset.do === "widen") visible[at].wide = !visible[at].wide;
    else if (at > 0) {
      visible.splice(at - 1, 0, ...visible.splice(at, 1));
      columns = [...visible, ...columns.filter(({ hidden }) => hidden)];
    }
    change(work);
    button.focus();
  });
})();
