// @ts-check
// Puts the interface into English. Templates mark each phrase with its key in templates/words: data-t="key" on an element
// whose whole text it is, data-t-aria-label="key" for an attribute. Unmarked text (works, notes, addresses) is left alone.

const ATTRIBUTES = ["aria-label", "placeholder", "data-last"];
const DATES = "time, .span, .when p";
const NO_DATES = "[data-t], .text, .notes, .head-notes dd, .prose-page";
const MONTHS = "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split(" ");

/** 1122年2月9日 as 9 Feb 1122, wherever it stands in a phrase. */
const dated = (phrase) =>
  phrase.replace(/(?:(\d+)年)?(\d+)月(\d+)日/g, (_, year, month, day) => [day, MONTHS[month - 1], year].filter(Boolean).join(" "));

export const translate = async (top) => {
  const english = await (await fetch(`${top}data/english.json`)).json();
  const say = (key, element) => english[key]?.replace("{n}", element.dataset.n);
  for (const element of document.querySelectorAll("[data-t]")) {
    const phrase = say(element.dataset.t, element);
    if (!phrase) continue;
    element.textContent = phrase;
    element.lang = "en";
  }
  for (const name of ATTRIBUTES) {
    for (const element of document.querySelectorAll(`[data-t-${name}]`)) {
      const phrase = say(element.getAttribute(`data-t-${name}`), element);
      if (phrase) element.setAttribute(name, phrase);
    }
  }
  for (const element of document.querySelectorAll(DATES)) {
    if (element.closest(NO_DATES)) continue;
    for (const node of element.childNodes) {
      if (!(node instanceof Text)) continue;
      const phrase = dated(node.data);
      if (phrase !== node.data) node.data = phrase.replaceAll("，", ", ");
    }
  }
};
