// @ts-check
// A query that is a place: a year of the common era, a regnal year as a state or as a work counts it, a year of the cycle
// of sixty, an id. 天慶五年, 天庆5, 1115, 乙未, jinshi.2.tianfu4.5.1.3.

const DIGITS = "一二三四五六七八九";
const PASSAGE = /^([a-z][a-z0-9]*\.\d+\.\w+\.\w+\.\d+[a-z]?)(?:\.(\d+[a-z]?))?$/;

/** 元 is 1, 十五 15, 廿一 21, 5 5; NaN for what is no number. */
export const number = (text) => {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === "元" || text === "正") return 1;
  const match = /^(?:([二三四五六七八九])?(十)|(廿)|(卅))?([一二三四五六七八九])?$/.exec(text);
  if (!match || !text) return NaN;
  const [, times, ten, twenty, thirty, ones] = match;
  const tens = ten ? (times ? DIGITS.indexOf(times) + 1 : 1) : twenty ? 2 : thirty ? 3 : 0;
  return 10 * tens + (ones ? DIGITS.indexOf(ones) + 1 : 0);
};

/** The places that a query names: {path, label, why}. `about` is what the index says of years, eras and works. */
export const places = ({ years, eras, works }, fold, query) => {
  const id = PASSAGE.exec(query.trim());
  if (id) return [{ path: `${id[1].replaceAll(".", "/")}/${id[2] ? `#s${id[2]}` : ""}`, label: query.trim(), why: "" }];
  const folded = fold(query);
  const ganzhi = new Map(years);
  const found = [];
  const add = (year, why, after = "") => {
    if (ganzhi.has(year)) found.push({ path: `year/${year}/${after}`, label: `${year} ${ganzhi.get(year)}`, why });
  };
  const plain = /^(\d{3,4})年?$/.exec(folded);
  if (plain) add(Number(plain[1]), "");
  for (const [year, name] of years) if (fold(name) === folded.replace(/[年歲岁]$/, "")) add(year, "");
  const regnal = /^(\D+?)(元|[一二三四五六七八九十廿卅]+|\d+)年?(.*)$/.exec(folded);
  if (!regnal) return found;
  const [, name, count, rest] = regnal;
  const n = number(count);
  const month = /^(閏|闰)?(正|[一二三四五六七八九十]+|\d+)月$/.exec(rest);
  const after = month ? `#m${month[1] ? "r" : ""}${number(month[2])}` : "";
  for (const { code, names, first, last } of eras) {
    if (!names.some((form) => fold(form) === name) || !n || first + n - 1 > last) continue;
    const own = works.filter((work) => work.reckoning?.[code]).map((work) => [work.title, work.reckoning[code] + n - 1]);
    add(first + n - 1, "", after);
    for (const [title, year] of own) add(year, title, after);
  }
  return found;
};
