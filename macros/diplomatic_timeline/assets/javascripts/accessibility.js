/* The theme's menu and code boxes for those who use no mouse. The theme works them by labels of
   hidden check boxes; here each label becomes a button that says what it does. A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { words } = /** @type {any} */ (window).dtWords;
  const NARROW = window.matchMedia("(max-width: 76.2344em)");
  const REST = "[data-md-component=skip], .md-header, .md-content, .md-sidebar--secondary, .md-footer, .dt-bar";

  /** @param {string} selector @returns {HTMLElement | null} */
  const one = (selector) => document.querySelector(selector);

  /** @param {Element | null} element */
  const focus = (element) => element && /** @type {HTMLElement} */ (element).focus();

  /** Puts a button with the label's looks and words in its place. @param {HTMLLabelElement} label */
  function button(label) {
    const toggle = /** @type {HTMLInputElement | null} */ (document.getElementById(label.htmlFor));
    const made = document.createElement("button");
    for (const { name, value } of label.attributes) if (name !== "tabindex") made.setAttribute(name, value);
    made.type = "button";
    made.append(...label.childNodes);
    label.replaceWith(made);
    if (!toggle) return made;
    const say = () => made.setAttribute("aria-expanded", String(toggle.checked));
    made.addEventListener("click", () => toggle.click());
    toggle.addEventListener("change", say);
    say();
    return made;
  }

  /** The parts of the menu: sections open in its place and have a way back. */
  function sections() {
    for (const label of document.querySelectorAll(".md-nav--primary label.md-nav__link")) button(/** @type {HTMLLabelElement} */ (label));
    for (const label of document.querySelectorAll(".md-nav--primary .md-nav label.md-nav__title")) {
      const toggle = document.getElementById(/** @type {HTMLLabelElement} */ (label).htmlFor);
      if (!toggle || toggle.id === "__drawer") continue;
      const back = button(/** @type {HTMLLabelElement} */ (label));
      const said = document.createElement("span");
      said.className = "dt-hidden";
      said.textContent = `${words("menu.back")} `;
      back.prepend(said);
      toggle.addEventListener("change", () => {
        if (!NARROW.matches) return;
        const item = toggle.parentElement;
        focus(/** @type {HTMLInputElement} */ (toggle).checked ? back : item && item.querySelector(":scope > .md-nav__link:not(a), :scope > .md-nav__container button"));
      });
    }
  }

  /** The drawer: opens, takes the focus, gives it back. Where the page has no navigation of its own, it has the tabs. */
  function drawer() {
    const side = one(".md-sidebar--primary");
    const list = one(".md-nav--primary > .md-nav__list:empty");
    for (const tab of list ? document.querySelectorAll(".md-tabs__item") : []) {
      const item = /** @type {HTMLElement} */ (tab.cloneNode(true));
      item.className = tab.className.replaceAll("md-tabs", "md-nav");
      /** @type {HTMLElement} */ (item.firstElementChild).className = "md-nav__link";
      list?.append(item);
    }
    if (side && !side.querySelector(".dt-menu-close")) {
      const close = document.createElement("button");
      close.type = "button";
      close.className = "dt-menu-close";
      close.textContent = words("menu.close");
      close.addEventListener("click", () => turn(false));
      side.prepend(close);
    }
  }

  /** Opens or closes the drawer. @param {boolean} open */
  function turn(open) {
    const toggle = /** @type {HTMLInputElement | null} */ (one("#__drawer"));
    if (toggle && toggle.checked !== open) toggle.click();
  }

  /** @param {HTMLInputElement} toggle */
  function turned(toggle) {
    const open = toggle.checked && NARROW.matches;
    const side = one(".md-sidebar--primary");
    const inside = side && side.contains(document.activeElement);
    document.querySelectorAll(REST).forEach((part) => part.toggleAttribute("inert", open));
    if (open) focus(one(".dt-menu-close"));
    else if (inside || document.activeElement === document.body) focus(one("button[for=__drawer].md-header__button"));
  }

  /** What stays through the theme's page changes is dressed once. */
  function once() {
    const toggle = /** @type {HTMLInputElement | null} */ (one("#__drawer"));
    const label = one("label.md-header__button[for=__drawer]");
    if (!toggle || !label) return;
    button(/** @type {HTMLLabelElement} */ (label)).setAttribute("aria-label", words("menu.menu"));
    toggle.addEventListener("change", () => turned(toggle));
    NARROW.addEventListener("change", () => turn(false));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && toggle.checked) turn(false);
    });
  }

  function start() {
    once();
    sections();
    drawer();
  }

  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
