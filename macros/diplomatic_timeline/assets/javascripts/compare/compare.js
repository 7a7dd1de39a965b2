/* Lays two events side by side on the page that has a form for it: those that its address names, as in
   `?a=2021-03-18-alaska&b=2024-04-24-beijing`. What a column says is in a script of each event
   (site/pages/compare.py), because browsers read no data from a folder. A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { words } = /** @type {any} */ (window).dtWords;

  /** @typedef {[place: number, name: string, cell: string, keys: string[][]]} Told an issue at an event */
  /** @typedef {{id: string, name: string, head: string, date: string[], issues: Told[]}} Column */

  /** Columns by their event, as their scripts bring them. @type {Map<string, Column>} */
  const columns = new Map();
  /** @type {any} */ (window).dtCompared = (/** @type {Column} */ column) => columns.set(column.id, column);

  /** @param {string} files @param {string} id @returns {Promise<Column>} */
  function fetched(files, id) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = files.replace("*", encodeURIComponent(id));
      script.onload = () => done(/** @type {Column} */ (columns.get(id)));
      script.onerror = () => failed(new Error(id));
      document.head.append(script);
    });
  }

  /** As `Compared.state` in views/comparison.py. @param {Told | undefined} a @param {Told | undefined} b */
  function stateOf(a, b) {
    if (!a || !b) return a ? "earlier" : "later";
    const both = a[3].map((keys, side) => [keys, b[3][side]]).filter(([first, second]) => first.length && second.length);
    if (!both.length) return "apart";
    return both.every(([first, second]) => first.some((key) => second.includes(key))) ? "same" : "changed";
  }

  /** @param {string} tag @param {string} html what our own templates made */
  function made(tag, html) {
    const element = document.createElement(tag);
    element.innerHTML = html;
    return element;
  }

  /** @param {Element} table @param {Column} earlier @param {Column} later */
  function show(table, earlier, later) {
    const [first, second] = [earlier, later].map((column) => new Map(column.issues.map((told) => [told[0], told])));
    const labels = { changed: words("compare.state.changed"), same: words("compare.state.same"), apart: words("compare.state.apart"),
      earlier: words("compare.only", { event: earlier.name }), later: words("compare.only", { event: later.name }) };
    const heads = /** @type {HTMLTableElement} */ (table).tHead?.rows[0].cells;
    [earlier, later].forEach((column, side) => heads && (heads[side + 1].innerHTML = column.head));
    const places = [...new Set([...first.keys(), ...second.keys()])].sort((a, b) => a - b);
    const rows = places.map((place) => {
      const [a, b] = [first.get(place), second.get(place)];
      const state = stateOf(a, b);
      const row = document.createElement("tr");
      row.className = `dt-compared__row dt-compared__row--${state}`;
      const name = made("th", /** @type {Told} */ (a || b)[1]);
      name.setAttribute("scope", "row");
      const label = Object.assign(document.createElement("span"), { className: "dt-compared__state", textContent: labels[state] });
      name.append(label);
      row.append(name, made("td", a ? a[2] : ""), made("td", b ? b[2] : ""));
      return row;
    });
    table.querySelector("tbody")?.replaceChildren(...rows);
  }

  async function start() {
    const part = /** @type {HTMLElement | null} */ (document.querySelector("[data-dt-compare]"));
    const asked = new URLSearchParams(location.search);
    const [a, b] = [asked.get("a"), asked.get("b")];
    const status = document.querySelector("[data-dt-compare-status]");
    const table = part?.querySelector("table");
    if (!part || !table || !status || !a || !b) return;
    const files = part.dataset.dtCompare || "";
    for (const select of document.querySelectorAll("[data-dt-choose] select")) {
      const { name } = /** @type {HTMLSelectElement} */ (select);
      const option = select.querySelector(`option[value="${CSS.escape(asked.get(name) || "")}"]`);
      if (option) /** @type {HTMLOptionElement} */ (option).selected = true;
    }
    try {
      const pair = await Promise.all([fetched(files, a), fetched(files, b)]);
      // The earlier one on the left, however they were chosen.
      pair.sort((one, other) => one.date.join().localeCompare(other.date.join()) || one.id.localeCompare(other.id));
      show(table, pair[0], pair[1]);
      status.textContent = "";
    } catch (error) {
      status.textContent = words("compare.missing", { event: /** @type {Error} */ (error).message });
    }
  }

  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
