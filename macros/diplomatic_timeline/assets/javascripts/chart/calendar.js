/* The calendar of the overview chart: days counted from 1970-01-01, and the periods into which its columns fall,
   as chart/time.py makes them, with weeks and days for a closer look. A classic script, as load.js. */
(() => {
  "use strict";

  const DAY = 864e5;
  const MONTHS = "January February March April May June July August September October November December".split(" ");

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

  /** A period as a person writes it. @param {number} first @param {number} after */
  function inWords(first, after) {
    const a = at(first), b = at(after - 1);
    const [y, m, d, y2, m2, d2] = [a.getUTCFullYear(), MONTHS[a.getUTCMonth()], a.getUTCDate(), b.getUTCFullYear(), MONTHS[b.getUTCMonth()], b.getUTCDate()];
    const whole = d === 1 && at(after).getUTCDate() === 1;
    if (whole && m === "January" && m2 === "December") return y === y2 ? `${y}` : `${y}–${y2}`;
    if (whole) return y !== y2 ? `${m} ${y} – ${m2} ${y2}` : m === m2 ? `${m} ${y}` : `${m}–${m2} ${y}`;
    if (y !== y2) return `${d} ${m} ${y} – ${d2} ${m2} ${y2}`;
    if (m !== m2) return `${d} ${m} – ${d2} ${m2} ${y}`;
    return d === d2 ? `${d} ${m} ${y}` : `${d}–${d2} ${m} ${y}`;
  }

  /** How long a step is, in words. @param {Step} step */
  function described(step) {
    const months = step.months || 0;
    const [n, noun] = step.days ? [1, step.days === 7 ? "week" : "day"] : months < 12 ? [months, "month"] : [months / 12, "year"];
    return n === 1 ? noun : `${n} ${noun}s`;
  }

  Object.assign(/** @type {any} */ (window).dtChart, { DAY, MONTHS, STEPS, at, dayOf, described, inWords, iso, period });
})();
