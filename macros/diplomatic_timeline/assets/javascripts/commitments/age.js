/* How long ago something was due, by the reader's clock: a page says what was known when it was made, and does not age.
   A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { words } = /** @type {any} */ (window).dtWords;

  /** The time from a day to another in years and months, in days where it is less than a month.
      @param {[number, number, number]} first year, month, day @param {Date} last */
  function age([year, month, day], last) {
    let months = (last.getFullYear() - year) * 12 + last.getMonth() + 1 - month;
    if (last.getDate() < day && last.getDate() < new Date(last.getFullYear(), last.getMonth() + 1, 0).getDate()) months -= 1;
    if (months < 1) return words("age.days", { n: Math.round((Date.UTC(last.getFullYear(), last.getMonth(), last.getDate()) - Date.UTC(year, month - 1, day)) / 864e5) });
    const [years, rest] = [Math.floor(months / 12), months % 12];
    const parts = [years && words("age.years", { n: years }), rest && words("age.months", { n: rest })].filter(Boolean);
    return parts.length > 1 ? words("age.two", { first: parts[0], second: parts[1] }) : parts[0];
  }

  function say() {
    const now = new Date();
    for (const due of document.querySelectorAll("[data-dt-due]:not([data-dt-aged])")) {
      const day = /** @type {[number, number, number]} */ ((due.getAttribute("data-dt-due") || "").split("-").map(Number));
      due.setAttribute("data-dt-aged", "");
      if (new Date(day[0], day[1] - 1, day[2] + 1) > now) continue;
      const said = document.createElement("span");
      said.className = "dt-due__passed";
      said.textContent = ` (${words("age.passed", { age: age(day, now) })})`;
      due.append(said);
    }
  }

  document.addEventListener("dt-entries", say);
  const pages = /** @type {any} */ (window).document$;
  if (pages) pages.subscribe(say);
  else say();
})();
