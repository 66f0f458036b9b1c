// @ts-check
// The search page: asks the index what is typed, keeps the question in the address, shows the answer.

import { NOTE, open } from "./index.js";
import { nearest, parts as partsOf } from "./quotation.js";
import { places as placesOf } from "./goto.js";
import { Show, element, fill, groups } from "./show.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("search"));
const answer = document.getElementById("answer");
const count = document.getElementById("count");
const parts = Object.fromEntries(["names", "chart", "hits", "notes", "start"].map((id) => [id, document.getElementById(`search-${id}`)]));
const words = answer.dataset;
const title = document.title;
const places = { root: words.root, top: words.top };

const getJson = async (path) => {
  const response = await fetch(`${words.data}${path}`);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return response.json();
};

let index; // a promise, once somebody asks
const loaded = () => {
  index ??= open(words.script, getJson).then((made) => {
    performance.mark("search-index");
    return made;
  });
  index.catch(() => { index = undefined; });
  return index;
};

// --- the question and the address

const FIELDS = ["q", "work", "from", "to"];
const address = (values) => {
  const query = new URLSearchParams(FIELDS.map((name) => [name, values[name]]).filter(([, value]) => value));
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
};
const question = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]));
const readAddress = () => {
  const query = new URLSearchParams(location.search);
  for (const name of FIELDS) form.elements[name].value = query.get(name) ?? "";
  if (form.elements.work.selectedIndex < 0) form.elements.work.value = "";
};

/** What is typed, in the parts that | divides: any of them will do. */
const termsOf = (show, q) => {
  const terms = new Map(q.split(/[|｜]/).map((part) => [show.index.fold(part), part.trim()]));
  terms.delete("");
  return terms;
};

// --- the answer

const within = (show, { work, from, to }) => {
  const wanted = show.index.works.findIndex((candidate) => candidate.slug === work);
  return ({ line }) => {
    const year = show.index.year(line.passage);
    return (!work || show.index.work(line.passage) === wanted) && (!from || year >= Number(from)) && (!to || year <= Number(to));
  };
};

/** All hits of some terms in the order in which they are shown: year, work, text. */
const find = async (show, terms) => {
  const lists = await Promise.all([...terms.keys()].map((term) => show.index.find(term)));
  const { index: own } = show;
  return lists.flat().sort((a, b) =>
    own.year(a.line.passage) - own.year(b.line.passage) || own.work(a.line.passage) - own.work(b.line.passage)
    || a.line.passage - b.line.passage || a.line.start - b.line.start || a.offset - b.offset || b.length - a.length);
};

const tally = (show, hits) => {
  const [years, works] = [new Map(), new Map()];
  for (const { line } of hits) {
    const year = show.index.year(line.passage);
    const key = `${year} ${show.index.work(line.passage)}`;
    years.set(year, (years.get(year) ?? 0) + 1);
    works.set(key, (works.get(key) ?? 0) + 1);
  }
  return { years, works };
};

const clear = () => {
  for (const part of Object.values(parts)) part.replaceChildren(...(part === parts.start ? part.childNodes : []));
};

let asked = 0;
let answered; // the query of the address to which the answer on the page belongs
/** Something else is asked: what is still on its way is no longer wanted, and what is on the page not yet the answer. */
const ask = () => {
  answer.setAttribute("aria-busy", "true");
  return (asked += 1);
};
const respond = async () => {
  const turn = ask();
  const stale = () => turn !== asked;
  await respondTo(question(), stale);
  if (!stale()) answer.setAttribute("aria-busy", "false");
};
const respondTo = async (values, stale) => {
  answered = location.search;
  parts.start.hidden = Boolean(values.q);
  const shown = () => { delete document.documentElement.dataset.asked; };
  if (!values.q) shown();
  document.title = values.q ? `${values.q} · ${title}` : title;
  if (!values.q) {
    clear();
    count.textContent = "";
    return;
  }
  try {
    const show = new Show(await loaded(), words, places);
    const terms = termsOf(show, values.q);
    const all = (await find(show, terms)).filter((hit) => hit.line.kind !== NOTE);
    const hits = all.filter(within(show, values));
    const passages = new Set(hits.map((hit) => hit.line.passage)).size;
    const totals = tally(show, hits);
    const first = await show.answer(hits.slice(0, show.index.page), totals);
    if (stale()) return;
    clear();
    parts.names.replaceChildren(...show.goto(placesOf(show.index.about, (text) => show.index.fold(text), values.q)), ...show.names([...terms.keys()], (name) => address({ ...values, q: `${values.q}|${name}` })));
    if (hits.length) parts.chart.replaceChildren(show.chart(totals.years));
    parts.hits.replaceChildren(...first);
    if (hits.length > show.index.page) parts.hits.append(more(show, hits, totals, show.index.page));
    if (hits.length) count.textContent = fill(hits.length < all.length ? words.part : words.found, { n: hits.length, passages, all: all.length });
    else if (all.length) count.textContent = fill(words.elsewhere, { all: all.length });
    if (hits.length) shown();
    if (performance.getEntriesByName("search-answer").length === 0) performance.mark("search-answer");
    await show.index.loadNotes();
    const notes = (await find(show, terms)).filter((hit) => hit.line.kind === NOTE).filter(within(show, values));
    if (stale()) return;
    if (notes.length) await remarks(show, notes, !all.length);
    if (!all.length) await without(show, terms, values, notes.length, stale);
    shown();
  } catch (error) {
    if (stale()) return;
    clear();
    shown();
    count.textContent = words.failed;
    parts.start.hidden = false;
    console.error(error);
  }
};

/** The button that shows as many hits again. */
const more = (show, hits, totals, from) => {
  const button = element("button", { type: "button", class: "more" }, fill(words.more, { n: hits.length - from }));
  const line = element("p", { class: "more-line" }, button);
  button.addEventListener("click", async () => {
    const to = from + show.index.page;
    const made = await show.answer(hits.slice(from, to), totals);
    line.replaceWith(...made, ...(to < hits.length ? [more(show, hits, totals, to)] : []));
    made[0].querySelector("li a").focus();
  });
  return line;
};

/** What the editors say: asked for with a button, or shown where the texts say nothing. */
const remarks = async (show, notes, opened) => {
  const heading = element("h2", { id: "h-notes" }, words.notes, show.many(notes.length));
  const unfold = async () => {
    const list = element("ul", {});
    for (const own of groups(notes, (hit) => hit.line).values()) list.append(...await show.line(own));
    parts.notes.replaceChildren(element("section", { class: "facts", "aria-labelledby": "h-notes" }, heading, list));
  };
  if (opened) {
    await unfold();
    return;
  }
  const button = element("button", { type: "button", class: "more" }, fill(words.inNotes, { n: notes.length }));
  button.addEventListener("click", async () => {
    await unfold();
    parts.notes.querySelector("a").focus();
  });
  parts.notes.replaceChildren(element("p", { class: "more-line" }, button));
};

/** Nothing was found in the texts: what is nearest. */
const without = async (show, terms, values, notes, stale) => {
  const near = notes ? [] : await nearest(show.index, [...terms.keys()].join(""));
  const made = await Promise.all(near.map((place) => show.near(place, [...terms.values()].join(""))));
  if (stale()) return;
  if (near.length && near[0].distance === 0) count.textContent = words.same;
  else count.textContent = fill(near.length ? words.near : notes ? words.onlyNotes : words.none, { q: values.q, notes });
  if (near.length) {
    const legend = near[0].distance ? element("p", { class: "quiet" }, words.legend) : null;
    parts.hits.replaceChildren(element("section", { class: "facts", "aria-labelledby": "h-near" },
      element("h2", { id: "h-near" }, words.nearest), legend ?? "", element("ul", { class: "near" }, made)));
  } else if (!notes) {
    const smaller = await pieces(show, [...terms.values()].join(""), (q) => address({ ...values, q }));
    if (stale()) return;
    parts.hits.replaceChildren(...smaller);
    parts.start.hidden = false;
  }
};

/** Nothing is near either: what of the query stands somewhere, each part a link that asks for it. */
const pieces = async (show, query, linkTo) => {
  const { folded, at, ends } = show.index.folding.fold(query);
  const found = new Map((await partsOf(show.index, folded)).map(([start, end]) => [folded.slice(start, end), query.slice(at[start], ends[end - 1])]));
  const links = [...found.values()].map((part) => [element("a", { class: "more add", href: linkTo(part) }, part), " "]);
  return links.length ? [element("p", {}, words.parts, links)] : [];
};

// --- typing, sending, going back

let typing;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  const target = address(question());
  if (target !== location.pathname + location.search) history.pushState(null, "", target);
  respond();
});
form.addEventListener("input", (event) => {
  if (event.isComposing) return; // an input method is still at work
  clearTimeout(typing);
  ask();
  typing = setTimeout(() => {
    history.replaceState(null, "", address(question()));
    respond();
  }, 120);
});
form.addEventListener("compositionend", (event) => event.target.dispatchEvent(new Event("input", { bubbles: true })));
form.addEventListener("focusin", () => loaded().catch(() => {}), { once: true });
answer.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = /** @type {Element} */ (event.target).closest("a.add");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  readAddress();
  respond();
  form.elements.q.focus();
});
addEventListener("popstate", () => {
  if (location.search === answered) return; // only the fragment changed
  readAddress();
  respond();
});

readAddress();
respond();
