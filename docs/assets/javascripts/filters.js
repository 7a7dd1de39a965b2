/* Narrows and orders the list after a `data-dt-filters` form; the state is the address's query.
   Everything comes from the page: the form's choices and the entries' data-dt-* marks (macros/facets.py).
   A classic script, because browsers load no module from a folder. */
(() => {
  "use strict";

  /** @typedef {{label: string, input: HTMLInputElement, line: HTMLElement, count: HTMLElement, found: number}} Choice */
  /** @typedef {{key: string, label: string, element: HTMLDetailsElement, choices: Map<string, Choice>}} Facet */
  /** @typedef {{element: HTMLElement, place: number, date: string, tokens: string[][], words: string, shown: boolean}} Entry */

  /** Letters without accents and case, and one kind of quotation mark. @param {string} text */
  const plain = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”„]/g, '"').replace(/\s+/g, " ").toLowerCase();

  /** The words and "exact phrases" of what a reader typed. @param {string} text */
  const terms = (text) => Array.from(plain(text).matchAll(/"([^"]+)"|[^\s"]+/g), (m) => m[1] || m[0]);

  /** @param {number} n */
  const number = (n) => n.toLocaleString(document.documentElement.lang || "en");

  /** @param {string} text @param {string} label @param {() => void} act */
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "dt-button";
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };

  /** Brings one form to life; returns what reads the address again. @param {HTMLFormElement} form */
  function panel(form) {
    const list = /** @type {HTMLElement} */ (form.nextElementSibling);
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`.dt-filters__${name}`));
    const [one, many] = (form.dataset.dtFilters || "").split(" ");
    const text = /** @type {HTMLInputElement} */ (part("text"));
    const order = /** @type {HTMLSelectElement} */ (part("order"));
    const own = order.options[0].value;

    /** @type {Facet[]} */
    const facets = Array.from(form.querySelectorAll("details"), (element) => {
      const choices = new Map();
      for (const input of element.querySelectorAll("input")) {
        const line = /** @type {HTMLElement} */ (input.parentElement);
        const label = line.querySelector(".dt-choice__label").textContent;
        choices.set(input.value, { label, input, line, count: line.querySelector(".dt-choice__count"), found: 0 });
      }
      return { key: element.dataset.dtFacet || "", label: element.querySelector("summary").textContent, element, choices };
    });
    /** @type {Entry[]} */
    const entries = Array.from(list.querySelectorAll("[data-dt-item]"), (element, place) => ({
      element,
      place,
      date: element.getAttribute("data-dt-date") || "",
      tokens: facets.map((f) => (element.getAttribute(`data-dt-${f.key}`) || "").split(" ").filter(Boolean)),
      words: "",
      shown: true,
    }));
    const groups = Array.from(list.querySelectorAll("[data-dt-group]"));
    let sorted = own;
    let typing = false;

    const wordsOf = (/** @type {Entry} */ e) => (e.words = e.words || plain(e.element.textContent || ""));
    // A long list's words are read while nothing else happens, so that the first letter typed does not wait.
    const later = window.requestIdleCallback || ((/** @type {() => void} */ f) => setTimeout(f, 20));
    const read = (from = 0) => {
      if (!form.isConnected) return;
      entries.slice(from, from + 100).forEach(wordsOf);
      if (from + 100 < entries.length) later(() => read(from + 100));
    };

    const sort = () => {
      if (order.value === sorted) return;
      sorted = order.value;
      const turn = sorted === "newest" ? -1 : 1;
      /** @type {(a: Entry, b: Entry) => number} */
      const compare =
        sorted === own ? (a, b) => a.place - b.place
        : own === "newest" ? (a, b) => b.place - a.place
        : (a, b) => turn * (a.date < b.date ? -1 : a.date > b.date ? 1 : 0) || a.place - b.place;
      const parents = new Set();
      for (const entry of entries.slice().sort(compare)) {
        const parent = entry.element.parentElement;
        parent.append(entry.element);
        if (parent !== list) parents.add(parent);
      }
      list.append(...parents);
    };

    /** Shows what the form says. */
    const show = () => {
      const wanted = facets.map((f) => new Set(Array.from(f.choices.keys()).filter((id) => f.choices.get(id)?.input.checked)));
      const asked = terms(text.value);
      const without = new Array(facets.length + 1).fill(0);
      for (const facet of facets) for (const choice of facet.choices.values()) choice.found = 0;
      const alive = new Set();
      let found = 0;
      for (const entry of entries) {
        // An entry that fails one filter only is what that filter's other choices would leave.
        let fails = 0, last = -1;
        for (let i = 0; i < facets.length && fails < 2; i++) {
          if (wanted[i].size && !entry.tokens[i].some((t) => wanted[i].has(t))) fails++, (last = i);
        }
        if (fails < 2 && asked.length && !asked.every((t) => wordsOf(entry).includes(t))) fails++, (last = facets.length);
        if (fails === 0) found++, alive.add(entry.element.parentElement);
        if (fails === 1) without[last]++;
        if (fails < 2) {
          for (let i = 0; i < facets.length; i++) {
            if (fails && i !== last) continue;
            for (const token of entry.tokens[i]) {
              const choice = facets[i].choices.get(token);
              if (choice) choice.found++;
            }
          }
        }
        if (entry.shown !== (fails === 0)) entry.element.hidden = !(entry.shown = fails === 0);
      }
      for (const group of groups) /** @type {HTMLElement} */ (group).hidden = !alive.has(group);
      sort();

      const chips = [];
      /** @type {(string | HTMLElement)[]} */
      const ways = [];
      /** @param {string} name @param {number} left @param {() => void} act */
      const way = (name, left, act) => left && ways.push(ways.length ? " · " : "", button(name, "", act), ` (leaves ${number(left)})`);
      facets.forEach((facet, i) => {
        facet.element.classList.toggle("dt-facet--used", wanted[i].size > 0);
        const names = [];
        for (const choice of facet.choices.values()) {
          choice.count.textContent = number(choice.found);
          choice.line.classList.toggle("dt-choice--none", !choice.found);
          if (!choice.input.checked) continue;
          const name = `${facet.label}: ${choice.label}`;
          names.push(choice.label);
          chips.push(button(name, `Remove the filter ${name}`, () => drop([choice])));
        }
        way(`${facet.label}: ${names.join(", ")}`, without[i], () => drop(facet.choices.values()));
      });
      if (asked.length) {
        const name = `Words: ${text.value.trim()}`;
        chips.push(button(name, `Remove the filter ${name}`, () => drop([], true)));
        way(name, without[facets.length], () => drop([], true));
      }
      for (const chip of chips) chip.classList.add("dt-button--drop");
      if (chips.length > 1) chips.push(button("Clear all", "", clear));
      part("chosen").replaceChildren(...chips);

      const total = `${number(entries.length)} ${entries.length === 1 ? one : many}`;
      const said = chips.length ? `${number(found)} of ${total}` : total;
      if (part("count").textContent !== said) part("count").textContent = said;
      const none = part("none");
      none.hidden = found > 0;
      none.replaceChildren();
      if (!found) {
        none.append(`No ${one} matches all of these. `);
        if (ways.length) none.append("Without one of them: ", ...ways);
        else none.append("More than one has to go. ", button("Clear all", "", clear));
      }
    };

    /** @param {boolean} push whether Back returns to what was shown before */
    const changed = (push) => {
      show();
      const query = new URLSearchParams(location.search);
      for (const key of [...facets.map((f) => f.key), "text", "order"]) query.delete(key);
      for (const { key, choices } of facets) for (const c of choices.values()) if (c.input.checked) query.append(key, c.input.value);
      if (text.value.trim()) query.set("text", text.value.trim());
      if (order.value !== own) query.set("order", order.value);
      const address = location.pathname + (query.size ? `?${query}` : "") + location.hash;
      if (query.toString() !== new URLSearchParams(location.search).toString()) history[push ? "pushState" : "replaceState"](history.state, "", address);
    };

    /** @param {Iterable<Choice>} choices @param {boolean} [words] */
    const drop = (choices, words) => {
      for (const choice of choices) choice.input.checked = false;
      if (words) text.value = "";
      typing = false;
      changed(true);
      // The button that was pressed is gone; the next of its kind takes the focus.
      const next = /** @type {HTMLElement} */ (form.querySelector(".dt-filters__state button") || form.querySelector("summary") || text);
      next.focus();
    };
    const clear = () => drop(facets.flatMap((f) => Array.from(f.choices.values())), true);

    const fromAddress = () => {
      const query = new URLSearchParams(location.search);
      for (const { key, choices } of facets) {
        const asked = new Set(query.getAll(key));
        for (const { input } of choices.values()) input.checked = asked.has(input.value);
      }
      text.value = query.get("text") || "";
      order.value = query.get("order") || own;
      if (order.selectedIndex < 0) order.value = own;
      typing = false;
      show();
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      if (event.target === text) return;
      typing = false;
      changed(true);
    });
    let wait = 0;
    text.addEventListener("input", () => {
      clearTimeout(wait);
      wait = window.setTimeout(() => {
        // One step back for what was typed in one go.
        changed(!typing);
        typing = true;
      }, 120);
    });
    form.addEventListener("keydown", (event) => {
      const open = form.querySelector("details[open]");
      if (event.key !== "Escape" || !open) return;
      open.removeAttribute("open");
      open.querySelector("summary").focus();
    });
    form.addEventListener("focusout", (event) => {
      const open = form.querySelector("details[open]");
      if (open && event.relatedTarget && !open.contains(/** @type {Node} */ (event.relatedTarget))) open.removeAttribute("open");
    });
    fromAddress();
    form.hidden = false;
    later(() => read());
    return fromAddress;
  }

  /** @type {HTMLFormElement | null} */
  let form = null;
  let fromAddress = () => {};

  /** Runs on every page change of the theme's instant navigation, and does its work once for a page. */
  function start() {
    const found = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-dt-filters]"));
    if (found === form) return;
    form = found && found.nextElementSibling && found.nextElementSibling.querySelector("[data-dt-item]") ? found : null;
    if (form) fromAddress = panel(form);
  }

  window.addEventListener("popstate", () => form && form.isConnected && fromAddress());
  document.addEventListener("pointerdown", (event) => {
    const open = form && form.querySelector("details[open]");
    if (open && !open.contains(/** @type {Node} */ (event.target))) open.removeAttribute("open");
  });
  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
