// @ts-check
// Puts the interface into English. data-t="key" marks an element whose whole text is that phrase, data-t-aria-label="key" an
// attribute: one Chinese phrase may be two things in English. Elsewhere a text is put into English if it consists of known
// phrases, names, numbers and dates, whoever wrote it; texts, notes and descriptions have other words, and stay.

const HAN = /[\u3400-\u9fff]/;
const WORD = /[\w\u3400-\u9fff”)]$/;
const NUMERAL = "[正元一二三四五六七八九十]";
const ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth".split(" ");
const MONTHS = "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split(" ");
const SEASONS = { 春: "spring", 夏: "summer", 秋: "autumn", 冬: "winter" };
const MARKS = { "，": ", ", "。": ". ", "：": ": ", "；": "; ", "、": ", ", "（": " (", "）": ") ", "\u3000": " ", "—": " – ", "\u2060": "" };
const MARK = /[，。：；、（）\u3000—\u2060]/g;
/** Texts of the works, sources, what is English or code already, and values of forms. */
const APART = ".text, .src, [lang=en], code, pre, script, style, svg, textarea"; // a picture has no room for longer words
/** Where 夏 is a season and not a state. */
const DATED = "h2, h3, h4, .crumbs";
/** Attributes that hold data, and not words for readers. */
const DATA = /^(?:data-(?:t|received|source|cited|name|site|citation|.*id)|title|value|content|href|class|id)$/;
/** Fields of phrases that words fill; numbers fill the others. */
const WORDS = new Set(["work", "what", "q", "form", "reading"]);

const capital = (word) => word.replace(/^./, (letter) => letter.toUpperCase());
/** A number in digits, or 1 to 99 in Chinese: 十二, 正, 元. */
const number = (written) => {
  if (/^\d+$/.test(written)) return Number(written);
  const digit = (character) => (/[正元]/.test(character) ? 1 : "〇一二三四五六七八九".indexOf(character || "〇"));
  const [tens, ones] = written.includes("十") ? written.split("十") : ["", written];
  return (written.includes("十") ? 10 * (digit(tens) || 1) : 0) + digit(ones);
};
const date = (/** @type {string} */ text) => {
  const day = /^(?:(\d+)年)?(\d+)月(\d+)日$/.exec(text);
  if (day) return [day[3], MONTHS[Number(day[2]) - 1], day[1]].filter(Boolean).join(" ");
  const month = /^([閏闰]?)(.+)月$/.exec(text);
  const ordinal = month && new RegExp(`^${NUMERAL}+$`).test(month[2]) && ORDINALS[number(month[2]) - 1];
  if (ordinal) return capital(`${month[1] && "intercalary "}${month[1] ? ordinal.toLowerCase() : ordinal} month`);
  const season = /^(是?)([春夏秋冬])$/.exec(text);
  if (season) return capital(`${season[1] && "that "}${SEASONS[season[2]]}`);
  return /^(\d+)年$/.exec(text)?.[1] ?? "";
};

export const translate = async (top) => {
  const { labels, phrases, names } = await (await fetch(`${top}data/english.json`)).json();
  const any = (list) => list.toSorted((a, b) => b.length - a.length).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const all = Object.keys(phrases);
  const patterns = all.filter((phrase) => /\{\w+\}/.test(phrase)).map((phrase) => {
    const parts = phrase.split(/\{(\w+)\}/);
    const pattern = parts.map((part, n) => (n % 2 ? (WORDS.has(part) ? "(.+?)" : `(\\d+|${NUMERAL}+)`) : any([part]))).join("");
    return { pattern: new RegExp(`^${pattern}$`), fields: parts.filter((_, n) => n % 2), english: phrases[phrase] };
  });
  const sentences = all.filter((phrase) => phrase.length > 3 && /[^\u3400-\u9fff]/.test(phrase) && !phrase.includes("{"));
  const pieces = new RegExp(`(${any(sentences)}|(?:\\d+年)?\\d+月\\d+日|\\d+年|「[^「」]*」|“[^“”]*”|[\\u3400-\\u9fff]+)`);
  const own = any([...names, ...all.filter((phrase) => /^[\u3400-\u9fff]{2,}$/.test(phrase))]);
  const token = new RegExp(`${own}|卷${NUMERAL}+|${NUMERAL}+年|[閏闰]?${NUMERAL}+月|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]|是?[春夏秋冬]|朔`, "g");

  /** A phrase or a date in English; empty if it is none. */
  const known = (text) => {
    if (phrases[text]) return phrases[text];
    for (const { pattern, fields, english } of patterns) {
      const found = pattern.exec(text);
      const filled = (field) => found[fields.indexOf(field) + 1];
      if (found) return english.replace(/\{(\w+)\}/g, (_, field) => (WORDS.has(field) ? said(filled(field)) : String(number(filled(field)))));
    }
    return date(text);
  };
  const joined = (words) => words.reduce((text, word) => text + (WORD.test(text) && /^[\w\u3400-\u9fff“]/.test(word) ? " " : "") + word, "");
  /** Phrases and names that run on: 大金國志見他處, 天輔六年; null if there is anything else. */
  const run = (text) => {
    const words = text.replace(token, "") ? null : text.match(token);
    return words && words.map((word) => (names.includes(word) || /[月年]$|^[甲乙丙丁戊己庚辛壬癸].$/.test(word) ? word : known(word) || word))
      .reduce((line, word) => line + (HAN.test(line.slice(-1)) && HAN.test(word[0]) || !line ? "" : " ") + word, "");
  };
  /** A text in English; itself if it has other words than those that are known. */
  const said = (text) => {
    const bare = text.trim();
    const whole = known(bare);
    if (whole) return text.replace(bare, () => whole);
    const parts = text.split(pieces).map((part, n) => {
      if (n % 2 === 0) return part.replace(MARK, (mark) => MARKS[mark]);
      return /^[「“]/.test(part) ? `“${part.slice(1, -1)}”` : known(part) || run(part);
    });
    return parts.includes(null) ? text : joined(parts).replace(/ {2,}/g, " ");
  };

  /** Spaces between what is English now and the words beside it. */
  const apart = (node) => {
    const [before, after] = [node.previousSibling, node.nextSibling];
    if (before && WORD.test(before.textContent) && /^[\w“(]/.test(node.textContent)) node.before(" ");
    if (after && /\w$/.test(node.textContent) && /^[\w\u3400-\u9fff“「]/.test(after.textContent)) node.after(" ");
  };
  const put = (/** @type {Element} */ root) => {
    for (const element of [root, ...root.querySelectorAll("*")]) {
      for (const { name, value } of element.attributes) {
        const key = element.getAttribute(`data-t-${name}`);
        if (labels[key]) element.setAttribute(name, labels[key].replace("{n}", element.getAttribute("data-n")));
        else if (HAN.test(value) && !DATA.test(name)) element.setAttribute(name, said(value));
      }
      const phrase = labels[element.getAttribute("data-t")]?.replace("{n}", element.getAttribute("data-n"));
      if (!phrase || element.getAttribute("lang") === "en") continue;
      element.textContent = phrase;
      element.setAttribute("lang", "en");
      apart(element);
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const changed = new Set();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = /** @type {Text} */ (node);
      if (!text.data.trim() || text.parentElement.closest(APART)) continue;
      if (names.includes(text.data.trim()) && !text.parentElement.closest(DATED)) continue;
      const english = said(text.data);
      if (english === text.data) continue;
      text.data = english;
      apart(text);
      changed.add(text.parentElement);
    }
    for (const element of changed) if (!HAN.test(element.textContent)) element.lang = "en";
  };
  put(document.body);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        const root = node instanceof Element ? node : node.parentElement;
        if (root?.isConnected && !root.closest(APART)) put(root);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
};
