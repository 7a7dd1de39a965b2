/* The elements of the overview chart's script. A classic script, as load.js. */
(() => {
  "use strict";

  const NS = "http://www.w3.org/2000/svg";

  /** @template {Element} E @param {E} made @param {Record<string, any>} attributes @param {(Node | string)[]} children */
  function filled(made, attributes, children) {
    for (const key in attributes) if (attributes[key] != null) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  /** @param {string} name @param {Record<string, any>} attributes @param {...(Node | string)} children */
  const svg = (name, attributes, ...children) => filled(document.createElementNS(NS, name), attributes, children);

  /** @param {string} name @param {Record<string, any>} attributes @param {...(Node | string)} children */
  const html = (name, attributes, ...children) => filled(document.createElement(name), attributes, children);

  const clamp = (/** @type {number} */ low, /** @type {number} */ value, /** @type {number} */ high) => Math.max(low, Math.min(high, value));
  const short = (/** @type {number} */ n) => Math.round(n * 10) / 10;

  Object.assign(/** @type {any} */ (window).dtChart, { clamp, html, short, svg });
})();
