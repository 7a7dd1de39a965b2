/* The words of the interface for the scripts, as views/wording.py and views/dates.py have them for the pages. What a
   joined script says stands in its first line (plugin/assets.py). A classic script, as lists/lists.js. */
(() => {
  "use strict";

  /** @typedef {Record<string, string | Record<string, string>>} Texts each a text, or its forms by plural category */
  const texts = /** @type {Texts & {language: string, months: string[], months_alone: string[], months_short: string[]}} */ (/** @type {any} */ (window).dtTexts);
  const plural = new Intl.PluralRules(texts.language);
  const { format } = new Intl.NumberFormat(texts.language);

  /** @param {number} n */
  const number = (n) => format(n);

  /** A text with its fields filled in; numbers among them are written as `number` does.
      @param {string} key @param {Record<string, string | number>} [fields] @returns {string} */
  function words(key, fields = {}) {
    const found = texts[key];
    const text = typeof found === "string" ? found : found[plural.select(Number(fields.n))] || found.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => (typeof fields[name] === "number" ? number(fields[name]) : fields[name]));
  }

  /** @param {string} text */
  const quoted = (text) => words("marks.open") + text + words("marks.close");
  /** @param {string[]} parts */
  const listed = (parts) => parts.join(words("list.comma"));
  /** As it begins a sentence. @param {string} text */
  const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** The days, months or years from one to another. @param {Date} first @param {Date} last @param {"day" | "month" | "year"} unit @returns {string} */
  function span(first, last, unit) {
    const [year, end] = [first, last].map((date) => String(date.getUTCFullYear()));
    if (unit === "year") return year === end ? year : words("date.years", { first: year, last: end });
    if (year !== end) return words("date.interval", { first: span(first, first, unit), last: span(last, last, unit) });
    const names = unit === "month" ? texts.months_alone : texts.months;
    const [month, last_month] = [first, last].map((date) => names[date.getUTCMonth()]);
    if (unit === "month") return month === last_month ? words("date.month", { month, year }) : words("date.months", { first: month, last: last_month, year });
    const [day, last_day] = [first, last].map((date) => date.getUTCDate());
    if (month !== last_month) return words("date.days_of_months", { first: day, month, last: last_day, last_month, year });
    return day === last_day ? words("date.day", { day, month, year }) : words("date.days", { first: day, last: last_day, month, year });
  }

  /** @type {any} */ (window).dtWords = { listed, number, quoted, sentence, span, words, months: texts.months_short };
})();
