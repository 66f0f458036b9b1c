// @ts-check
// What the search page shows: elements made from answers. Text goes in as text, never as markup.

import { NOTE, RECEIVED } from "./index.js";
import { differences } from "./quotation.js";

const AROUND = 40; // characters shown on each side of a hit in a very long sentence
const QUOTATION = 8; // from as many characters on, a query is a quotation, and its source is cited

/** An element with attributes and children; null and undefined are left out. */
export const element = (name, attributes = {}, ...children) => {
  const made = name === "svg" || name === "rect"
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value != null) made.setAttribute(key, value);
  made.append(...children.flat(Infinity).filter((child) => child != null));
  return made;
};

/** Things by what they have in common, in the order in which each group begins. */
export const groups = (things, key) => {
  const found = new Map();
  for (const thing of things) {
    if (!found.has(key(thing))) found.set(key(thing), []);
    found.get(key(thing)).push(thing);
  }
  return found;
};

/** A phrase with its {…} filled in. */
export const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, key) => values[key]);

/** Where a place of a text is, in sentences given by their ends. */
const sentenceAt = (sentences, place) => sentences.find(([, end]) => place < end) ?? sentences.at(-1);

/** Hits of a line, one to a sentence, with what is shown of it: {number, last, from, to, spans}. */
export const sentencesOf = (shown, hits) => {
  const found = [];
  for (const { offset, length } of hits) {
    const start = shown.at[offset];
    const end = shown.ends[offset + length - 1];
    const [number, until] = sentenceAt(shown.sentences, start);
    const [last, to] = sentenceAt(shown.sentences, end - 1);
    const before = found.at(-1);
    if (before?.number === number) {
      before.spans.push([start, end]);
      [before.last, before.to] = [last, to];
    } else {
      const first = shown.sentences.findIndex((sentence) => sentence[1] === until);
      found.push({ number, last, from: first ? shown.sentences[first - 1][1] : 0, to, spans: [[start, end]] });
    }
  }
  return found;
};

/** The character from which a code unit of a folded text comes; nothing for the second unit of a pair. */
const characterAt = (text, at, place) =>
  (place > 0 && at[place] === at[place - 1] ? "" : String.fromCodePoint(text.codePointAt(at[place])));

/** A text from one place to another, with some stretches marked. */
const marked = (text, from, to, spans) => {
  const made = [];
  let place = from;
  for (const [start, end] of spans) {
    if (end <= place) continue;
    if (start > place) made.push(text.slice(place, start));
    made.push(element("mark", {}, text.slice(Math.max(start, place), end)));
    place = end;
  }
  return [...made, text.slice(place, to)];
};

/** Draws answers of one index, in the words of one script. */
export class Show {
  /** @param {{root: string, top: string}} places the ways up, to the root of the tree and of the site */
  constructor(index, words, places) {
    this.index = index;
    this.words = words;
    this.places = places;
  }

  address(row, number, last = number) {
    return `${row.id.replaceAll(".", "/")}/${last === number ? "" : `?to=s${last}`}#s${number}`;
  }

  /** How to cite a sentence, and its permalink: that of the Traditional tree, which both share. */
  citation(row, number) {
    const [slug, juan] = row.id.split(".");
    const work = this.index.works.find((candidate) => candidate.slug === slug);
    const link = new URL(this.places.top + this.address(row, number), location.href).href;
    const values = { work: work.title, juan: work.juans[juan], label: row.label, id: `${row.id}.${number}` };
    return element("p", { class: "source" }, fill(this.words.citation, values), " ", element("code", {}, link));
  }

  /** A line of the answer. `kind` says in what it was found. */
  hit(kind, row, number, last, label, text, ...more) {
    return element("li", { "data-passage": row.id, "data-sentence": number, "data-in": kind },
      element("a", { href: this.places.root + this.address(row, number, last) },
        element("small", {}, row.label, label ? ["　", element("span", { class: "k" }, label)] : null),
        element("span", {}, text)),
      more);
  }

  /** The hits of one line, a list item for every sentence. */
  async line(hits) {
    const { line } = hits[0];
    const shown = await this.index.read(line);
    const label = line.kind === RECEIVED ? this.words.received : shown.label;
    return sentencesOf(shown, hits).map(({ number, last, from, to, spans }) => {
      const start = to - from > 4 * AROUND ? Math.max(from, spans[0][0] - AROUND) : from;
      const end = to - from > 4 * AROUND ? Math.min(to, spans.at(-1)[1] + AROUND) : to;
      const text = [start > from ? "…" : null, marked(shown.text, start, end, spans), end < to ? "…" : null];
      const readings = line.kind === "text" ? this.readings(shown.row, spans) : null;
      const cited = hits[0].length >= QUOTATION && line.kind !== NOTE ? this.citation(shown.row, number) : null;
      return this.hit(line.kind, shown.row, number, line.kind === NOTE ? number : last, label, [text, readings], cited);
    });
  }

  /** What the transcription has where a hit was emended. */
  readings(row, spans) {
    const touched = (row.received ?? []).filter(([first, last, reading]) => reading.trim()
      && spans.some(([start, end]) => (first === last ? start < first && first < end : start < last && first < end)));
    return touched.map(([, , reading]) => element("small", { class: "k" }, ` ${fill(this.words.reads, { reading })}`));
  }

  /** A place near a quotation, with what differs. */
  async near({ start, end, distance, steps }, query) {
    const { folded, at } = this.index.folding.fold(query);
    const typed = (place) => (place < folded.length ? characterAt(query, at, place) : "");
    const set = (name, words) => (words ? element(name, {}, words) : null);
    const line = this.index.lineAt(start);
    const shown = await this.index.read(line);
    let here = { line, shown };
    const text = [];
    for (const { kind, query: asked, text: told } of differences(steps)) {
      if (kind === "added") {
        text.push(set("del", typed(asked)));
        continue;
      }
      const place = start + told;
      if (this.index.lineAt(place) !== here.line) {
        const next = this.index.lineAt(place);
        here = { line: next, shown: await this.index.read(next) };
      }
      const offset = place - here.line.start;
      if (offset >= here.line.length) {
        text.push("／"); // the end of a passage
        continue;
      }
      const character = characterAt(here.shown.text, here.shown.at, offset);
      const rest = place + 1 < end ? here.shown.text.slice(here.shown.ends[offset], here.shown.at[offset + 1]) : "";
      if (kind === "changed") text.push(set("del", typed(asked)));
      text.push(kind === "same" ? character : set("ins", character), rest);
    }
    const first = shown.at[start - line.start];
    const [number] = sentenceAt(shown.sentences, first);
    const across = this.index.lineAt(end - 1) === line ? null : this.words.across;
    const how = [line.kind === RECEIVED ? this.words.received : null, distance ? fill(this.words.differ, { n: distance }) : across];
    return this.hit("nearest", shown.row, number, number, how.filter(Boolean).join("　"), text, this.citation(shown.row, number));
  }

  /** The hits by year and, in a year, by work; each heading has its number. */
  async answer(hits, totals) {
    const lines = groups(hits, (hit) => hit.line);
    const items = await Promise.all([...lines.values()].map(async (own) => [own[0].line, await this.line(own)]));
    return [...groups(items, ([line]) => this.index.year(line.passage))].map(([year, ofYear]) =>
      element("section", { class: "facts", "aria-labelledby": `y${year}` },
        element("h2", { id: `y${year}`, tabindex: "-1" }, element("a", { href: `${this.places.root}year/${year}/` }, String(year)), this.many(totals.years.get(year))),
        [...groups(ofYear, ([line]) => this.index.work(line.passage))].map(([work, own]) => [
          element("h3", {}, this.index.works[work].title, this.many(totals.works.get(`${year} ${work}`))),
          element("ul", {}, own.map(([, made]) => made)),
        ])));
  }

  many(n) {
    return element("small", { class: "quiet" }, " ", element("span", { class: "num-t" }, String(n)));
  }

  /** How many in each year: a bar and a number, which leads to the hits. Years without any keep their place. */
  chart(years) {
    const { first, last } = this.index;
    const all = last - first < 60 ? Array.from({ length: last - first + 1 }, (_, n) => first + n) : [...years.keys()];
    const most = Math.max(...years.values());
    return element("ol", { class: "by-year" }, all.map((year) => {
      const n = years.get(year) ?? 0;
      const height = n ? Math.max(1.5, (30 * n) / most) : 0;
      const bar = element("svg", { width: 14, height: 30, "aria-hidden": "true" },
        element("rect", { width: 14, height, y: 30 - height }));
      const words = [bar, element("span", { class: "num-t" }, String(year)), element("b", { class: "num-t" }, n ? String(n) : "")];
      return element("li", {}, n ? element("a", { href: `#y${year}` }, words) : words);
    }));
  }

  /** The places that a query names, as links. */
  goto(places) {
    if (!places.length) return [];
    const links = places.map(({ path, label, why }) => [
      element("a", { class: "more goto", href: this.places.root + path }, label), why ? fill(this.words.own, { work: why }) : "", " "]);
    return [element("p", {}, this.words.goto, links)];
  }

  /** The names that a query is, each with what it is called elsewhere; `terms` are folded. */
  names(terms, queryWith) {
    const fold = (text) => this.index.fold(text);
    const made = [];
    const also = [];
    for (const name of this.index.names) {
      const forms = name.forms.flatMap(([, written]) => written);
      const folded = new Map([name.name, ...forms].map((form) => [fold(form), form]));
      const term = terms.find((candidate) => folded.has(candidate));
      const link = element("a", { href: `${this.places.root}name/${name.id}/` }, name.name);
      if (!term) {
        if (terms.some((candidate) => candidate.length > 1 && [...folded.keys()].some((form) => form.includes(candidate)))) also.push(link);
        continue;
      }
      const written = name.forms.map(([work, own]) => `${work}${this.words.writes}${own.join("、")}`).join("；");
      const others = new Map(forms.map((form) => [fold(form), form]));
      for (const form of others.keys()) if (terms.some((candidate) => form.includes(candidate))) others.delete(form);
      made.push(element("p", {}, link, `（${name.kind}）${written ? `：${written}` : ""}。`,
        [...others.values()].map((form) => [element("a", { class: "more add", href: queryWith(form) }, fill(this.words.add, { form })), " "])));
    }
    if (also.length) {
      const few = also.slice(0, 12).flatMap((link, n) => (n ? ["、", link] : [link]));
      made.push(element("p", {}, this.words.also, few, also.length > 12 ? "…" : null));
    }
    return made;
  }
}
