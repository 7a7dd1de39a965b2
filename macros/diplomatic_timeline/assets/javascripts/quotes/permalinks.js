/* Links that last: a button beside each permalink that copies it, and what cite.js and citations.js need for buttons of
   their own. A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { words } = /** @type {any} */ (window).dtWords;

  /** An element with a class and what it holds. @param {string} name @param {string} style @param {(Node | string)[]} inside */
  function make(name, style, ...inside) {
    const made = document.createElement(name);
    made.className = style;
    made.append(...inside);
    return made;
  }

  /** The address to share: the server's own; from a folder, and to cite, the one where the site is published.
      @param {HTMLAnchorElement} link @param {boolean} [cited] */
  function address(link, cited) {
    const canonical = document.querySelector("link[rel=canonical]");
    const base = ((cited || location.protocol === "file:") && canonical && canonical.getAttribute("href")) || document.baseURI.split(/[?#]/)[0];
    return new URL(link.getAttribute("href") || "", base).href.replace(/index\.html(?=#|$)/, "");
  }

  /** @param {string} text */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without the right to use the clipboard (plain http), the old way.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "dt-hidden";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) throw new Error("not copied");
    }
  }

  /** A button that copies and says so; `label` begins with its name and says what it copies.
      @param {string} name @param {string} label @param {() => string} text @param {string} otherwise */
  function copier(name, label, text, otherwise) {
    const whole = make("span", "dt-copy");
    const button = document.createElement("button");
    const said = make("span", "");
    button.type = "button";
    button.className = "dt-button";
    button.textContent = name;
    button.setAttribute("aria-label", label);
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await copy(text());
        said.textContent = ` ${words("copy.done")}`;
      } catch {
        said.textContent = ` ${words("copy.failed", { otherwise })}`;
      }
      button.focus();
      setTimeout(() => (said.textContent = ""), 4000);
    });
    whole.append(button, said);
    return whole;
  }

  /** @param {Element} form */
  function copyable(form) {
    const text = /** @type {HTMLElement} */ (form.querySelector(".dt-cite__text"));
    const shown = /** @type {HTMLElement} */ (form);
    shown.dataset.dtDone = "";
    shown.append(copier(words("copy.copy"), words("copy.form", { form: shown.dataset.dtForm }), () => text.textContent || "", words("copy.select")));
  }

  /** What a quote's link leads to: as the control that shows it is named after its colon. @param {Element} link */
  const named = (link) => link.closest("details")?.querySelector("summary .dt-hidden")?.textContent?.slice(2) || "";

  /** @param {HTMLAnchorElement} link */
  function linkable(link) {
    link.dataset.dtDone = "";
    const whole = copier(words("copy.link"), words("copy.link_of", { link: named(link) }), () => address(link), words("copy.address"));
    whole.prepend(" · ");
    link.after(whole);
  }

  /** Calls `then` for each element of a selector that is not done: now, on every page to come, and when a list that was
      narrowed has new entries. @param {string} hook @param {(found: any) => void} then */
  function each(hook, then) {
    const undone = () => document.querySelectorAll(`${hook}:not([data-dt-done])`).forEach(then);
    document.addEventListener("dt-entries", undone);
    const pages = /** @type {any} */ (window).document$;
    if (pages) pages.subscribe(undone);
    else undone();
  }

  /** @type {any} */ (window).dtQuotes = { address, copier, copyable, each, linkable, make, named };
  each("[data-dt-permalink]", linkable);
})();
