// Names that light up together and say who they are; what is shown, and remembered. Without it a name is a link.
"use strict";
(() => {
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* a private window remembers nothing */ } },
  };

  // A name under the pointer, in focus or tapped: all its forms on the page, and a line that says who or what it is.
  const card = document.getElementById("who-card");
  let lit = "";
  const light = (name) => {
    if (name === lit) return;
    for (const element of document.querySelectorAll(".nm.lit")) element.classList.remove("lit");
    lit = name;
    if (name) for (const element of document.querySelectorAll(`.nm[data-name="${CSS.escape(name)}"]`)) element.classList.add("lit");
    const who = name && document.getElementById(`who-${name}`);
    if (card) card.replaceChildren(...(who ? [...who.cloneNode(true).childNodes] : []));
  };
  const named = (target) => (target instanceof Element && target.closest(".nm")?.dataset.name) || "";
  document.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") light(named(event.target)); });
  document.addEventListener("focusin", (event) => light(named(event.target)));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") light(""); });
  // The first tap shows, the second follows the link. A tap brings the focus, which lights the name, before the click.
  let touched = false;
  let before = "";
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    before = lit;
  }, true);
  document.addEventListener("click", (event) => {
    const name = named(event.target);
    if (!touched || card?.contains(event.target)) return;
    if (name && name !== before) event.preventDefault();
    light(name);
  }, true);

  // Each box switches one layer; the received readings change places with the emended ones.
  for (const box of document.querySelectorAll(".show input")) {
    const kept = store.get(box.id);
    if (kept !== null) box.checked = kept === "true";
    box.addEventListener("change", () => store.set(box.id, String(box.checked)));
  }
  const received = document.getElementById("s-received");
  const swap = () => {
    document.documentElement.classList.toggle("as-received", received.checked);
    for (const element of document.querySelectorAll("[data-received]")) {
      const text = element.textContent;
      element.textContent = element.dataset.received;
      element.dataset.received = text;
    }
  };
  received?.addEventListener("change", swap);
  if (received?.checked) swap();
})();
