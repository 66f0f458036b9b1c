// The one script of the reading pages. Without it every page is complete; it only carries the place along.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private window: nothing is remembered */ } },
  };

  // The toggle: same place in the other script, with fragment and query.
  const toggle = document.querySelector("a.toggle");
  const carry = () => { toggle.search = location.search; toggle.hash = location.hash; };
  if (toggle) {
    carry();
    for (const event of ["hashchange", "popstate"]) addEventListener(event, carry);
    toggle.addEventListener("click", () => { carry(); store.set("script", toggle.hreflang); });
    if (store.get("script") === toggle.hreflang) toggle.setAttribute("data-preferred", toggle.dataset.last);
  }

  // A range: ?to=s5#s3 marks s3 to s5; on pages of many passages both are whole ids.
  const mark = () => {
    for (const element of document.querySelectorAll(".s.is-target")) element.classList.remove("is-target");
    const to = new URLSearchParams(location.search).get("to");
    const first = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const last = to && document.getElementById(to);
    if (!first || !last || !first.matches(".s") || !last.matches(".s")) return;
    const all = [...document.querySelectorAll(".s")];
    const [from, until] = [all.indexOf(first), all.indexOf(last)].sort((a, b) => a - b);
    for (const element of all.slice(from, until + 1)) element.classList.add("is-target");
  };
  mark();
  addEventListener("hashchange", mark);

  // The same name elsewhere on the page lights up, under whatever form.
  const light = (name, on) => {
    if (name) for (const element of document.querySelectorAll(`[data-name="${CSS.escape(name)}"]`)) element.classList.toggle("lit", on);
  };
  const named = (event) => event.target instanceof Element ? event.target.closest(".nm")?.dataset.name : undefined;
  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(type, (event) => light(named(event), on));
  }

  // Choices of what is shown are remembered; the received readings change places with the emended ones.
  for (const box of document.querySelectorAll(".show input")) {
    const kept = store.get(box.id);
    if (kept !== null && box.id !== "s-received") box.checked = kept === "true";
    box.addEventListener("change", () => { if (box.id !== "s-received") store.set(box.id, String(box.checked)); });
  }
  document.getElementById("s-received")?.addEventListener("change", () => {
    for (const element of document.querySelectorAll("[data-received]")) {
      const text = element.textContent;
      element.textContent = element.dataset.received;
      element.dataset.received = text;
    }
  });
})();
