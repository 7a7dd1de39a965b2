/* What the overview chart shows of time, in which room: days to places and back, and how marks share a lane. Marks
   stand above one another as chart/geometry.py places them; columns count. Knows no document. A classic script, as
   load.js. */
(() => {
  "use strict";

  const { clamp, short } = /** @type {any} */ (window).dtChart;
  const SHORTEST = 21; // days that the closest look shows
  const MOST = 700, LANE = 21, ROWS = 4, GAP = 1, FILL = 0.42, FULL = 0.5;
  const TARGET = 24; // what a finger hits

  /** @typedef {{place: number, id: string, title: string, words: string, main: boolean, first: number, last: number, core: number[] | null, vague: boolean, open: number, anchor: number}} Happening */
  /** @typedef {{event: Happening, quotes: number}} Spot */
  /** @typedef {{event: Happening, quotes: number, r: number, a: number, b: number, x: number, bar: boolean, shift: number}} Mark */
  /** @typedef {{l: number, r: number, t: number, b: number, over?: boolean}} Box */

  /** An event of the file. @param {any[]} row @param {number} place among all events @returns {Happening} */
  function happening([id, title, words, main, days], place) {
    const [first, last = first, from = first, to = last, vague = 0, open = 0] = days;
    const core = from === null ? null : [from, to];
    return { place, id, title, words, main: !!main, first, last, core, vague: !!vague, open, anchor: open < 0 ? last : first };
  }

  /** Where a mark answers to a pointer: as wide and high as a finger wants it, but half way to each neighbour at most.
      @param {Box} own what is drawn of it; `over` where it may lie on another @param {Box[]} others */
  function reach(own, others) {
    const x = (own.l + own.r) / 2, y = (own.t + own.b) / 2, half = TARGET / 2;
    const it = { l: Math.min(own.l - 2, x - half), r: Math.max(own.r + 2, x + half), t: Math.min(own.t - 2, y - half), b: Math.max(own.b + 2, y + half) };
    const least = (/** @type {number} */ by) => ({ l: own.l - by, r: own.r + by, t: own.t - by, b: own.b + by });
    for (const o of others) {
      const across = Math.max(o.l - own.r, own.l - o.r), down = Math.max(o.t - own.b, own.t - o.b);
      if (o === own || across > TARGET || down > TARGET) continue;
      if (across < 0 && down < 0) {
        if (own.over) return least(1);
      } else if (across > down) {
        if (o.l >= own.r) it.r = Math.min(it.r, own.r + across / 2);
        else it.l = Math.max(it.l, own.l - across / 2);
      } else if (o.t >= own.b) it.b = Math.min(it.b, own.b + down / 2);
      else it.t = Math.max(it.t, own.t - down / 2);
    }
    return it;
  }

  /** Where a mark begins and ends. @param {Mark} m */
  const sides = ({ bar, a, b, x, r }) => (bar ? [a, b] : [x - r, x + r]);

  /** Puts marks that overlap in rows; whether at most so many suffice. @param {Mark[]} marks @param {number} high the lane @param {number} most */
  function stack(marks, high, most) {
    /** @type {Mark[][]} */
    const groups = [];
    let edge = -Infinity;
    for (const m of marks.sort((m, n) => sides(m)[0] - sides(n)[0])) {
      const [l, r] = sides(m);
      if (edge < l) groups.push([]);
      groups[groups.length - 1].push(m);
      edge = Math.max(edge, r + GAP);
    }
    return groups.every((group) => {
      for (let rows = 1; rows <= most; rows++) if (inRows(group, rows, high / rows)) return true;
      return false;
    });
  }

  /** Puts marks in rows around the line, as small as these need; whether they do without overlapping.
      @param {Mark[]} marks @param {number} rows @param {number} most how high a row can be */
  function inRows(marks, rows, most) {
    for (const m of marks) m.r = Math.min(m.r, FILL * most);
    const ends = Array(rows).fill(-Infinity), high = Math.max(...marks.map((m) => m.r)) / FILL;
    return marks.every((m) => {
      const [l, r] = sides(m), row = ends.findIndex((end) => end < l);
      if (row < 0) return false;
      ends[row] = r + GAP;
      m.shift = (row - (rows - 1) / 2) * high;
      return true;
    });
  }

  /** Thin strokes where events are that the filters leave out: no more than can be told apart.
      @param {View} view @param {Spot[]} spots @param {number} y @param {boolean} crowded whether single events are drawn beside them */
  function traces(view, spots, y, crowded) {
    const found = new Set();
    for (const { event } of spots) {
      const a = Math.max(view.box.left, view.x(event.first)), b = Math.min(view.right, view.x(event.last));
      const [from, length] = crowded ? [(a + b) / 2, 0] : [a, b - a];
      found.add(`M${Math.round(from / 2) * 2} ${short(y)}h${Math.round(length / 2) * 2 || 0.01}`);
    }
    return Array.from(found).join("");
  }

  class View {
    constructor() {
      /** All days that there are: the first, and the one after the last. */
      this.start = 0;
      this.end = 1;
      /** The days seen, likewise. @type {[number, number]} */
      this.seen = [0, 1];
      /** The room: all in pixels, `s` what a pixel of the drawing on the page is here. */
      this.box = { width: 0, narrow: false, s: 1, left: 0, top: 0, lane: 0, plot: 1 };
    }

    /** @param {number} width */
    measure(width) {
      const narrow = width < 620;
      const s = clamp(0.9, width / (narrow ? 380 : 1000), 1.25);
      const left = narrow ? 8 : clamp(160, width * (width < 900 ? 0.29 : 0.25), 320);
      this.box = { width, narrow, s, left, top: 28 * s, lane: (narrow ? 35 : LANE) * s, plot: Math.max(80, width - left - 22) };
    }

    /** @param {number} day */
    x(day) {
      return this.box.left + (this.box.plot * (day - this.seen[0])) / this.length;
    }

    /** @param {number} px */
    dayAt(px) {
      return this.seen[0] + ((px - this.box.left) / this.box.plot) * this.length;
    }

    /** How many days are seen. */
    get length() {
      return this.seen[1] - this.seen[0];
    }

    get days() {
      return this.end - this.start;
    }

    get right() {
      return this.box.left + this.box.plot;
    }

    get zoomed() {
      return this.length < this.days - 0.5;
    }

    get closest() {
      return this.length < SHORTEST * 1.02;
    }

    /** How far the closest look zooms. */
    get furthest() {
      return Math.max(1, this.days / SHORTEST);
    }

    /** The days that are seen from their beginning: the first, and the one after the last. @returns {[number, number]} */
    get whole() {
      const first = Math.floor(this.seen[0] + 0.02);
      return [first, Math.max(first + 1, Math.floor(this.seen[1] + 0.02))];
    }

    /** The days that can be seen when these are asked for. @param {number} first @param {number} after @returns {[number, number]} */
    fitting(first, after) {
      const length = clamp(Math.min(SHORTEST, this.days), after - first, this.days);
      const from = clamp(this.start, (first + after - length) / 2, this.end - length);
      return [from, from + length];
    }

    get textSize() {
      return clamp(12.5, 13.5 * this.box.s, 16);
    }

    /** How thick a bar is. @param {number} r */
    thickness(r) {
      return short(clamp(4, r * 0.9, 7 * this.box.s));
    }

    /** One event in a lane. @param {Spot} spot @returns {Mark} */
    shape({ event, quotes }) {
      const r = Math.min((event.vague ? 4.2 : 3) + 1.6 * Math.sqrt(quotes), FILL * LANE) * this.box.s;
      const a = this.x(event.first), b = this.x(event.last);
      return { event, quotes, r, a, b, x: (a + b) / 2, bar: b - a > 2 * r, shift: 0 };
    }

    /** The marks of a lane on their days, or null where it has no room for them. @param {Spot[]} spots @returns {Mark[] | null} */
    marks(spots) {
      if (spots.length > MOST / 2) return null;
      const all = spots.map((spot) => this.shape(spot)), most = this.closest ? Infinity : ROWS;
      const [bars, dots] = [true, false].map((bar) => all.filter((m) => m.bar === bar));
      if (!this.closest && dots.reduce((sum, m) => sum + 2 * m.r, 0) > FULL * this.box.plot) return null;
      if (![bars, dots].every((some) => stack(some, LANE * this.box.s, most))) return null;
      return all.sort((m, n) => m.event.anchor - n.event.anchor || m.x - n.x);
    }

    /** Where a mark is drawn. @param {Mark} m @param {number} middle @returns {Box} */
    body(m, middle) {
      const y = middle + m.shift, half = m.bar ? this.thickness(m.r) / 2 : m.r;
      const [l, r] = sides(m).map((x) => (m.bar ? clamp(this.box.left, x, this.right) : x));
      return { l, r, t: y - half, b: y + half, over: !m.bar };
    }

    /** Counts events, which are in the order of time, by period. @param {Spot[]} spots @param {[number, number][]} periods */
    columns(spots, periods) {
      const found = [];
      let n = 0;
      /** @type {any} */
      let last = null;
      for (const { event, quotes } of spots) {
        if (event.anchor < this.seen[0] || event.anchor >= this.seen[1]) continue;
        while (event.anchor >= periods[n][1]) n++;
        const [first, after] = periods[n];
        if (!last || last.first !== first) {
          last = { first, after, x: Math.max(this.box.left, this.x(first)), x2: Math.min(this.right, this.x(after)), events: 0, quotes: 0, day: event.anchor };
          found.push(last);
        }
        last.events++;
        last.quotes += quotes;
      }
      return found;
    }
  }

  Object.assign(/** @type {any} */ (window).dtChart, { MOST, TARGET, View, happening, reach, traces });
})();
