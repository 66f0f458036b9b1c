// @ts-check
// Citing: the citations follow the sentence that the address names; what is selected can be copied as a link, as a
// quotation, or with where it is from. Without it, citations of the whole passage stand on the page as text.
"use strict";
(() => {
  const said = document.getElementById("said");
  if (!said) return;
  const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const permalink = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=cite-as]")).href;

  // --- the clipboard, which may refuse

  const copy = async (what, text, html, select) => {
    try {
      const types = { "text/plain": text, ...(html === text ? {} : { "text/html": html }) };
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
        Object.entries(types).map(([type, content]) => [type, new Blob([content], { type })])))]);
      said.textContent = fill(said.dataset.copied, { what });
    } catch {
      select();
      said.textContent = fill(said.dataset.refused, { what });
    }
    said.className = "said";
  };
  document.addEventListener("pointerdown", () => { said.className = "vh"; });
  document.addEventListener("click", () => { said.textContent = ""; }, true); // what is said again is announced again

  // --- the citations of the page

  const ESCAPES = { wikipedia_zh: (text) => text.replaceAll("=", "{{=}}"), wikipedia_en: (text) => text.replaceAll("=", "{{=}}") };
  const citations = [...document.querySelectorAll(".cite [data-format]")];
  const today = new Date();
  const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const place = (first, last) => ({
    id: (first ? `.${first}` : "") + (last && last !== first ? `-${last}` : ""),
    url: (last && last !== first ? `?to=s${last}` : "") + (first ? `#s${first}` : ""),
  });
  const number = (id) => (id && document.getElementById(id)?.matches(".one .s") ? /^s(\d+[a-z]?)$/.exec(id)?.[1] : "") || "";
  const own = citations[0]?.querySelector(".c-id, .c-key")?.textContent ?? citations.at(-1)?.querySelector(".c-key").textContent;
  let cited = place();
  const follow = () => {
    const first = number(location.hash.slice(1).split(":~:")[0]);
    const { id, url } = cited = place(first, first && number(new URLSearchParams(location.search).get("to")));
    for (const citation of citations) {
      const escape = ESCAPES[citation.dataset.format] ?? ((text) => text);
      for (const part of citation.querySelectorAll(".c-id, .c-key")) part.textContent = escape(own + id);
      for (const part of citation.querySelectorAll(".c-url")) part.textContent = escape(permalink + url);
      for (const part of citation.querySelectorAll(".c-addressed")) part.textContent = fill(part.dataset.form, { url: permalink + url });
    }
  };
  for (const part of document.querySelectorAll(".c-accessed")) part.textContent = fill(part.dataset.form, { accessed: date });
  const copyId = document.getElementById("copy-id");
  copyId?.addEventListener("click", () => {
    const words = document.querySelector("h1 ~ .span code");
    copy(copyId.textContent, own + cited.id, own + cited.id, () => getSelection().selectAllChildren(words));
  });
  // A link to the citations opens them.
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a[href='#cite']")) /** @type {HTMLDetailsElement} */ (document.getElementById("cite")).open = true;
  });
  if (citations.length) {
    follow();
    addEventListener("hashchange", follow);
  }
  for (const citation of citations) {
    citation.querySelector(".copy").addEventListener("click", () => {
      const words = citation.querySelector(".citation");
      const html = citation.querySelector("i") ? words.innerHTML : words.textContent;
      copy(citation.querySelector("dt").textContent, words.textContent, html, () => getSelection().selectAllChildren(words));
    });
  }

  // --- what is selected

  const bar = document.getElementById("quote");
  const idOf = (element) => element.dataset.s ?? (/^s\d/.test(element.id) ? `${element.closest(".passage").dataset.id}.${element.id.slice(1)}` : element.id);
  const letters = (range) => [...range.toString()].length;

  /** The sentences of a selection, each with the stretch of it that is selected, in code points; null if there are none. */
  const chosen = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const found = [];
    for (const element of document.querySelectorAll(".passage[data-id] .s")) {
      if (!range.intersectsNode(element)) continue;
      const inside = document.createRange();
      inside.selectNodeContents(element);
      const start = document.createRange();
      start.selectNodeContents(element);
      if (element.contains(range.startContainer)) {
        start.setEnd(range.startContainer, range.startOffset);
        inside.setStart(range.startContainer, range.startOffset);
      } else start.collapse(true);
      if (element.contains(range.endContainer)) inside.setEnd(range.endContainer, range.endOffset);
      const from = letters(start);
      if (inside.toString()) found.push({ element, from, to: from + letters(inside), text: inside.toString(), whole: element.textContent });
    }
    const works = new Set(found.map(({ element }) => idOf(element).split(".")[0]));
    return works.size === 1 ? found : null;
  };

  /** Address and id of the sentences from one to another: on their own page, or on the least that has both. */
  const placeOf = (parts) => {
    const split = (id) => [id.slice(0, id.lastIndexOf(".")), id.slice(id.lastIndexOf(".") + 1)];
    const [first, last] = [idOf(parts[0].element), idOf(parts.at(-1).element)];
    const [[passage, from], [other, to]] = [split(first), split(last)];
    const root = new URL(bar.dataset.top, location.href).href;
    if (passage === other) {
      const { id, url } = place(from, to);
      return { id: passage + id, url: `${root}${passage.replaceAll(".", "/")}/${url}` };
    }
    const [here, there] = [passage.split("."), other.split(".")];
    const shared = here.slice(0, here.findIndex((part, n) => part !== there[n]));
    return { id: `${first}-${last}`, url: `${root}${shared.join("/")}/?to=${last}#${first}` };
  };

  const trimmed = (text) => text.replace(/\s+/g, " ").trim();
  let source; // the page in the other script, once it was asked for
  const wordsOf = async (parts) => {
    if (document.getElementById("quote-source").getAttribute("aria-pressed") !== "true") return trimmed(parts.map(({ text }) => text).join(""));
    source ??= fetch(bar.dataset.other).then((response) => response.text()).then((html) => new DOMParser().parseFromString(html, "text/html"));
    const page = await source;
    return trimmed(parts.map(({ element, from, to, text }) => {
      const twin = element.id ? page.getElementById(element.id) : page.querySelector(`[data-s="${element.dataset.s}"]`);
      return twin ? [...twin.textContent].slice(from, to).join("") : text;
    }).join(""));
  };

  let parts = null;
  const offer = () => {
    if (bar.contains(document.activeElement)) return;
    parts = chosen();
    bar.hidden = !parts?.length;
    if (bar.hidden) return;
    document.getElementById("quote-what").textContent = placeOf(parts).id;
    bar.querySelector("[data-copy=exact]").hidden = parts.length > 1 || trimmed(parts[0].text) === trimmed(parts[0].whole);
    document.getElementById("quote-source").hidden = !parts.some(({ element }) => element.closest("[data-converted]"));
    bar.querySelector("textarea").hidden = true;
  };
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 150);
  });
  bar?.addEventListener("pointerdown", (event) => { if (!/** @type {Element} */ (event.target).closest("textarea")) event.preventDefault(); }); // the selection stays
  bar?.addEventListener("keydown", (event) => { if (event.key === "Escape") bar.hidden = true; });
  const inSource = document.getElementById("quote-source");
  inSource?.addEventListener("click", () => {
    inSource.setAttribute("aria-pressed", String(inSource.getAttribute("aria-pressed") !== "true"));
  });
  for (const button of bar?.querySelectorAll("[data-copy]") ?? []) {
    button.addEventListener("click", async () => {
      if (!parts?.length) return;
      const { id, url } = placeOf(parts);
      const quote = button.dataset.copy === "link" ? "" : await wordsOf(parts);
      const text = {
        link: () => url,
        words: () => quote,
        cited: () => fill(bar.dataset.cited, { quote, url, source: fill(parts[0].element.closest(".passage").dataset.source, { id }) }),
        exact: () => `${url}:~:text=${encodeURIComponent(trimmed(parts[0].text))}`,
      }[button.dataset.copy]();
      const field = bar.querySelector("textarea");
      await copy(button.textContent, text, text, () => {
        field.value = text;
        field.hidden = false;
        field.focus();
        field.select();
      });
    });
  }

  // One work can be selected without the others: where a selection begins in a text, the other columns and the notes
  // keep out of it.
  document.addEventListener("pointerdown", (event) => {
    const column = event.target instanceof Element && event.target.closest(".text") && event.target.closest(".account .passage[data-id]");
    const work = column && column.dataset.id.split(".")[0];
    for (const account of document.querySelectorAll(".account")) {
      const passage = account.querySelector(".passage[data-id]");
      account.classList.toggle("apart", Boolean(work) && (!passage || passage.dataset.id.split(".")[0] !== work));
    }
    document.documentElement.classList.toggle("one-work", Boolean(work));
  });
})();
