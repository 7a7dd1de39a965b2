/* In the list of all quotes an event is named once where several of its quotes follow one another, in whatever order
   filters leave them. A classic script, as lists/lists.js. */
(() => {
  "use strict";

  /** @param {Element | null | undefined} row */
  const event = (row) => row?.querySelector(".dt-said__event a")?.getAttribute("href")?.split("#")[0];

  function name() {
    for (const row of document.querySelectorAll(".dt-said")) row.classList.toggle("dt-said--again", event(row) === event(row.previousElementSibling));
  }

  document.addEventListener("dt-entries", name);
})();
