// The words of the interface in English, put in where they stand alone. Texts, notes, addresses stay what they are.
"use strict";

const KEPT = ".text, .notes p, .head-notes dd, .prose-page, .received, .citation, .kwic, #who-card";

export const translate = async (top) => {
  const words = await (await fetch(`${top}data/english.json`)).json();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const english = words[node.data.trim()];
    if (english && !node.parentElement.closest(KEPT)) found.push([node, english]);
  }
  for (const [node, english] of found) {
    const text = document.createElement("span");
    text.lang = "en";
    text.textContent = english;
    const [before, after] = [/^\s*/.exec(node.data)[0], /\s*$/.exec(node.data)[0]];
    if (node.parentElement.matches("option, title")) node.data = english;
    else node.replaceWith(before, text, after);
  }
  for (const name of ["aria-label", "placeholder"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      const english = words[element.getAttribute(name).trim()];
      if (english && !element.closest(KEPT)) element.setAttribute(name, english);
    }
  }
};
