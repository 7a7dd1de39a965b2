/* The calendar of the overview chart: days counted from 1970-01-01, and the periods into which its columns fall,
   as chart/time.py makes them, with weeks and days for a closer look. A classic script, as load.js. */
(() => {
  "use strict";

  const DAY = 864e5;
  const { span, words } = /** @type {any} */ (window).dtWords;

  /** @typedef {{days?: number, months?: number}} Step */

  /** @type {Step[]} */
  const STEPS = [{ days: 1 }, { days: 7 }, ...[1, 3, 12, 24, 60, 120, 300, 600, 1200, 12000].map((months) => ({ months }))];

  const at = (/** @type {number} */ day) => new Date(day * DAY);
  const iso = (/** @type {number} */ day) => at(day).toISOString().slice(0, 10);
  const dayOf = (/** @type {string} */ text) => Date.parse(`${text}T00:00Z`) / DAY;

  /** @param {number} month counted from the year 0 */
  function monthStart(month) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    return date.getTime() / DAY;
  }

  /** The first day of a period and the day after its last. @param {number} day @param {Step} step @returns {[number, number]} */
  function period(day, step) {
    if (step.days) {
      const first = step.days === 7 ? day - ((((day + 3) % 7) + 7) % 7) : day;
      return [first, first + step.days];
    }
    const months = step.months || 1;
    const n = Math.floor((at(day).getUTCFullYear() * 12 + at(day).getUTCMonth()) / months);
    return [monthStart(n * months), monthStart((n + 1) * months)];
  }

  /** A period as a person writes it. @param {number} first @param {number} after @returns {string} */
  function inWords(first, after) {
    const [begin, end] = [at(first), at(after)];
    const months = begin.getUTCDate() === 1 && end.getUTCDate() === 1;
    const years = months && !begin.getUTCMonth() && !end.getUTCMonth();
    return span(begin, at(after - 1), years ? "year" : months ? "month" : "day");
  }

  /** How long a step is, in words. @param {Step} step @returns {string} */
  function described(step) {
    const months = step.months || 0;
    if (step.days) return step.days === 7 ? words("chart.week") : words("chart.day");
    return months < 12 ? words("chart.months", { n: months }) : words("chart.years", { n: months / 12 });
  }

  Object.assign(/** @type {any} */ (window).dtChart, { DAY, STEPS, at, dayOf, described, inWords, iso, period });
})();
