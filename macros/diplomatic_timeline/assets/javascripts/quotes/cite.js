/* What leads to citations: "Cite or link" beside a quote, which other pages than its event's have by this script, and
   "Other formats" of a page. citations.js, which writes them, is fetched when one is asked for. A classic script, as
   lists/lists.js. */
(() => {
  "use strict";

  const { copyable, each, make } = /** @type {any} */ (window).dtQuotes;
  const { words } = /** @type {any} */ (window).dtWords;

  /** Has citations.js write those of a quote or of a page, or bring a quote's from elsewhere.
      @param {"quote" | "page" | "elsewhere"} what @param {HTMLElement} beside */
  async function cite(what, beside) {
    const found = /** @type {any} */ (window);
    await found.dtFetch("citations.js");
    found.dtCitations[what](beside);
  }

  /** @param {HTMLDetailsElement} about */
  function citable(about) {
    about.dataset.dtDone = "";
    about.addEventListener("toggle", () => about.open && cite("quote", about));
    about.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !about.open) return;
      about.open = false;
      about.querySelector("summary")?.focus();
    });
    if (location.search === "?cite" && location.hash === `#${about.closest("[id]")?.id}`) about.open = true;
  }

  /** Puts the control beside a quote of an event that has another page. @param {HTMLElement} figure */
  function offer(figure) {
    figure.dataset.dtDone = "";
    const there = figure.querySelector('a[href*="#q-"]') || figure.closest(".dt-ledger")?.querySelector("a");
    if (!there || figure.querySelector(".dt-about")) return;
    const page = (there.getAttribute("href") || "").split("#")[0];
    const id = figure.id || figure.dataset.dtQuote;
    const said = (figure.querySelector("blockquote")?.textContent || "").trim().split(/\s+/);
    const link = make("a", "dt-about", words("quote.cite"), make("span", "dt-hidden", `: ${figure.getAttribute("aria-label")}: ${said.slice(0, 7).join(" ")}${said.length > 7 ? " …" : ""}`));
    link.setAttribute("href", `${page}#${id}`);
    link.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation(); // the theme's instant navigation follows links from above
      cite("elsewhere", link);
    });
    figure.querySelector("figcaption")?.append(" ", link);
  }

  /** The other formats of a page's citation, once they are asked for. @param {HTMLElement} one */
  function citing(one) {
    one.dataset.dtDone = "";
    const ask = document.createElement("button");
    ask.type = "button";
    ask.className = "dt-button";
    ask.textContent = words("cite.more");
    ask.addEventListener("click", () => cite("page", one));
    one.append(ask);
  }

  each("[data-dt-form]", copyable);
  each("details[data-dt-said]", citable);
  each(".dt-quote", offer);
  each("[data-dt-cites]", citing);
})();
