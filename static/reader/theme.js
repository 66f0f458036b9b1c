// What the reader chose of light and print, before anything is drawn: loaded at once, so that nothing flashes.
"use strict";
// What only works with scripts has its place from the first: nothing moves when it begins to work.
document.documentElement.classList.add("scripted");
// A search that was asked for in the address: its answer takes the place of the indexes, and nothing jumps.
if (/[?&]q=[^&]/.test(location.search)) document.documentElement.dataset.asked = "";
try {
  const theme = localStorage.getItem("theme");
  if (/^(light|sepia|dark)$/.test(theme)) document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("stacked") === "true") document.documentElement.dataset.print = "stacked";
} catch { /* a private window remembers nothing */ }
