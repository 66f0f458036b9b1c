// @ts-check
// The index: where a folded string stands, in a corpus that is one file or, if it is large, many.
// The stream is the folded text of all lines, each ended by a line feed: first every passage as established, then the
// passages whose transcription reads otherwise, as received, then notes. No query has a line feed in it.

import { Folding } from "./fold.js";

export const TEXT = "text";
export const RECEIVED = "received";
export const NOTE = "note";
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITS = Uint8Array.from({ length: 128 }, (_, code) => Math.max(DIGITS.indexOf(String.fromCharCode(code)), 0));

/** The index of a tree. `getJson` fetches a path below data/search/. */
export const open = async (script, getJson) => {
  const data = await getJson(`${script}.json`);
  return data.passages ? new Whole(data, script, getJson) : new Divided(data, script, getJson);
};

/** Where the last of some ascending numbers is that is not above `value`. */
const last = (numbers, value) => {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
};

/** What both kinds of index have in common. `years` and `workOf` have an entry for every passage. */
class Index {
  /** @type {number[]} */
  years = [];
  /** @type {number[]} */
  workOf = [];

  constructor(data, script, getJson) {
    this.script = script;
    this.getJson = getJson;
    this.works = data.works;
    this.names = data.names;
    this.about = { years: data.years, eras: data.eras, works: data.works };
    this.release = data.release;
    this.folding = new Folding(data.fold);
    this.lines = []; // {start, kind, passage, note, changed}
    this.length = 0;
  }

  fold(text) {
    return this.folding.fold(text).folded;
  }

  addLine(line, length) {
    this.lines.push({ start: this.length, length, ...line });
    this.length += length + 1;
  }

  /** Call when all lines are there. */
  ready() {
    this.starts = this.lines.map((line) => line.start);
    this.first = this.years.reduce((a, b) => Math.min(a, b), Infinity);
    this.last = this.years.reduce((a, b) => Math.max(a, b), -Infinity);
    const remarks = this.lines.findIndex((line) => line.kind === NOTE);
    this.spoken = remarks < 0 ? this.length : this.lines[remarks].start; // where the texts end and notes begin
  }

  /** The line in which a place of the stream is. */
  lineAt(place) {
    return this.lines[last(this.starts, place)];
  }

  /**
   * Every place of a folded string in the stream: each kind of index has its own way.
   * @param {string} folded
   * @returns {Promise<number[]>}
   */
  async places(folded) {
    throw new Error(`no way to find ${folded}`);
  }

  /**
   * A passage as the data files have it: each kind of index has its own way.
   * @param {number} passage
   * @param {boolean} withNotes
   * @returns {Promise<any>}
   */
  async row(passage, withNotes) {
    throw new Error(`no way to read ${passage}${withNotes ? " with notes" : ""}`);
  }

  /** Every place of a folded string: {line, offset, length}. A received reading counts where it differs from the text. */
  async find(folded) {
    const hits = [];
    for (const place of folded ? await this.places(folded) : []) {
      const line = this.lineAt(place);
      const hit = { line, offset: place - line.start, length: folded.length };
      if (line.kind !== RECEIVED || differs(line.changed, hit.offset, hit.offset + hit.length)) hits.push(hit);
    }
    return hits;
  }

  year(passage) {
    return this.years[passage];
  }

  work(passage) {
    return this.workOf[passage];
  }

  /** A line as it is shown, and folded, with its sentences. */
  async read(line) {
    const row = await this.row(line.passage, line.kind === NOTE);
    const shown = show(row, line);
    return { row, ...shown, ...this.folding.fold(shown.text) };
  }

  /** The stream from one place to another. */
  async stretch(start, end) {
    const parts = [];
    for (let number = last(this.starts, start); number < this.lines.length && this.starts[number] < end; number += 1) {
      parts.push(`${(await this.read(this.lines[number])).folded}\n`);
    }
    const from = this.starts[last(this.starts, start)];
    return parts.join("").slice(start - from, end - from);
  }
}

/** Whether a stretch of a received line differs from the established text. `changed`: [first, last] of each difference. */
const differs = (changed, start, end) =>
  changed.some(([first, final]) => (first === final ? start < first && first < end : start < final && first < end));

/** What is shown of a line, with the sentences in it: [number, end]. */
const show = (row, line) => {
  if (line.kind === NOTE) {
    const [kind, sentence, text] = row.notes[line.note];
    return { text, label: kind, sentences: [[sentence, text.length]] };
  }
  let text = row.sentences.join("");
  let end = 0;
  const ends = row.sentences.map((sentence) => (end += sentence.length));
  if (line.kind === RECEIVED) {
    for (const [start, finish, reading] of [...row.received].reverse()) {
      text = text.slice(0, start) + reading + text.slice(finish);
      ends.forEach((place, n) => {
        if (place >= finish) ends[n] = place + reading.length - (finish - start);
      });
    }
  }
  const numbers = row.numbers ?? row.sentences.map((_, n) => String(n + 1));
  return { text, label: "", sentences: ends.map((place, n) => [numbers[n], place]) };
};

const changes = (row) => (row.received ?? []).filter((patch) => patch.length > 3).map((patch) => patch.slice(3));

/** A corpus that came whole. */
class Whole extends Index {
  constructor(data, script, getJson) {
    super(data, script, getJson);
    const slugs = new Map(data.works.map((work, n) => [work.slug, n]));
    this.rows = data.passages;
    this.years = this.rows.map((row) => row.year);
    this.workOf = this.rows.map((row) => slugs.get(row.id.split(".")[0]));
    this.stream = "";
    this.add(this.rows.map((_, passage) => ({ kind: TEXT, passage })));
    const received = this.rows.map((row, passage) => ({ kind: RECEIVED, passage, changed: changes(row) }));
    this.add(received.filter((line) => line.changed.length));
    /** @type {Promise<void> | undefined} */
    this.notes = undefined;
    this.page = 2000; // hits shown at once
    this.few = Infinity; // bigrams of a quotation that are looked up
    this.candidates = 8; // places that are compared with it
  }

  add(lines) {
    const folded = lines.map((line) => this.fold(show(this.rows[line.passage], line).text));
    lines.forEach((line, n) => this.addLine(line, folded[n].length));
    this.stream += folded.map((text) => `${text}\n`).join("");
    this.ready();
  }

  /** Notes are a file of their own, which an answer from the texts need not wait for. */
  loadNotes() {
    this.notes ??= this.getJson(`${this.script}.notes.json`).then((notes) => {
      for (const [passage, ...own] of notes) this.rows[passage].notes = own;
      this.add(notes.flatMap(([passage, ...own]) => own.map((_, note) => ({ kind: NOTE, passage, note }))));
    });
    return this.notes;
  }

  async row(passage) {
    return this.rows[passage];
  }

  async stretch(start, end) {
    return this.stream.slice(start, end);
  }

  /** Every place of a folded string in the stream. */
  async places(folded) {
    const found = [];
    for (let place = this.stream.indexOf(folded); place >= 0; place = this.stream.indexOf(folded, place + 1)) {
      found.push(place);
    }
    return found;
  }

  weight() {
    return 0;
  }
}

/** A corpus in blocks of passages, with the places of every two characters in files by the first of them. */
class Divided extends Index {
  constructor(data, script, getJson) {
    super(data, script, getJson);
    const { directory } = data;
    this.files = new Map();
    this.shards = directory.shards;
    this.blocks = directory.blocks;
    this.counts = new Map([...directory.characters].map((character, n) => [character, directory.counts[n]]));
    this.years = directory.years;
    this.workOf = this.years.map((_, passage) => last(directory.works, passage));
    directory.lengths.forEach((length, passage) => this.addLine({ kind: TEXT, passage }, length));
    for (const [passage, length, ...changed] of directory.received) {
      this.addLine({ kind: RECEIVED, passage, changed }, length);
    }
    for (const [passage, ...lengths] of directory.notes) {
      lengths.forEach((length, note) => this.addLine({ kind: NOTE, passage, note }, length));
    }
    this.page = 25;
    this.few = 7;
    this.candidates = 8;
    this.ready();
  }

  /** They came with the rest. */
  async loadNotes() {}

  file(path) {
    if (!this.files.has(path)) {
      const asked = this.getJson(path);
      asked.catch(() => this.files.delete(path));
      this.files.set(path, asked);
    }
    return this.files.get(path);
  }

  async row(passage, withNotes = false) {
    const block = last(this.blocks, passage);
    const number = passage - this.blocks[block];
    const rows = await this.file(`${this.script}/${block}.json`);
    if (!withNotes) return rows[number];
    const notes = await this.file(`${this.script}/${block}.notes.json`);
    return { ...rows[number], notes: notes[number] };
  }

  /** How often a character occurs. */
  weight(character) {
    return this.counts.get(character) ?? 0;
  }

  /** The places of a character, or of two. */
  async gram(gram) {
    const [first, second] = gram;
    if (!this.weight(first)) return [];
    const shard = await this.file(`grams/${first.codePointAt(0) % this.shards}.json`);
    const followers = shard[first] ?? {};
    if (second !== undefined) return decode(followers[second] ?? "");
    return Object.values(followers).flatMap(decode).sort((a, b) => a - b);
  }

  async places(folded) {
    const characters = [...folded];
    if (characters.length < 3) return this.gram(folded);
    const grams = characters.slice(1).map((second, n) => ({
      gram: characters[n] + second,
      offset: characters.slice(0, n).join("").length,
      weight: this.weight(characters[n]),
    }));
    // Two by two they cover a short query. Of a long one the rarest are looked up, and the text decides.
    const cover = characters.length <= 6;
    const chosen = cover
      ? grams.filter((_, n) => n % 2 === 0 || n === grams.length - 1)
      : [...grams].sort((a, b) => a.weight - b.weight).slice(0, 3);
    const lists = await Promise.all(chosen.map(async ({ gram, offset }) => {
      const places = await this.gram(gram);
      return places.map((place) => place - offset);
    }));
    lists.sort((a, b) => a.length - b.length);
    let found = lists[0];
    for (const list of lists.slice(1)) {
      const other = new Set(list);
      found = found.filter((place) => other.has(place));
    }
    if (cover) return found;
    const right = await Promise.all(found.map(async (place) => (await this.stretch(place, place + folded.length)) === folded));
    return found.filter((_, n) => right[n]);
  }
}

/** Ascending numbers from their differences, each in digits of six bits, of which one says that more follow. */
const decode = (text) => {
  const found = [];
  let [place, value, shift] = [0, 0, 0];
  for (let n = 0; n < text.length; n += 1) {
    const bits = BITS[text.charCodeAt(n)];
    value += (bits & 31) * 2 ** shift;
    if (bits & 32) shift += 5;
    else {
      place += value;
      found.push(place);
      [value, shift] = [0, 0];
    }
  }
  return found;
};
