// What is wrong with the layout of the page as it stands, as a list of sentences. Empty: nothing.
// Run from the top of the page, where nothing sticks.
() => {
  const faults = [];
  const slack = 1; // px: rounding of fractional boxes
  const name = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const classes = typeof element.className === "string" && element.className.trim();
    return element.tagName.toLowerCase() + id + (classes ? `.${classes.split(/\s+/).join(".")}` : "");
  };
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > slack &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack;
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });

  // 1. No horizontal scroll.
  const page = document.scrollingElement;
  const wide = page.scrollWidth - window.innerWidth;
  if (wide > 0) {
    const culprits = [...document.body.querySelectorAll("*")]
      .filter((e) => shown(e) && e.getBoundingClientRect().right > window.innerWidth + slack)
      .slice(0, 3).map(name);
    faults.push(`scrolls sideways by ${wide} px: ${culprits.join(", ")}`);
  }

  // 2. No two boxes in the flow, children of one parent, lie over each other.
  const inFlow = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return shown(element) && box.width > slack && box.height > slack && style.position !== "absolute" &&
      style.position !== "fixed" && style.float === "none" && !/^(inline|contents|none|ruby|table-column)/.test(style.display);
  };
  for (const parent of [document.body, ...document.body.querySelectorAll("*")]) {
    if (parent.closest("svg")) continue;
    const boxes = [...parent.children].filter(inFlow).map((e) => [e, e.getBoundingClientRect()]);
    boxes.forEach(([a, boxA], i) => {
      for (const [b, boxB] of boxes.slice(i + 1)) {
        if (overlap(boxA, boxB)) faults.push(`${name(a)} lies over ${name(b)} in ${name(parent)}`);
      }
    });
  }

  // 3. No text is written over other text. Each line of each text node is taken
  //    as thick as its characters, not as its line box.
  const known = new Map([[document.body, false]]);
  const clipped = (element) => {
    if (!known.has(element)) {
      const { width, height } = element.getBoundingClientRect();
      const alone = (width <= 1 || height <= 1) && getComputedStyle(element).overflow !== "visible";
      known.set(element, alone || (element.parentElement !== null && clipped(element.parentElement))); // for screen readers only
    }
    return known.get(element);
  };
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !shown(parent) || clipped(parent)) continue;
    const style = getComputedStyle(parent);
    const em = parseFloat(style.fontSize) * 0.9;
    const upright = style.writingMode.startsWith("horizontal");
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const x = (box.left + box.right) / 2;
      const y = (box.top + box.bottom) / 2;
      const width = upright ? box.width : Math.min(box.width, em);
      const height = upright ? Math.min(box.height, em) : box.height;
      if (box.width <= slack || y < 0 || y > page.scrollHeight) continue;
      lines.push({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2, node });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, i) => {
    for (let j = i + 1; j < lines.length && lines[j].top < a.bottom; j += 1) {
      const b = lines[j];
      if (a.node !== b.node && overlap(a, b)) {
        faults.push(`“${a.node.data.trim().slice(0, 12)}” and “${b.node.data.trim().slice(0, 12)}” are written over each other in ${name(b.node.parentElement)}`);
      }
    }
  });

  // 4. No text is cut off at the edge of its box.
  for (const element of document.body.querySelectorAll("main *")) {
    const style = getComputedStyle(element);
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    if (hides && shown(element) && !clipped(element) && element.scrollWidth > element.clientWidth + slack) {
      faults.push(`${name(element)} cuts its text off`);
    }
  }
  return faults;
}
