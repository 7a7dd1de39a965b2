/* The elements that the overview chart consists of: marks, columns and ticks, as the drawing of the page has them
   (templates/components/overview_chart.html). A classic script, as load.js. */
(() => {
  "use strict";

  const { DAY, at, clamp, inWords, short, svg } = /** @type {any} */ (window).dtChart;
  const { listed, months, words } = /** @type {any} */ (window).dtWords;
  const TAIL = 20;
  const APART = 8; // between two labels of the time

  /** What can be reached; `ring` makes what shows that the keyboard is there.
      @typedef {{node: SVGElement, day: number, id: string, title: string, lines: string[], url: string | null, ring?: () => SVGElement, bar?: boolean, zoom?: [number, number]}} Stop */

  /** One event in a lane. @param {any} view @param {any} m a mark @param {number} middle @param {string} lane
      @param {string} url @param {{l: number, r: number, t: number, b: number} | null} hit where it answers to a pointer beyond what is drawn
      @returns {Stop} */
  function mark(view, m, middle, lane, url, hit) {
    const { event, quotes, r, a, b, x: centre, bar, shift } = m;
    const y = short(middle + shift), { right } = view, { left, s } = view.box;
    const main = event.main ? " dt-chart__mark--main" : "";
    const said = quotes ? words("count.quotes", { n: quotes }) : "";
    const link = svg("a", { href: url, tabindex: -1, "aria-label": listed([event.title, event.words, said].filter(Boolean)) });
    const from = clamp(left, a, right), to = clamp(left, b, right);
    let ring;
    if (event.open) {
      const edge = bar ? (event.open > 0 ? to : from) : centre;
      link.append(svg("path", { class: "dt-chart__tail", d: `M${short(edge)} ${y}h${short(clamp(left - edge, event.open * TAIL * s, right + 20 - edge))}` }));
    }
    if (bar) {
      const thick = view.thickness(r);
      if (event.vague) link.append(svg("path", { class: `dt-chart__within${event.main ? " dt-chart__within--main" : ""}`, "stroke-width": thick, d: `M${short(from)} ${y}h${short(to - from)}` }));
      if (event.core) {
        const [c, d] = event.core.map((/** @type {number} */ day) => clamp(left, view.x(day), right));
        if (d > left && c < right) link.append(svg("rect", { class: `dt-chart__mark${main}`, x: short(c), y: y - thick / 2, width: short(Math.max(1, d - c)), height: thick }));
      }
      ring = () => svg("rect", { class: "dt-chart__ring", x: short(from - 3), y: y - thick / 2 - 3, width: short(to - from + 6), height: thick + 6 });
    } else {
      link.append(svg("circle", { class: `dt-chart__mark${main}${event.vague ? " dt-chart__mark--vague" : ""}`, cx: short(centre), cy: y, r: short(r) }));
      ring = () => svg("circle", { class: "dt-chart__ring", cx: short(centre), cy: y, r: short(r + 3.5) });
    }
    if (hit) link.append(svg("rect", { class: "dt-chart__hit", x: short(hit.l), y: short(hit.t), width: short(hit.r - hit.l), height: short(hit.b - hit.t) }));
    return { node: link, day: event.anchor, id: event.id, bar, ring, title: event.title, lines: [event.words, [said, lane].filter(Boolean).join(" · ")], url };
  }

  /** A period of a crowded lane: some of its columns, as wide as a finger. @param {any} view @param {any} c what it counts @param {number} base @param {string} lane
      @param {(year: string) => string} address @returns {Stop} */
  function stretch(view, c, base, lane, address) {
    const { s } = view.box;
    const title = inWords(c.first, c.after);
    const events = words("count.events", { n: c.events }), quotes = words("count.quotes", { n: c.quotes });
    const url = address(String(at(c.day).getUTCFullYear()).padStart(4, "0"));
    const area = { x: short(c.x), y: short(base - 17 * s), width: short(Math.max(1, c.x2 - c.x)), height: short(18 * s) };
    const link = svg("a", { href: url, tabindex: -1, "aria-label": words("chart.period", { period: title, events, quotes }) }, svg("rect", { class: "dt-chart__period", ...area }));
    return { node: link, ring: () => svg("rect", { class: "dt-chart__ring", ...area }), day: c.first, id: "", title, lines: [`${listed([events, quotes])} · ${lane}`, view.closest ? "" : words("chart.choose")].filter(Boolean), url, zoom: [c.first, c.after] };
  }

  /** @param {any[]} counted the columns of a lane @param {number} base @param {number} s @param {number} most events in one column */
  function bars(counted, base, s, most) {
    const tall = (/** @type {{events: number}} */ c) => short(Math.max(1.5, 15 * s * Math.sqrt(c.events / most)));
    const path = counted.map((c) => `M${short(c.x + 0.5)} ${short(base)}v-${tall(c)}h${short(Math.max(0.8, c.x2 - c.x - 1))}v${tall(c)}z`).join("");
    return svg("path", { class: "dt-chart__columns dt-chart__columns--solid", d: path });
  }

  /** Lines and labels of the time. @param {any} view @param {number} height @param {(text: string) => number} wide measures a text */
  function ticks(view, height, wide) {
    const { left, top, plot, narrow, s, width } = view.box;
    const found = /** @type {any} */ (window).dtD3.utcTicks(at(view.seen[0]), at(view.seen[1]), plot / (narrow ? 62 : 84)).flatMap((/** @type {Date} */ when) => {
      const px = short(view.x(when.getTime() / DAY));
      if (px < left - 0.5 || px > left + plot + 0.5) return [];
      const [y, m, d] = [when.getUTCFullYear(), when.getUTCMonth(), when.getUTCDate()];
      const date = { day: d, month: months[m], year: String(y) };
      if (m === 0 && d === 1) return [{ px, isYear: true, text: date.year, whole: date.year }];
      if (d === 1) return [{ px, isYear: false, text: words("date.in_year.month", date), whole: words("date.month", date) }];
      return [{ px, isYear: false, text: words("date.in_year.day", date), whole: words("date.day", date) }];
    });
    /** @type {{px: number, text: string, after: number}[]} */
    const labels = [];
    const fits = (/** @type {number} */ px, /** @type {string} */ text) => {
      const after = px + 4 + wide(text);
      if (px > left + plot - 30 || after > width || labels.some((l) => px < l.after + APART && l.px < after + APART)) return false;
      return !!labels.push({ px, text, after });
    };
    // Where there is no room for all, the years stand and the months between them go; the first label names its year.
    for (const t of found) if (t.isYear) fits(t.px, t.text);
    for (const t of found) {
      if (t.isYear) continue;
      const first = !labels.some((l) => l.px < t.px);
      if (!first || !fits(t.px, t.whole)) fits(t.px, t.text);
    }
    return [
      ...found.map((/** @type {{px: number}} */ { px }) => svg("line", { class: "dt-chart__tick", x1: px, x2: px, y1: top - 6, y2: height })),
      ...labels.map(({ px, text }) => svg("text", { class: "dt-chart__year", x: px + 4, y: top - 12 * s }, text)),
    ];
  }

  Object.assign(/** @type {any} */ (window).dtChart, { bars, mark, stretch, ticks });
})();
