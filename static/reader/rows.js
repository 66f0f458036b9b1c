// @ts-check
// Show only the rows of the tables of a page that have the typed words. Without it all rows are there.
"use strict";
(() => {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form.rows"));
  const input = form.querySelector("input");
  const output = form.querySelector("output");
  const rows = [...document.querySelectorAll("main tbody tr")];
  const filter = () => {
    const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = `${row.id} ${row.textContent}`.toLowerCase();
      const found = words.every((word) => text.includes(word));
      /** @type {HTMLElement} */ (row).hidden = !found;
      count += Number(found);
    }
    for (const section of document.querySelectorAll("main section")) {
      /** @type {HTMLElement} */ (section).hidden = !section.querySelector("tbody tr:not([hidden])");
    }
    output.value = words.length ? output.dataset.count.replace("{n}", String(count)) : "";
  };
  input.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter(); // the browser may have kept what was typed
})();
