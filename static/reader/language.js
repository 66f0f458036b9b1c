// @ts-check
// The control beside the other script: the labels in English, or in Chinese again. What is chosen is kept by the box in the
// settings.
"use strict";
(() => {
  const control = document.getElementById("english");
  /** @type {HTMLInputElement} */
  const box = document.querySelector("input[name=english]");
  const show = () => {
    control.textContent = box.checked ? "中文" : "English";
    control.lang = box.checked ? "zh" : "en";
  };
  show();
  box.addEventListener("change", show);
  control.addEventListener("click", () => box.click());
})();
