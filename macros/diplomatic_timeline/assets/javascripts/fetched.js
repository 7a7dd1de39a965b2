/* Scripts that a page fetches when a reader asks for what they do. A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  /** Scripts by address, each fetched once. @type {Map<string, Promise<void>>} */
  const fetched = new Map();

  /** Fetches a script; one of ours by its name. @param {string} name @returns {Promise<void>} */
  /** @type {any} */ (window).dtFetch = (name) => {
    const address = new URL(name, here).href;
    let coming = fetched.get(address);
    if (!coming) {
      coming = new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = () => done();
        script.onerror = () => {
          fetched.delete(address);
          failed(new Error(`not loaded: ${address}`));
        };
        document.head.append(script);
      });
      fetched.set(address, coming);
    }
    return coming;
  };
})();
