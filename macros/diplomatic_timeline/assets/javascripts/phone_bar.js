/* The bar at the bottom of a phone's screen: a sheet with the page's contents, the search, a sheet with the filters.
   A sheet closes by its button, by Escape, and by what is chosen in the contents. A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { words } = /** @type {any} */ (window).dtWords;
  const NARROW = window.matchMedia("(max-width: 59.9375em)");

  /** @param {string} selector @returns {HTMLElement | null} */
  const one = (selector) => document.querySelector(selector);

  /** What each button opens; without contents of its own, a page has the menu of all pages. */
  const SHEETS = /** @type {[string, string][]} */ ([
    ["[data-dt-contents]", ".md-sidebar--secondary:not([hidden])"],
    ["[data-dt-filter]", "form[data-dt-filters] .dt-filters__bar"],
  ]);

  /** @param {HTMLElement} button @param {HTMLElement} sheet @param {boolean} open */
  function turn(button, sheet, open) {
    if (sheet.classList.contains("dt-sheet") === open) return;
    sheet.classList.toggle("dt-sheet", open);
    button.setAttribute("aria-expanded", String(open));
    if (open) /** @type {HTMLElement | null} */ (sheet.querySelector(":is(a[href], input, summary)"))?.focus();
    else if (sheet.contains(document.activeElement) || document.activeElement === document.body) button.focus();
  }

  function close() {
    for (const [name, what] of SHEETS) {
      const [button, sheet] = [one(name), one(what)];
      if (button && sheet) turn(button, sheet, false);
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || !NARROW.matches) return;
    if (target.closest("[data-dt-search-open]")) {
      close();
      const toggle = /** @type {HTMLInputElement | null} */ (one("#__search"));
      if (toggle && !toggle.checked) toggle.click();
      one("[data-dt-search-query]")?.focus();
    }
    if (target.closest(".md-sidebar--secondary.dt-sheet a")) close();
    for (const [name, what] of SHEETS) {
      const button = /** @type {HTMLElement | null} */ (target.closest(name));
      if (!button) continue;
      const sheet = one(what);
      const open = sheet && !sheet.classList.contains("dt-sheet");
      close();
      if (sheet) turn(button, sheet, Boolean(open));
      else one("button[for=__drawer].md-header__button")?.click();
    }
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  NARROW.addEventListener("change", close);

  function bar() {
    const made = document.createElement("div");
    made.className = "dt-bar";
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", words("phone_bar.label"));
    for (const [name, text] of [["contents", words("phone_bar.contents")], ["search-open", words("phone_bar.search")], ["filter", words("phone_bar.filter")]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "dt-bar__button", textContent: text });
      button.setAttribute(`data-dt-${name}`, "");
      if (name !== "search-open") button.setAttribute("aria-expanded", "false");
      made.append(button);
    }
    one(".md-footer")?.append(made);
  }

  function start() {
    if (!one(".dt-bar")) bar();
    close();
    one("[data-dt-filter]")?.toggleAttribute("hidden", !one("form[data-dt-filters]"));
  }

  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
