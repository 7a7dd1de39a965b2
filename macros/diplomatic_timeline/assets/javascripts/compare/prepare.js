/* On the page on which two are chosen who will meet, leads to the page of those that its address names, as in
   `?a=north ann-lund&b=south bob-aas` (a party, or a party and a person); where they have none, to their parties'.
   On a pair's page, prints. A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { words } = /** @type {any} */ (window).dtWords;

  /** The link to a pair's page, in whichever order it is chosen. @param {string} a @param {string} b */
  const page = (a, b) =>
    /** @type {HTMLAnchorElement | null} */ (document.querySelector(`[data-dt-pair="${CSS.escape(`${a}--${b}`)}"], [data-dt-pair="${CSS.escape(`${b}--${a}`)}"]`));

  function start() {
    for (const button of document.querySelectorAll("[data-dt-print]")) {
      /** @type {HTMLElement} */ (button).hidden = false;
      /** @type {HTMLElement} */ (button).onclick = () => print();
    }
    const form = document.querySelector("[data-dt-prepare]");
    const status = document.querySelector("[data-dt-prepare-status]");
    if (!form || !status) return;
    // Two of different sides are chosen at first.
    const selects = /** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll("select"));
    const second = selects[1].querySelector("optgroup:nth-of-type(2) option");
    if (second) /** @type {HTMLOptionElement} */ (second).selected = true;
    const asked = new URLSearchParams(location.search);
    const chosen = [asked.get("a"), asked.get("b")];
    if (!chosen[0] || !chosen[1]) return;
    selects.forEach((select, side) => {
      const option = [...select.options].find((one) => one.value === chosen[side]);
      if (option) option.selected = true;
    });
    const [[party, person], [other_party, other]] = chosen.map((value) => (value || "").split(" "));
    const sides = page(party, other_party);
    const own = person && other ? page(person, other) : person || other ? null : sides;
    if (own) location.replace(own.href);
    else if (sides) {
      const link = Object.assign(document.createElement("a"), { href: sides.href, textContent: sides.textContent });
      const [before, after] = words("prepare.unmet", { sides: "\n" }).split("\n");
      status.replaceChildren(before, link, after);
    } else status.textContent = words("prepare.same");
  }

  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
