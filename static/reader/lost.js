// @ts-check
// At an address that does not exist: the nearest that does. The fragment and the query go with it where it is the same.
"use strict";
(async () => {
  const near = document.getElementById("near");
  const root = new URL(near.dataset.root, location.href);
  const ENDS = /[\s.,;:!?'")\]}>。，、；：！？）」』”’》〉]+$/;

  /** An address as one may have meant it: small letters, no file name, no script, dots of an id as strokes. */
  const plain = (path) => {
    let text;
    try { text = decodeURIComponent(path); } catch { text = path; }
    text = text.toLowerCase().replace(ENDS, "").replace(/(^|\/)index\.html?$/, "$1").replace(/\.html?$/, "");
    return text.replace(/^hans(\/|$)/, "").split(/[/.]+/).filter(Boolean);
  };
  const distance = (one, other) => {
    let above = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i += 1) {
      const line = [i];
      for (let j = 1; j <= other.length; j += 1) {
        line.push(Math.min(above[j] + 1, line[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
      }
      above = line;
    }
    return above[other.length];
  };

  const path = location.pathname.startsWith(root.pathname) ? location.pathname.slice(root.pathname.length) : location.pathname.slice(1);
  const tree = /^hans(\/|$)/.test(path) ? "hans/" : "";
  const wanted = plain(path);
  const response = await fetch(new URL("data/addresses.json", root)).catch(() => null);
  if (!response?.ok) return;
  const addresses = await response.json();
  const known = new Set(addresses);
  const found = new Map(); // address → what goes after it
  const offer = (address, after = "") => { if (known.has(address) && !found.has(address)) found.set(address, after); };

  const whole = wanted.length ? `${wanted.join("/")}/` : "";
  if (wanted.length) offer(whole, location.search + location.hash);
  if (/^\d{3,4}$/.test(wanted.at(-1) ?? "")) offer(`year/${wanted.at(-1)}/`);
  if (wanted.length === 6) offer(`${wanted.slice(0, 5).join("/")}/`, `#s${wanted[5].replace(/^s/, "")}`); // the id of a sentence
  const like = addresses
    .map((address) => [distance(whole, address), address])
    .filter(([far, address]) => far <= Math.max(2, address.length / 5))
    .sort(([a], [b]) => a - b);
  for (const [, address] of like.slice(0, 3)) offer(address);
  for (let n = wanted.length - 1; n > 0; n -= 1) offer(`${wanted.slice(0, n).join("/")}/`);
  const offered = [...found].slice(0, 5);
  if (!offered.length) return;

  const items = await Promise.all(offered.map(async ([address, after]) => {
    const link = document.createElement("a");
    link.className = "more";
    link.href = new URL(tree + address + after, root).href;
    const page = await fetch(link.href).then((answer) => answer.text()).catch(() => "");
    link.textContent = new DOMParser().parseFromString(page, "text/html").title || address;
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  near.querySelector("ul").append(...items);
  near.querySelector("h2").hidden = false;
})();
