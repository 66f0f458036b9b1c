// @ts-check
// The words of the interface in English, put in where they stand alone. Texts, notes, addresses stay what they are.

const KEPT = ".text, .notes p, .notes .k, .head-notes dd, .prose-page, .received, .citation, .kwic, #who-card";
const DATES = "time, .span, .when p";
const MONTHS = "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split(" ");

// 1122年2月9日 as 9 Feb 1122, wherever it stands in a phrase.
const dated = (phrase) =>
  phrase.replace(/(?:(\d+)年)?(\d+)月(\d+)日/g, (_, year, month, day) => [day, MONTHS[month - 1], year].filter(Boolean).join(" "));

// What a phrase is in English: a word of the interface, a pattern with a number (第3句), dates, and these one after another.
const speaker = (words) => {
  const patterns = Object.entries(words).filter(([chinese]) => chinese.includes("{n}")).map(([chinese, english]) =>
    [new RegExp(`^${chinese.replace("{n}", "(\\d+)")}$`), english.replace("{n}", "$1")]);
  return (phrase, dates) => {
    if (words[phrase]) return words[phrase];
    const [pattern, english] = patterns.find(([one]) => one.test(phrase)) ?? [];
    if (pattern) return phrase.replace(pattern, english);
    if (!dates) return undefined;
    const said = phrase.split("，").map((part) => words[part] ?? dated(part)).join(", ");
    return said === phrase ? undefined : said;
  };
};

export const translate = async (top) => {
  const say = speaker(await (await fetch(`${top}data/english.json`)).json());
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const english = say(node.data.trim(), node.parentElement.closest(DATES));
    if (english && (node.parentElement.matches("[data-said]") || !node.parentElement.closest(KEPT))) found.push([node, english]);
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
      const english = say(element.getAttribute(name).trim());
      if (english && !element.closest(KEPT)) element.setAttribute(name, english);
    }
  }
};
