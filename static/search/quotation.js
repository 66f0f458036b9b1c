// @ts-check
// Where a quotation comes from, though characters of it are wrong, missing or too many; and the nearest words to a
// query that stands nowhere.

const LONGEST = 2000; // characters of a quotation that are compared

/**
 * The places most like a folded query, the best first: {start, end, distance, steps}. Start and end are places of the
 * stream, `distance` is how many characters differ, `steps` lead from the query to the text.
 */
export const nearest = async (index, folded, count = 3) => {
  const query = folded.slice(0, LONGEST);
  const { spoken } = index;
  const slack = Math.max(2, Math.ceil(query.length * 0.15));
  const found = [];
  const starts = (await candidates(index, query, spoken)).slice(0, query.length > 500 ? 2 : index.candidates);
  for (const start of starts) {
    const from = Math.max(0, start - slack);
    const stretch = await index.stretch(from, Math.min(spoken, start + query.length + 2 * slack));
    const { distance, steps, skipped, length } = align(query, stretch);
    found.push({ start: from + skipped, end: from + skipped + length, distance, steps });
  }
  const most = query.length < 4 ? 1 : query.length / 2;
  const near = found.filter(({ distance, start, end }) => distance <= most && start < end);
  near.sort((a, b) => a.distance - b.distance || a.start - b.start);
  const exact = near.filter(({ distance }) => distance === 0); // over the end of a passage
  const kept = new Map(); // by passage, the best of each
  for (const place of exact.length ? exact : near) {
    const { passage } = index.lineAt(place.start);
    if (!kept.has(passage)) kept.set(passage, place);
  }
  return [...kept.values()].slice(0, count);
};

/** The longest parts of a folded query, two characters at least, that stand somewhere in the texts: [start, end] of each. */
export const parts = async (index, folded) => {
  const found = [];
  for (let start = 0; start < Math.min(folded.length, 60) - 1;) {
    let end = start + 1;
    while (end < folded.length && (await index.places(folded.slice(start, end + 1))).some((place) => place < index.spoken)) end += 1;
    if (end > start + 1) found.push([start, end]);
    start = end;
  }
  return found;
};

/** Places of the stream at which the query may begin: those on whose diagonals most of its rarer bigrams lie. */
const candidates = async (index, query, spoken) => {
  const size = query.length < 5 ? 1 : 2;
  let grams = Array.from({ length: query.length - size + 1 }, (_, offset) => ({ offset, gram: query.substr(offset, size) }));
  if (grams.length > index.few) {
    const rarest = Array.from({ length: index.few }, (_, n) => {
      const part = grams.slice((n * grams.length) / index.few, ((n + 1) * grams.length) / index.few);
      return part.sort((a, b) => index.weight(a.gram[0]) - index.weight(b.gram[0]))[0];
    });
    grams = rarest.filter(Boolean);
  }
  const lists = await Promise.all(grams.map(({ gram }) => index.places(gram)));
  const width = Math.max(4, Math.ceil(query.length / 4));
  const votes = new Map();
  lists.forEach((places, n) => {
    const weight = Math.log((2 + spoken) / (1 + places.length));
    let before = -Infinity;
    for (const place of places) {
      const band = Math.floor((place - grams[n].offset) / width);
      if (place >= spoken || band === before) continue;
      votes.set(band, (votes.get(band) ?? 0) + weight);
      before = band;
    }
  });
  const sums = [...votes].map(([band, vote]) => [band, vote + (votes.get(band + 1) ?? 0)]);
  sums.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return sums.map(([band]) => Math.max(0, band * width));
};

const SAME = 0;
const CHANGED = 1;
const ADDED = 2; // in the query, not in the text
const MISSING = 3; // in the text, not in the query

// What a difference costs. Two characters changed cost more than one added and one missing, so that what merely changed
// places is shown as the same.
const [CHANGE, SKIP] = [21, 20];

/** The stretch of a text that is nearest to the query, and how one becomes the other. The ends of lines cost nothing. */
export const align = (query, text) => {
  const [rows, columns] = [query.length + 1, text.length + 1];
  const steps = new Uint8Array(rows * columns);
  let above = new Int32Array(columns);
  for (let row = 1; row < rows; row += 1) {
    const line = new Int32Array(columns);
    line[0] = row * SKIP;
    steps[row * columns] = ADDED;
    for (let column = 1; column < columns; column += 1) {
      const same = query[row - 1] === text[column - 1];
      let best = above[column - 1] + (same ? 0 : CHANGE);
      let step = same ? SAME : CHANGED;
      const missing = line[column - 1] + (text[column - 1] === "\n" ? 0 : SKIP);
      if (missing < best) [best, step] = [missing, MISSING];
      if (above[column] + SKIP < best) [best, step] = [above[column] + SKIP, ADDED];
      line[column] = best;
      steps[row * columns + column] = step;
    }
    above = line;
  }
  let end = 0;
  for (let column = 1; column < columns; column += 1) if (above[column] < above[end]) end = column;
  const path = [];
  let [row, column, distance] = [rows - 1, end, 0];
  while (row > 0) {
    const step = steps[row * columns + column];
    path.push(step);
    if (step !== SAME && !(step === MISSING && text[column - 1] === "\n")) distance += 1;
    if (step !== MISSING) row -= 1;
    if (step !== ADDED) column -= 1;
  }
  path.reverse();
  // What is too much at either end stands for what the text has there, if it has anything.
  let begin = column;
  for (let n = path.findIndex((step) => step !== ADDED) - 1; n >= 0 && begin > 0 && text[begin - 1] !== "\n"; n -= 1) {
    path[n] = CHANGED;
    begin -= 1;
  }
  const kept = path.length - [...path].reverse().findIndex((step) => step !== ADDED);
  for (let n = kept; n < path.length && end < text.length && text[end] !== "\n"; n += 1) {
    path[n] = CHANGED;
    end += 1;
  }
  return { distance, steps: path, skipped: begin, length: end - begin };
};

/**
 * The characters of an aligned quotation in turn: {kind, query, text}, each a place in the query or in the text.
 * `kind` is same, changed, added (not in the text) or missing (from the quotation).
 */
export const differences = (steps) => {
  let [query, text] = [0, 0];
  return steps.map((step) => {
    const found = { kind: ["same", "changed", "added", "missing"][step], query, text };
    if (step !== MISSING) query += 1;
    if (step !== ADDED) text += 1;
    return found;
  });
};
