/* The search box: the theme's place, look and keys around engine.js. A classic script, as lists/lists.js.
   The address's ?q= opens it with a query; a page reached from it shows its hits, which ?h= names. */
(() => {
  "use strict";
  const engine = /** @type {any} */ (window).dtSearch;
  const { listed, number, quoted, words } = /** @type {any} */ (window).dtWords;
  const PAGE = 10;
  /** What one and many of a kind are called, and what counts them. @type {Record<string, {one: string, many: string, count: string}>} */
  const KINDS = {
    event: { one: "term.event", many: "term.events", count: "count.events" },
    quote: { one: "term.quote", many: "term.quotes", count: "count.quotes" },
    commitment: { one: "term.commitment", many: "term.commitments", count: "count.commitments" },
    person: { one: "term.person", many: "term.people", count: "count.people" },
    issue: { one: "term.issue", many: "term.issues", count: "count.issues" },
    source: { one: "term.source", many: "term.sources", count: "count.sources" },
    page: { one: "term.page", many: "term.pages", count: "count.pages" },
    documentation: { one: "term.documentation", many: "term.documentation", count: "count.pages" },
  };

  /** @param {string} name @param {string} className @param {(string | Node)[]} children */
  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  /** @param {string[]} found */
  const quotedList = (found) => listed(found.map(quoted));

  /** A text with its hits marked. @param {string} text @param {any[]} terms @param {number} [from] @param {number} [to] @returns {(string | Node)[]} */
  function marked(text, terms, from = 0, to = text.length) {
    const parts = [];
    let at = from;
    for (const [start, end] of engine.mark(text, terms)) {
      if (start < from || end > to) continue;
      parts.push(text.slice(at, start), element("mark", "", text.slice(start, end)));
      at = end;
    }
    return [...parts, text.slice(at, to)].filter(Boolean);
  }

  /** The part of a text with the most hits, cut at words. @param {string} text @param {any[]} terms @param {number} length */
  function snippet(text, terms, length) {
    if (text.length <= length) return marked(text, terms);
    const hits = engine.mark(text, terms);
    let from = 0, most = -1;
    for (const [start] of hits.length ? hits : [[0]]) {
      const low = Math.max(0, Math.min(start - length / 4, text.length - length));
      const inside = hits.filter((/** @type {number[]} */ hit) => hit[0] >= low && hit[1] <= low + length).length;
      if (inside > most) [from, most] = [Math.floor(low), inside];
    }
    let to = Math.min(text.length, from + length);
    const gap = (/** @type {number} */ at) => {
      const space = text.indexOf(" ", at);
      return space >= 0 && space - at < 20 ? space + 1 : at;
    };
    if (from) from = gap(from);
    if (to < text.length) to = gap(to);
    return [from ? "… " : "", ...marked(text, terms, from, to), to < text.length ? " …" : ""].filter(Boolean);
  }

  /** @param {any} found @param {any[]} terms @param {string} query */
  function item({ kind, label, url, title, context, where, passages }, terms, query) {
    const link = /** @type {HTMLAnchorElement} */ (element("a", `md-search-result__link dt-found dt-found--${kind}`));
    const [path, anchor] = url.split("#");
    link.href = `${path}?h=${encodeURIComponent(query)}${anchor ? `#${anchor}` : ""}`;
    const hit = (/** @type {string} */ text) => engine.mark(text, terms).length;
    const rest = title ? passages : passages.slice(1);
    const shown = rest.filter(hit).slice(0, 2);
    if (!shown.length && title && rest.length) shown.push(rest[0]);
    const lead = title ? marked(title, terms) : snippet(passages[0] || "", terms, 320);
    link.append(element("span", "dt-found__kind", label || words(KINDS[kind].one)));
    link.append(element("span", "dt-found__title", ...(kind === "quote" ? [words("marks.open"), ...lead, words("marks.close")] : lead)));
    const facts = marked(context, terms);
    if (facts.length || where) link.append(element("span", "dt-found__context", ...facts, where && facts.length ? " · " : "", where));
    for (const text of shown) link.append(element("span", "dt-found__text", ...snippet(text, terms, 180)));
    return element("li", "md-search-result__item", link);
  }

  /** The place of the results, with what `part` finds in it by name. */
  function results() {
    const part = (/** @type {string} */ name, /** @type {string} */ tag, /** @type {string} */ className, /** @type {object} */ set, ...children) => {
      const made = Object.assign(element(tag, className, ...children), set);
      made.setAttribute(`data-dt-search-${name}`, "");
      return made;
    };
    const head = element(
      "div",
      "dt-search__head",
      part("status", "p", "dt-search__status", { role: "status" }),
      part("note", "p", "dt-search__note", { hidden: true }),
      part("kinds", "div", "dt-search__kinds", { role: "group", ariaLabel: words("search.kinds"), hidden: true })
    );
    const list = part("list", "ol", "md-search-result__list", { ariaLabel: words("search.results") });
    const more = part("more", "button", "dt-search__more", { type: "button", hidden: true });
    const found = element("div", "md-search-result", element("div", "dt-search", head, list, more));
    return part("output", "div", "md-search__output", { hidden: true }, element("div", "md-search__scrollwrap", found));
  }

  /** Brings the box to life. @param {HTMLElement} box */
  function dress(box) {
    box.lastElementChild?.append(results());
    const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(`[data-dt-search-${name}]`));
    const form = /** @type {HTMLFormElement} */ (box.querySelector("form"));
    const input = /** @type {HTMLInputElement} */ (part("query"));
    const [output, status, note, kinds, list, more] = ["output", "status", "note", "kinds", "list", "more"].map(part);
    /** @type {any} */
    let result = null;
    let kind = "";
    let turn = 0;

    const set = (/** @type {boolean} */ open) => toggle.checked !== open && toggle.click();
    const links = () => /** @type {HTMLElement[]} */ (Array.from(list.querySelectorAll("a")));
    const query = () => input.value.trim();

    const say = (/** @type {string} */ told, ...explained) => {
      if (status.textContent !== told) status.textContent = told;
      note.replaceChildren(...explained);
      note.hidden = !explained.length;
    };

    /** Adds the next entries to the list. @param {boolean} anew */
    async function add(anew) {
      const mine = turn, asked = query();
      const from = anew ? 0 : list.childElementCount;
      const entries = result.best(from + PAGE, kind).slice(from);
      const { terms } = result;
      const found = await engine.texts(entries);
      if (mine !== turn) return;
      const items = found.map((/** @type {any} */ f) => item(f, terms, asked));
      const held = list.contains(document.activeElement);
      if (anew) list.replaceChildren(...items);
      else list.append(...items);
      // Whoever was on a result already stays among the results.
      if (held && anew) (links()[0] || input).focus();
      const at = result.kinds.findIndex((/** @type {any} */ k) => k.id === kind);
      const left = (at < 0 ? result.total : result.counts[at]) - list.childElementCount;
      more.hidden = left <= 0;
      more.textContent = words("search.more", { n: Math.min(left, PAGE), left });
      if (!anew && items[0]) items[0].querySelector("a").focus();
      if (anew) /** @type {HTMLElement} */ (output.firstElementChild).scrollTop = 0;
    }

    /** A button for each kind that was found, and one for all. */
    function sorts() {
      const choices = [["", words("search.all"), result.total], ...result.kinds.map((/** @type {any} */ k, /** @type {number} */ i) => [k.id, words(KINDS[k.id].many), result.counts[i]])];
      kinds.replaceChildren(
        ...choices
          .filter(([, , count]) => count)
          .map(([id, name, count]) => {
            const button = element("button", "dt-search__kind", name, " ", element("span", "dt-search__count", number(count)));
            button.setAttribute("type", "button");
            button.setAttribute("aria-pressed", String(id === kind));
            button.addEventListener("click", () => {
              kind = id;
              turn++;
              for (const other of kinds.children) other.setAttribute("aria-pressed", String(other === button));
              tell();
              add(true);
            });
            return button;
          })
      );
      kinds.hidden = result.total === 0;
    }

    /** Says what was found. */
    function tell() {
      const asked = query();
      const at = result.kinds.findIndex((/** @type {any} */ k) => k.id === kind);
      const count = at < 0 ? result.total : result.counts[at];
      if (count) {
        const told = at < 0 ? words("count.results", { n: count }) : words(KINDS[kind].count, { n: count });
        say(told, ...(result.instead.length ? [words("search.instead", { beginnings: quotedList(result.instead) })] : []));
      } else if (result.wide) say(words("search.wide"));
      else {
        const { absent } = result;
        const why = absent.length && result.terms.length > 1 ? `${words("search.absent", { terms: quotedList(absent) })} ` : "";
        say(words("search.nothing", { query: quoted(asked) }), why, words("search.advice"));
      }
    }

    async function run() {
      const mine = ++turn;
      if (!query()) {
        result = null;
        list.replaceChildren();
        kinds.hidden = more.hidden = true;
        say(words("search.hint"));
        return;
      }
      try {
        // What the reader ends with a space is a whole word.
        const found = await engine.search(input.value.trimStart());
        if (mine !== turn) return;
        result = found;
        const at = result.kinds.findIndex((/** @type {any} */ k) => k.id === kind);
        if (at >= 0 && !result.counts[at]) kind = "";
        tell();
        sorts();
        await add(true);
      } catch {
        if (mine !== turn) return;
        list.replaceChildren();
        kinds.hidden = more.hidden = true;
        say(words("search.unread"), words("search.reload"));
      }
    }

    /** Keeps or drops the query in the address. @param {string} value */
    function address(value) {
      const url = new URL(location.href);
      if ((url.searchParams.get("q") || "") === value) return;
      if (value) url.searchParams.set("q", value);
      else url.searchParams.delete("q");
      history.replaceState(history.state, "", url.href);
    }

    let wait = 0;
    input.addEventListener("input", () => {
      clearTimeout(wait);
      wait = window.setTimeout(run, 50);
    });
    input.addEventListener("focus", () => set(true));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      setTimeout(run);
      input.focus();
    });
    more.addEventListener("click", () => add(false));
    toggle.addEventListener("change", () => {
      output.hidden = !toggle.checked;
      if (toggle.checked) {
        engine.ready().catch(() => {});
        input.focus();
      } else {
        address("");
        if (box.contains(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
      }
    });
    // Back returns to the results.
    list.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) address(query());
    });
    box.addEventListener("focusout", (event) => {
      const next = /** @type {Node | null} */ (event.relatedTarget);
      if (next && !box.contains(next) && next !== toggle) set(false);
    });
    box.addEventListener("keydown", async (event) => {
      const active = /** @type {HTMLElement} */ (document.activeElement);
      if (event.isComposing) return;
      if (event.key === "Escape") {
        set(false);
        input.blur();
      } else if (event.key === "Enter" && active === input) {
        event.preventDefault();
        clearTimeout(wait);
        if (!result || wait) await run();
        wait = 0;
        const first = links()[0];
        if (first) first.click();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const stops = [input, ...links(), ...(more.hidden ? [] : [more])];
        const at = Math.max(0, stops.indexOf(active));
        stops[(at + stops.length + (event.key === "ArrowDown" ? 1 : -1)) % stops.length].focus();
      } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && active.tagName === "A") {
        input.focus();
        return;
      } else return;
      event.stopPropagation();
      if (event.key !== "Enter") event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      const active = /** @type {HTMLElement} */ (document.activeElement || document.body);
      if (event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
      if (active.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName)) return;
      event.preventDefault();
      input.focus();
      input.select();
    });

    const asked = new URLSearchParams(location.search).get("q");
    if (asked) {
      input.value = asked;
      set(true);
      run();
    } else say(words("search.hint"));
  }

  /** Marks the hits that led to the page, and takes them out of its address. */
  function highlight() {
    const url = new URL(location.href);
    const asked = url.searchParams.get("h");
    if (asked === null) return;
    url.searchParams.delete("h");
    history.replaceState(history.state, "", url.href);
    const terms = engine.parse(asked);
    const content = document.querySelector(".md-content__inner");
    if (!content || !terms.length) return;
    const walk = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walk.nextNode()) {
      const parent = /** @type {Element} */ (walk.currentNode.parentElement);
      if (!parent.closest("script, style, svg, form")) nodes.push(/** @type {Text} */ (walk.currentNode));
    }
    for (const node of nodes) {
      const parts = marked(node.data, terms);
      if (parts.length > 1 || parts[0] instanceof Node) node.replaceWith(...parts);
    }
  }

  /** Runs on every page change of the theme's instant navigation; the box stays, the page's content is new. */
  function start() {
    const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-dt-search='']"));
    if (!engine) return;
    if (box) {
      box.dataset.dtSearch = "done";
      dress(box);
    }
    highlight();
  }

  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
