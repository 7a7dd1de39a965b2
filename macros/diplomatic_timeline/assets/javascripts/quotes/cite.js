/* What leads to citations: "Cite or link" beside a quote, which on other pages than its event's brings from there what it
   opens, and "Other formats" of a page. citations.js, which writes them, is fetched when one is asked for.
   A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { copyable, each, linkable } = /** @type {any} */ (window).dtQuotes;
  const { words } = /** @type {any} */ (window).dtWords;

  /** Has citations.js write those of a quote or of a page. @param {"quote" | "page"} what @param {HTMLElement} beside */
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

  /** Brings what the event's page has on record of a quote; in a folder, where nothing can be read, leads there.
      @param {HTMLAnchorElement} link */
  function bringing(link) {
    link.dataset.dtDone = "";
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation(); // the theme's instant navigation follows links from above
      const [page, id] = (link.getAttribute("href") || "").split("#");
      try {
        const text = await (await fetch(page)).text();
        const [, title] = /** @type {RegExpExecArray} */ (/<h1[^>]*>(.*?)<\/h1>/s.exec(text));
        const frame = document.createElement("template");
        frame.innerHTML = title + /** @type {RegExpExecArray} */ (/<details.*?<\/details>/s.exec(text.split(` id="${id}"`)[1]))[0];
        const about = /** @type {HTMLDetailsElement} */ (frame.content.querySelector("details"));
        about.remove();
        about.dataset.dtEvent = (frame.content.textContent || "").trim();
        for (const to of about.querySelectorAll("a")) {
          const href = to.getAttribute("href") || "";
          if (!/^\w+:/.test(href)) to.setAttribute("href", href[0] === "#" ? page + href : page.replace(/[^/]*$/, "") + href);
        }
        link.replaceWith(about);
        citable(about);
        linkable(about.querySelector("[data-dt-permalink]"));
        about.open = true;
        about.querySelector("summary")?.focus();
      } catch {
        location.href = `${page}?cite#${id}`;
      }
    });
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
  each("a.dt-about", bringing);
  each("[data-dt-cites]", citing);
})();
