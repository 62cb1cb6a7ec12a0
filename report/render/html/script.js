
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const once = read => {
    let text;
    return () => text ??= read();
  };
  const root = document.documentElement;
  root.classList.add("scripted");

  // What is filtered: problems, each a row and a section, and the rows of the
  // other tables, which go with the problems that they name.
  const problems = all("tr[data-problem]").map(row => {
    const link = one("a.id", row);
    const section = link && document.getElementById(link.hash.slice(1)).closest("details");
    const errors = one("td.number", row);
    return {
      row, section, errors, link,
      id: row.dataset.problem,
      category: row.dataset.category,
      slots: row.dataset.slots.split(" ").filter(Boolean).map(pair => pair.split(":").map(Number)),
      text: once(() => (row.textContent + " " + (section ? section.textContent : "")).toLowerCase()),
      total: errors.textContent,
    };
  });
  const others = all("table[data-name] tbody tr").map(row => ({
    row,
    name: row.closest("table").dataset.name,
    ids: all(".id", row).map(id => id.textContent),
    text: once(() => row.textContent.toLowerCase()),
  }));

  const search = one("#search");
  const boxes = all("input[name=category]");
  const chart = one(".chart");
  const from = one("#from");
  const until = one("#until");
  const bins = chart ? Number(chart.dataset.bins) : 0;
  const number = n => n.toLocaleString("en-US");

  boxes.forEach(box => { box.disabled = false; });

  const filtered = () => search.value.trim() !== "" || boxes.some(box => !box.checked) || ranged();
  const ranged = () => chart && (Number(from.value) > 0 || Number(until.value) < bins);

  function inRange(slots) {
    return slots.reduce((sum, [slot, n]) => slot >= from.value && slot < until.value ? sum + n : sum, 0);
  }

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const checked = new Set(boxes.filter(box => box.checked).map(box => box.value));
    const said = text => words.every(word => text().includes(word));
    const inScope = new Set();
    let shown = 0;
    let errors = 0;
    for (const p of problems) {
      const n = ranged() ? inRange(p.slots) : Number(p.errors.dataset.value);
      const known = boxes.some(box => box.value === p.category);
      const scope = n > 0 && (!known || checked.has(p.category));
      if (scope) {
        inScope.add(p.id);
      }
      const show = scope && said(p.text);
      p.row.hidden = !show;
      if (p.section) {
        p.section.hidden = !show;
      }
      const text = ranged() ? number(n) : p.total;
      if (p.errors.textContent !== text) {
        p.errors.textContent = text;
      }
      if (show) {
        shown++;
        errors += n;
      }
    }
    const counts = new Map();
    for (const o of others) {
      const show = said(o.text) && (o.ids.length === 0 || o.ids.some(id => inScope.has(id)));
      o.row.hidden = !show;
      const [matches, rows] = counts.get(o.name) || [0, 0];
      counts.set(o.name, [matches + Number(show), rows + 1]);
    }
    all(".plot rect[class]").forEach(rect => {
      const box = boxes.find(each => rect.classList.contains(each.value));
      rect.classList.toggle("off", Boolean(box) && !box.checked);
    });
    drawRange();
    const found = one("#found");
    if (!filtered()) {
      found.textContent = "";
      return;
    }
    const parts = [`${number(shown)} of ${number(problems.length)} problems, ${number(errors)} errors`];
    for (const name of ["fields", "requests"]) {
      if (counts.has(name)) {
        const [matches, rows] = counts.get(name);
        parts.push(`${number(matches)} of ${number(rows)} ${name}`);
      }
    }
    found.textContent = parts.join(" · ");
  }

  // The brush.
  const svg = "http://www.w3.org/2000/svg";
  const brush = chart && one(".plot").appendChild(document.createElementNS(svg, "rect"));

  function drawRange() {
    if (!chart) {
      return;
    }
    const start = Number(from.value);
    const end = Number(until.value);
    brush.setAttribute("class", "brush");
    brush.setAttribute("height", "100%");
    brush.setAttribute("x", `${100 * start / bins}%`);
    brush.setAttribute("width", ranged() ? `${100 * (end - start) / bins}%` : "0");
    const time = bin => {
      const iso = new Date(1000 * (Number(chart.dataset.first) + bin * Number(chart.dataset.step))).toISOString();
      return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
    };
    from.setAttribute("aria-valuetext", time(start));
    until.setAttribute("aria-valuetext", time(end));
    one("#range").textContent = ranged() ? `${time(start)} until ${time(end)} UTC` : "all times";
  }

  function choose(a, b) {
    from.value = Math.min(a, b);
    until.value = Math.max(a, b) + 1;
    apply();
  }

  if (chart) {
    const plot = one(".plot");
    const binAt = event => {
      const box = plot.getBoundingClientRect();
      const bin = Math.floor(bins * (event.clientX - box.left) / box.width);
      return Math.max(0, Math.min(bins - 1, bin));
    };
    let start = null;
    plot.addEventListener("pointerdown", event => {
      if (event.button === 0) {
        start = binAt(event);
        plot.setPointerCapture(event.pointerId);
      }
    });
    plot.addEventListener("pointermove", event => {
      if (start !== null && binAt(event) !== start) {
        choose(start, binAt(event));
      }
    });
    plot.addEventListener("pointerup", event => {
      if (start !== null) {
        choose(start, binAt(event));
      }
      start = null;
    });
    plot.addEventListener("pointercancel", () => { start = null; });
    from.addEventListener("input", () => {
      from.value = Math.min(from.value, bins - 1);
      until.value = Math.max(until.value, Number(from.value) + 1);
      apply();
    });
    until.addEventListener("input", () => {
      until.value = Math.max(until.value, 1);
      from.value = Math.min(from.value, until.value - 1);
      apply();
    });
  }

  function clear() {
    search.value = "";
    boxes.forEach(box => { box.checked = true; });
    if (chart) {
      from.value = 0;
      until.value = bins;
    }
    apply();
  }

  search.addEventListener("input", apply);
  boxes.forEach(box => box.addEventListener("change", apply));
  one("#clear").addEventListener("click", clear);

  // Sorting. Tables of problems become one.
  function joined(table) {
    const [first, ...more] = all("table.problems");
    if (!table.matches("table.problems")) {
      return table;
    }
    for (const other of more) {
      first.tBodies[0].append(...other.tBodies[0].rows);
      other.closest(".scroll").remove();
    }
    return first;
  }

  function sort(chosen) {
    const column = chosen.cellIndex;
    const table = joined(chosen.closest("table"));
    const heading = table.tHead.rows[0].cells[column];
    one("button", heading).focus();
    const isNumber = heading.classList.contains("number");
    const before = heading.getAttribute("aria-sort");
    const descending = before ? before === "ascending" : isNumber;
    all("th[aria-sort]", table).forEach(th => th.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const value = row => {
      const cell = row.cells[column];
      return isNumber ? Number(cell.dataset.value) : cell.textContent;
    };
    const compare = (a, b) => isNumber ? a - b : a < b ? -1 : Number(a > b);
    const rows = [...table.tBodies[0].rows].map(row => [value(row), row]);
    rows.sort(([a], [b]) => descending ? compare(b, a) : compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  }

  all("table.sortable thead th:not([data-fixed])").forEach(heading => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => sort(heading));
  });

  // Deep links: #P-… opens the problem, even one that is filtered out. Problems
  // without a section have a row.
  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    const place = target && target.closest("details.problem, tr[data-problem]");
    if (!place) {
      return;
    }
    if (place.hidden) {
      clear();
    }
    place.open = true;
    const first = one("summary, a", place);
    first.focus({ preventScroll: true });
    first.scrollIntoView();
  }
  addEventListener("hashchange", follow);
  document.addEventListener("click", event => {
    if (event.target.closest("a.id") && event.target.closest("a.id").hash === location.hash) {
      follow();
    }
  });

  // Keys.
  const help = one("#help");
  const single = one("#single");

  function step(by) {
    const shown = all("tr[data-problem]").filter(row => !row.hidden && one("a.id", row));
    if (shown.length === 0) {
      return;
    }
    const at = shown.indexOf(document.activeElement.closest("tr"));
    const next = at < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, at + by));
    one("a.id", shown[next]).focus();
  }

  const keys = {
    "/": () => search.focus(),
    "?": () => help.showModal(),
    j: () => step(1),
    k: () => step(-1),
  };

  document.addEventListener("keydown", event => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Escape") {
      clear();
      document.activeElement.blur();
      return;
    }
    if (event.target.matches("input[type=search]") || !single.checked || !Object.hasOwn(keys, event.key)) {
      return;
    }
    event.preventDefault();
    keys[event.key]();
  });
  one("#keys").addEventListener("click", () => help.showModal());
  one("#close").addEventListener("click", () => help.close());

  // Light and dark.
  const theme = one("#theme");
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const showTheme = () => theme.setAttribute("aria-pressed", String(dark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    showTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  showTheme();

  // Paper cannot be unfolded.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach(details => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach(details => { details.open = false; }));

  apply();
  follow();
  addEventListener("load", () => setTimeout(follow)); // browsers drop the focus when they go to a fragment
})();
