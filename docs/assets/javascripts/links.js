/* A button beside each permalink that copies its address. A classic script, as filters.js. */
(() => {
  "use strict";

  /** The address to share: the server's own; from a folder, the one where the site is published.
      @param {HTMLAnchorElement} link */
  function address(link) {
    const canonical = document.querySelector("link[rel=canonical]");
    const base = location.protocol === "file:" && canonical ? canonical.getAttribute("href") : document.baseURI;
    return new URL(link.getAttribute("href") || "", base || document.baseURI).href.replace(/index\.html(?=#|$)/, "");
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

  /** @param {HTMLAnchorElement} link */
  function dress(link) {
    const button = document.createElement("button");
    const said = document.createElement("span");
    const whole = document.createElement("span");
    button.type = "button";
    button.className = "dt-button";
    button.textContent = "copy link";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await copy(address(link));
        said.textContent = " copied";
      } catch {
        said.textContent = " not copied: copy the address of the permalink";
      }
      button.focus();
      setTimeout(() => (said.textContent = ""), 4000);
    });
    whole.className = "dt-copy";
    whole.append(" · ", button, said);
    link.after(whole);
    link.dataset.dtPermalink = "done";
  }

  // A list that was narrowed has new entries.
  document.addEventListener("dt-entries", () => start());
  const start = () => document.querySelectorAll('a[data-dt-permalink=""]').forEach((link) => dress(/** @type {HTMLAnchorElement} */ (link)));
  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
