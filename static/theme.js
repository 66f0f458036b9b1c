// What the reader chose of light and print, before anything is drawn: loaded at once, so that nothing flashes.
"use strict";
try {
  const theme = localStorage.getItem("theme");
  if (/^(light|sepia|dark)$/.test(theme)) document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("stacked") === "true") document.documentElement.dataset.print = "stacked";
} catch { /* a private window remembers nothing */ }
