/* Narrows and orders the list after a `data-dt-filters` form; the state is the address's query.
   What an entry bears and which entries match is lists.js's; here is what a reader sees and does. */
(() => {
  "use strict";

  /** @typedef {{id: string, label: string, input: HTMLInputElement, line: HTMLElement, count: HTMLElement}} Choice */
  /** @typedef {{key: string, label: string, element: HTMLElement, list: HTMLElement, shown: Choice[], choices: Map<string, Choice>}} Facet */

  const { listed, number, span, words } = /** @type {any} */ (window).dtWords;
  /** What counts the entries of each list. @type {Record<string, string>} */
  const COUNTS = { events: "count.events", quotes: "count.quotes", commitments: "count.entries", sources: "count.sources" };
  const STEP = 40;
  /** How many of a facet's many choices are listed. */
  const SHOWN = 40;

  /** Letters without accents and case. @param {string} text */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  /** @param {string} iso @returns {string} */
  const inWords = (iso) => span(new Date(iso), new Date(iso), "day");
  /** @param {string} facet @param {string} choice @returns {string} */
  const named = (facet, choice) => words("filters.named", { facet, choice });

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

  /** Brings one form to life; returns what reads the address again, and what sets a period.
      @param {HTMLFormElement} form @param {HTMLElement} whole the list */
  function panel(form, whole) {
    // Of a table the head stays.
    const home = whole.querySelector("tbody") || whole;
    const list = new /** @type {any} */ (window).dtLists.List(form, home);
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`.dt-filters__${name}`));
    const total = words(COUNTS[list.name], { n: list.size });
    const text = /** @type {HTMLInputElement} */ (part("text"));
    const order = /** @type {HTMLSelectElement} */ (part("order"));
    const own = order.options[0].value;
    const [from, to] = ["from", "to"].map((name) => /** @type {HTMLInputElement} */ (form.querySelector(`input[name=${name}]`)));
    const period = /** @type {HTMLDetailsElement} */ (form.querySelector("[data-dt-period]"));

    /** @param {HTMLElement} line @returns {Choice} */
    const choiceOf = (line) => ({
      id: line.querySelector("input").value,
      label: line.querySelector(".dt-choice__label").textContent,
      input: line.querySelector("input"),
      line,
      count: line.querySelector(".dt-choice__count"),
    });
    /** @type {Facet[]} */
    const facets = Array.from(form.querySelectorAll("[data-dt-facet]"), (found) => {
      const element = /** @type {HTMLElement} */ (found);
      const inside = /** @type {HTMLElement} */ (element.querySelector(".dt-facet__list"));
      const shown = Array.from(inside.querySelectorAll("label"), choiceOf);
      const label = element.querySelector(":is(summary, legend)").textContent;
      return { key: element.dataset.dtFacet || "", label, element, list: inside, shown, choices: new Map(shown.map((c) => [c.id, c])) };
    });
    const keys = facets.map((facet) => facet.key);

    /** The choice with an id; the rarer ones of a long facet are made when they are asked for. @param {Facet} facet @param {string} id */
    function choice(facet, id) {
      let found = facet.choices.get(id);
      const column = list.columns.get(facet.key);
      const at = found || !column || !column.labels ? -1 : column.ids.indexOf(id);
      if (at >= 0) {
        found = choiceOf(/** @type {HTMLElement} */ (Array.from(facet.choices.values())[0].line.cloneNode(true)));
        found.id = found.input.value = id;
        found.input.checked = false;
        found.line.querySelector(".dt-choice__label").textContent = found.label = column.labels[at];
        facet.choices.set(id, found);
      }
      return found;
    }

    // The list as it is built: entries, under a heading where they come in groups.

    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (home.querySelectorAll(":scope > section"))) {
      const first = section.querySelector("[data-dt-group]");
      if (first) groups.set(first.getAttribute("data-dt-group"), section);
    }
    const [sample] = groups;

    /** @param {string} name a year */
    function group(name) {
      let section = groups.get(name);
      if (!section) {
        const [known, model] = sample;
        const heading = model.querySelector("h2, h3, h4, h5").outerHTML;
        section = /** @type {HTMLElement} */ (model.cloneNode(false));
        section.setAttribute("aria-labelledby", `y-${name}`);
        section.innerHTML = heading.replaceAll(known.padStart(4, "0"), name.padStart(4, "0")).replaceAll(`>${known}<`, `>${name}<`);
        section.firstElementChild.id = `y-${name}`;
        groups.set(name, section);
      }
      return section;
    }

    /** @param {HTMLElement[]} entries */
    function build(entries) {
      const made = new Map();
      for (const entry of entries) {
        const name = entry.dataset.dtGroup;
        const section = name && sample ? group(name) : home;
        if (!made.has(section)) made.set(section, section === home ? [] : [section.firstElementChild]);
        made.get(section).push(entry);
      }
      for (const [section, content] of made) section.replaceChildren(...content);
      if (!made.has(home)) home.replaceChildren(...made.keys());
      document.dispatchEvent(new CustomEvent("dt-entries", { detail: home }));
    }

    const more = document.createElement("p");
    more.className = "dt-more";
    more.hidden = true;
    whole.after(more);
    // The way to the other pages of the whole list says nothing about a part of it.
    const ways = [];
    for (let next = more.nextElementSibling; next && next.matches(".dt-pages, .dt-years"); next = next.nextElementSibling) ways.push(next);

    let typing = false;
    let turn = 0;
    let limit = STEP;
    let untouched = true;

    /** Shows what the form says. */
    async function show() {
      const mine = ++turn;
      const wanted = facets.map((facet) => new Set(Array.from(facet.choices.values()).filter((c) => c.input.checked).map((c) => c.id)));
      const asked = text.value.trim();
      const narrowed = wanted.some((ids) => ids.size) || asked || from.value || to.value;
      if (!narrowed && order.value === own && untouched) return say(null, wanted, asked);
      form.setAttribute("aria-busy", "true");
      try {
        const conditions = [];
        await list.open(keys);
        facets.forEach((facet, i) => wanted[i].size && conditions.push(list.bearing(facet.key, wanted[i])));
        if (from.value || to.value) conditions.push(await list.within(from.value, to.value));
        if (asked) conditions.push(await list.saying(asked));
        const found = list.select(conditions);
        const places = narrowed || order.value !== own || list.whole ? await list.sorted(found.hits, order.value, own) : list.first;
        const entries = await list.entries(list.whole ? places : places.slice(0, limit));
        if (mine !== turn || !form.isConnected) return;
        untouched = false;
        build(entries);
        const rest = narrowed || order.value !== own ? found.hits.length - entries.length : 0;
        more.hidden = !rest;
        more.replaceChildren(`${words("filters.shown", { n: found.hits.length, shown: entries.length })} `, button(words("filters.more", { n: Math.min(STEP, rest) }), "", further));
        for (const way of ways) way.hidden = Boolean(narrowed) || order.value !== own;
        const others = conditions.filter((c) => c.key !== "period");
        say(found, wanted, asked, others.length ? list.places(others) : null);
      } catch (error) {
        if (mine !== turn) return;
        part("none").hidden = false;
        part("none").replaceChildren(words("filters.failed", { error: /** @type {Error} */ (error).message }));
      } finally {
        if (mine === turn) form.removeAttribute("aria-busy");
      }
    }

    async function further() {
      const before = limit;
      limit += STEP;
      await show();
      // The reader goes on where the new entries begin.
      const next = home.querySelectorAll("[data-dt-item]")[before];
      const target = next && /** @type {HTMLElement | null} */ (next.querySelector("a, button, summary"));
      if (target) target.focus();
    }

    /** Writes counts, what is chosen, and what to relax. @param {any} found @param {Set<string>[]} wanted @param {string} asked
        @param {number[] | null} left the events that all but the period leave, among all; null where that is all of them */
    function say(found, wanted, asked, left = null) {
      const chips = [];
      /** @type {(string | HTMLElement)[]} */
      const relax = [];
      /** @param {string} key @param {string} name @param {() => void} act */
      const way = (key, name, act) => {
        const left = found ? found.without.get(key) : 0;
        if (left) relax.push(relax.length ? " · " : "", button(name, "", act), ` ${words("filters.leaves", { n: left })}`);
      };
      facets.forEach((facet, i) => {
        facet.element.classList.toggle("dt-facet--used", wanted[i].size > 0);
        if (found) count(facet, found.counts.get(facet.key));
        const chosen = Array.from(wanted[i], (id) => facet.choices.get(id));
        for (const c of chosen) {
          const name = named(facet.label, c.label);
          chips.push(button(name, words("filters.remove", { filter: name }), () => drop([c])));
        }
        if (chosen.length) way(facet.key, named(facet.label, listed(chosen.map((c) => c.label))), () => drop(chosen));
      });
      period.classList.toggle("dt-facet--used", Boolean(from.value || to.value));
      if (from.value || to.value) {
        const first = from.value && inWords(from.value), last = to.value && inWords(to.value);
        const days = first && last ? words("date.interval", { first, last }) : first ? words("filters.since", { date: first }) : words("date.until", { date: last });
        const name = named(words("filters.period"), days);
        chips.push(button(name, words("filters.remove", { filter: name }), () => drop([], "period")));
        way("period", name, () => drop([], "period"));
      }
      if (asked) {
        const name = named(words("filters.text"), asked);
        chips.push(button(name, words("filters.remove", { filter: name }), () => drop([], "text")));
        way("text", name, () => drop([], "text"));
      }
      for (const chip of chips) chip.classList.add("dt-button--drop");
      if (chips.length > 1) chips.push(button(words("filters.clear"), "", clear));
      part("chosen").replaceChildren(...chips);

      const hits = found ? found.hits.length : list.size;
      const counted = chips.length ? words("filters.part", { left: hits, total }) : total;
      if (part("count").textContent !== counted) part("count").textContent = counted;
      const none = part("none");
      none.hidden = hits > 0;
      none.replaceChildren();
      if (!hits) {
        none.append(`${words("filters.none")} `);
        if (relax.length) none.append(`${words("filters.relax")} `, ...relax);
        else none.append(`${words("filters.relax_more")} `, button(words("filters.clear"), "", clear));
      }
      if (list.name === "events") {
        const period = from.value || to.value ? { from: from.value || from.min, to: to.value || to.max } : null;
        document.dispatchEvent(new CustomEvent("dt-list-shown", { detail: { period, left } }));
      }
    }

    /** @param {Facet} facet @param {Uint32Array} numbers */
    function count(facet, numbers) {
      const find = /** @type {HTMLInputElement | null} */ (facet.element.querySelector(".dt-facet__find"));
      if (find && !find.value) {
        // Of many choices, those that would leave most.
        const often = Array.from(numbers.keys()).filter((n) => numbers[n]).sort((a, b) => numbers[b] - numbers[a]).slice(0, SHOWN);
        facet.shown = often.sort((a, b) => a - b).map((n) => choice(facet, list.columns.get(facet.key).ids[n]));
        arrange(facet, "");
      }
      list.columns.get(facet.key).ids.forEach((/** @type {string} */ id, /** @type {number} */ n) => {
        const c = facet.choices.get(id);
        if (!c) return;
        c.count.textContent = number(numbers[n]);
        c.line.classList.toggle("dt-choice--none", !numbers[n]);
      });
    }

    /** A period runs forward, whichever end was given first. */
    function forward() {
      if (from.value && to.value && from.value > to.value) [from.value, to.value] = [to.value, from.value];
    }

    /** @param {boolean} push whether Back returns to what was shown before */
    function changed(push) {
      limit = STEP;
      forward();
      const query = new URLSearchParams(location.search);
      for (const key of [...keys, "from", "to", "text", "order"]) query.delete(key);
      for (const { key, choices } of facets) for (const c of choices.values()) if (c.input.checked) query.append(key, c.id);
      for (const input of [from, to]) if (input.value) query.set(input.name, input.value);
      if (text.value.trim()) query.set("text", text.value.trim());
      if (order.value !== own) query.set("order", order.value);
      const address = location.pathname + (query.size ? `?${query}` : "") + location.hash;
      if (query.toString() !== new URLSearchParams(location.search).toString()) history[push ? "pushState" : "replaceState"](history.state, "", address);
      return show();
    }

    /** @param {Choice[]} choices @param {string} [other] `period`, `text` or `all` */
    function drop(choices, other) {
      for (const c of choices) c.input.checked = false;
      if (other === "text" || other === "all") text.value = "";
      if (other === "period" || other === "all") from.value = to.value = "";
      typing = false;
      // The button that was pressed will be gone; the next of its kind takes the focus.
      changed(true).then(() => {
        const next = form.querySelector(".dt-filters__state button") || form.querySelector("summary") || text;
        /** @type {HTMLElement} */ (next).focus();
      });
    }
    const clear = () => drop(facets.flatMap((f) => Array.from(f.choices.values())), "all");

    /** Takes the state from the address. */
    async function fromAddress() {
      const query = new URLSearchParams(location.search);
      // An id that does not stand in the page may stand in the index.
      if (facets.some(({ key, choices }) => query.getAll(key).some((id) => !choices.has(id)))) await list.open(keys).catch(() => {});
      for (const facet of facets) {
        const asked = new Set(query.getAll(facet.key));
        for (const id of asked) choice(facet, id);
        for (const c of facet.choices.values()) c.input.checked = asked.has(c.id);
        arrange(facet, "");
      }
      for (const input of [from, to]) input.value = query.get(input.name) || "";
      forward();
      text.value = query.get("text") || "";
      order.value = query.get("order") || own;
      if (order.selectedIndex < 0) order.value = own;
      typing = false;
      limit = STEP;
      return show();
    }

    /** Lists a facet's choices: those whose label has the typed words, or the usual ones; chosen ones always.
        @param {Facet} facet @param {string} typed */
    function arrange(facet, typed) {
      const column = list.columns.get(facet.key);
      if (!facet.element.querySelector(".dt-facet__find") || !column) return;
      const chosen = Array.from(facet.choices.values()).filter((c) => c.input.checked);
      let named = facet.shown;
      if (typed) {
        const asked = plain(typed).split(/\s+/).filter(Boolean);
        const ids = column.ids.filter((_, n) => asked.every((word) => plain(column.labels[n]).includes(word)));
        named = ids.slice(0, SHOWN).map((id) => choice(facet, id));
      }
      const lines = Array.from(new Set([...chosen, ...named]), (c) => c.line);
      // Moving what has the focus would lose it.
      if (lines.length !== facet.list.children.length || lines.some((line, n) => line !== facet.list.children[n])) {
        const held = document.activeElement;
        facet.list.replaceChildren(...lines);
        if (held instanceof HTMLElement && facet.list.contains(held)) held.focus();
      }
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (target === text || target.matches(".dt-facet__find")) return;
      typing = false;
      changed(true);
    });
    let wait = 0;
    form.addEventListener("input", (event) => {
      const target = /** @type {HTMLInputElement} */ (event.target);
      if (target !== text && !target.matches(".dt-facet__find")) return;
      clearTimeout(wait);
      wait = window.setTimeout(() => {
        if (target === text) {
          // One step back for what was typed in one go.
          changed(!typing);
          typing = true;
        } else {
          const facet = facets.find((f) => f.element.contains(target));
          if (facet) list.open(keys).then(() => (arrange(facet, target.value), show()));
        }
      }, 120);
    });
    // Whoever comes near the filters will soon need the index.
    for (const near of ["focusin", "pointerenter"]) {
      form.addEventListener(near, () => list.open(keys).then(() => list.days()).catch(() => {}), { once: true });
    }
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
    const arriving = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0]);
    fromAddress().then(() => {
      // Who follows a link to a part of the list wants to see that part, not what stands above it.
      const asked = form.querySelector(".dt-filters__chosen button");
      if (asked && !location.hash && (!arriving || arriving.type === "navigate")) form.scrollIntoView();
    });
    form.hidden = false;
    return {
      fromAddress,
      /** @param {{from: string, to: string} | null} days */
      setPeriod(days) {
        if (list.name !== "events") return;
        from.value = days ? days.from : "";
        to.value = days ? days.to : "";
        changed(true);
      },
    };
  }

  /** @type {HTMLFormElement | null} */
  let form = null;
  /** @type {{fromAddress: () => Promise<void>, setPeriod: (days: any) => void} | null} */
  let live = null;

  /** Runs on every page change of the theme's instant navigation, and does its work once for a page. */
  function start() {
    const found = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-dt-filters]"));
    if (found === form) return;
    const list = found && /** @type {HTMLElement} */ (found.nextElementSibling);
    form = list && list.matches("[data-dt-list]") ? found : null;
    live = form ? panel(form, list) : null;
  }

  window.addEventListener("popstate", () => form && form.isConnected && live.fromAddress());
  document.addEventListener("dt-period", (event) => {
    start();
    if (live) live.setPeriod(/** @type {CustomEvent} */ (event).detail);
  });
  document.addEventListener("pointerdown", (event) => {
    const open = form && form.querySelector("details[open]");
    if (open && !open.contains(/** @type {Node} */ (event.target))) open.removeAttribute("open");
  });
  /** A part of the list that the address asks for is shown at once; else the page is first done with all else. */
  const soon = () => {
    if (location.search) start();
    else /** @type {any} */ (window.requestIdleCallback || setTimeout)(start, { timeout: 1000 });
  };
  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(soon);
  else soon();
})();
