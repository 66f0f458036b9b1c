// Asks the site's own search, outside a browser: reads a question a line from the standard input, as JSON, and writes
// its answer. The folder that holds data/search/ is the first argument, the script the second.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { open } from "./search/index.js";
import { nearest } from "./search/quotation.js";
import { sentencesOf } from "./search/show.js";

const [folder, script] = process.argv.slice(2);
let files = [];
const getJson = async (path) => {
  files.push(path);
  return JSON.parse(await readFile(`${folder}/data/search/${path}`, "utf8"));
};
const opening = performance.now();
const index = await open(script, getJson);
const opened = { ms: performance.now() - opening, files };
await index.loadNotes();

const id = async (line) => (await index.row(line.passage)).id;

/** Every hit, in the order of the stream: passage, what it was found in, the number of the note, place in the folded line. */
const find = async (text) => {
  const hits = await index.find(index.fold(text));
  return Promise.all(hits.map(async ({ line, offset }) => [await id(line), line.kind, line.note ?? 0, offset]));
};
/** What the page marks of every hit. */
const marked = async (text) => {
  const hits = await index.find(index.fold(text));
  const words = hits.map(async (hit) => {
    const shown = await index.read(hit.line);
    return sentencesOf(shown, [hit]).flatMap(({ spans }) => spans.map(([start, end]) => shown.text.slice(start, end)));
  });
  return (await Promise.all(words)).flat();
};
/** The places nearest to a text: passage, and how many characters differ. */
const near = async (text) => {
  const found = await nearest(index, index.fold(text));
  return Promise.all(found.map(async ({ start, distance }) => [await id(index.lineAt(start)), distance]));
};

const answers = {
  fold: async (text) => index.fold(text),
  find,
  marked,
  nearest: near,
  opened: async () => opened,
  // what a page of hits takes: how many there are, and the first of them read
  page: async (text) => {
    const hits = await index.find(index.fold(text));
    await Promise.all(hits.slice(0, index.page).map(({ line }) => index.read(line)));
    return hits.length;
  },
  // as the page does: what is there, or else what is near
  where: async (text) => {
    const hits = (await find(text)).filter(([, kind]) => kind !== "note");
    return hits.length ? hits : near(text);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [kind, text] = JSON.parse(line);
  files = [];
  index.files?.clear(); // as if it were the first question
  const start = performance.now();
  const answer = await answers[kind](text);
  process.stdout.write(`${JSON.stringify({ answer, ms: performance.now() - start, files })}\n`);
}
