// @ts-check
// Vertical lines: a sheet that is turned by pages of whole lines, and a place that is kept when the lines change their
// direction. Without it, the sheet is moved sideways like any other that is wider than the window.
"use strict";
(() => {
  const sheet = document.getElementById("start");
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById("s-vertical"));
  const leaves = document.querySelector(".leaves");
  if (!sheet || !box || !leaves) return;
  const progress = leaves.querySelector("progress");
  const buttons = [...leaves.querySelectorAll("button")];
  const vertical = () => getComputedStyle(sheet).writingMode === "vertical-rl";
  const pitch = () => parseFloat(getComputedStyle(sheet).lineHeight);
  const edge = () => sheet.getBoundingClientRect().right;

  // --- turning

  const turn = (pages) => sheet.scrollBy({
    left: -pages * Math.max(1, Math.floor(sheet.clientWidth / pitch())) * pitch(),
    behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth",
  });
  const say = () => {
    const room = sheet.scrollWidth - sheet.clientWidth;
    progress.value = room > 0 ? -sheet.scrollLeft / room : 1;
    for (const button of buttons) button.disabled = Number(button.dataset.leaf) < 0 ? sheet.scrollLeft > -2 : -sheet.scrollLeft > room - 2;
    leaves.classList.toggle("turned", sheet.scrollLeft < -2);
  };
  for (const button of buttons) button.addEventListener("click", () => turn(Number(button.dataset.leaf)));
  sheet.addEventListener("scroll", say, { passive: true });
  addEventListener("resize", say);
  sheet.addEventListener("wheel", (event) => {
    if (!vertical() || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    const before = sheet.scrollLeft;
    sheet.scrollLeft -= event.deltaY;
    if (sheet.scrollLeft !== before) event.preventDefault(); // at its ends the page moves
  }, { passive: false });
  addEventListener("keydown", (event) => {
    const own = `input, textarea, select, dialog, [contenteditable]${event.key === " " ? ", button, summary" : ""}`; // of these
    const busy = event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
      || (event.target instanceof Element && event.target.closest(own));
    const pages = { ArrowLeft: 1, PageDown: 1, " ": 1, ArrowRight: -1, PageUp: -1 }[event.key];
    if (busy || !pages || !vertical()) return;
    event.preventDefault();
    turn(pages);
  });

  // --- the place

  /** The first sentence in sight, or null at the head of the page. */
  const seen = () => {
    const head = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    if (!vertical() && sheet.getBoundingClientRect().top > head) return null;
    const isSeen = vertical()
      ? ({ left }) => left < edge() - 4
      : ({ bottom }) => bottom > head + 4;
    return [...sheet.querySelectorAll(".s[id]")].find((sentence) => [...sentence.getClientRects()].some(isSeen)) ?? null;
  };
  const goTo = (element) => {
    if (vertical()) {
      leaves.scrollIntoView({ block: "end", behavior: "instant" });
      const { right, width } = element.getClientRects()[0];
      sheet.scrollBy({ left: right + (pitch() - width) / 2 - edge(), behavior: "instant" });
    } else element.scrollIntoView({ behavior: "instant" });
  };
  // A box is checked before its click is heard: look at the page as it was, before any other listener looks.
  let place = null;
  addEventListener("click", ({ target }) => {
    if (target !== box) return;
    box.checked = !box.checked;
    place = seen();
    box.checked = !box.checked;
  }, true);
  box.addEventListener("change", () => {
    if (place) goTo(place);
    say();
  });
  addEventListener("load", () => setTimeout(() => {
    const target = document.querySelector("#start :target");
    if (target && vertical()) goTo(target);
    say();
  }));
})();
