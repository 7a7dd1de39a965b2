/* The overview chart drawn anew for the width and the time that a reader wants: other lanes, zoom, pan, a period
   for the list, tooltips, the keyboard. The drawing of the page (macros/chart.py) is its model, and what it
   replaces; macros/points.py tells what the file of events holds; chart-calendar.js counts its days. */
(() => {
  "use strict";

  const NS = "http://www.w3.org/2000/svg";
  const { DAY, MONTHS, STEPS, at, dayOf, described, inWords, iso, period } = /** @type {any} */ (window).dtCalendar;
  const EAGER = 400; // a record up to this size is read at once
  const SHORTEST = 21; // days that the closest look shows
  const STRAY = 30, FEW = 6, MOST = 700, SHELVES = [0, -5.5, 5.5], TAIL = 20, GAP = 1.5;
  const TARGET = 24; // what a finger hits
  const APART = 8; // between two labels of the time

  /** @typedef {{id: string, title: string, words: string, main: boolean, first: number, last: number, core: number[] | null, vague: boolean, open: number, anchor: number}} Happening */
  /** @typedef {{event: Happening, quotes: number}} Spot */
  /** @typedef {{node: SVGElement, day: number, id: string, title: string, lines: string[], url: string | null, bar?: boolean, zoom?: [number, number]}} Stop */

  /** @param {string} name @param {Record<string, any>} attributes @param {...(Node | string)} children */
  function svg(name, attributes, ...children) {
    const made = document.createElementNS(NS, name);
    for (const key in attributes) if (attributes[key] != null) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  /** @param {string} name @param {Record<string, any>} attributes @param {...(Node | string)} children */
  function html(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key in attributes) if (attributes[key] != null) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  const clamp = (/** @type {number} */ low, /** @type {number} */ value, /** @type {number} */ high) => Math.max(low, Math.min(high, value));
  const short = (/** @type {number} */ n) => Math.round(n * 10) / 10;
  const count = (/** @type {number} */ n, /** @type {string} */ noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

  /** @typedef {{l: number, r: number, t: number, b: number, over?: boolean}} Box */

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

  /** An event of the file. @param {any[]} row @returns {Happening} */
  function happening([id, title, words, main, days]) {
    const [first, last = first, from = first, to = last, vague = 0, open = 0] = days;
    const core = from === null ? null : [from, to];
    return { id, title, words, main: !!main, first, last, core, vague: !!vague, open, anchor: open < 0 ? last : first };
  }

  /** Circles side by side between two edges, each as near to its place as those before it allow.
      @param {{x: number, r: number}[]} dots @param {number} left @param {number} right */
  function apart(dots, left, right) {
    const room = dots.reduce((sum, d) => sum + 2 * d.r + GAP, 0);
    const scale = Math.min(1, (right - left) / room), gap = GAP * scale;
    let edge = left;
    const placed = dots.map(({ x, r }) => {
      const centre = Math.max(x, edge + gap + r * scale);
      edge = centre + r * scale;
      return { x: centre, r: r * scale };
    });
    edge = right;
    for (const dot of placed.reverse()) {
      dot.x = Math.min(dot.x, edge - dot.r);
      edge = dot.x - dot.r - gap;
    }
    return { placed: placed.reverse(), room };
  }

  /** Brings one chart to life. @param {HTMLElement} figure @param {() => Promise<any>} read @param {number} size */
  function live(figure, read, size) {
    const d3 = /** @type {any} */ (window).dtD3;
    const stage = /** @type {HTMLElement} */ (figure.querySelector(".dt-chart__stage"));
    const caption = /** @type {HTMLElement} */ (figure.querySelector("figcaption"));
    const filters = document.querySelector("form[data-dt-filters]");
    const mac = /Mac|iP/.test(navigator.platform);

    /** @type {any} */
    let data = null;
    /** Each lane's events, by grouping. @type {Spot[][][]} */
    let lanes = [];
    let group = 0;
    /** The days seen: the first, and the one after the last. @type {[number, number]} */
    let seen = [0, 1];
    /** The period that the list shows: its first day and the day after its last. @type {[number, number] | null} */
    let chosen = null;
    /** What can be reached, by lane. @type {Stop[][]} */
    let stops = [];
    /** Where the keyboard is. */
    const here = { lane: 0, day: -Infinity, id: "" };
    /** @type {any} */
    let box = null;
    let frame = 0;
    let held = false;

    // The drawing

    const canvas = svg("svg", { class: "dt-chart__live", role: "group", tabindex: -1 });
    const grid = svg("g", { "aria-hidden": "true" });
    const rows = svg("g", {});
    const band = svg("rect", { class: "dt-chart__band", "aria-hidden": "true" });
    const strip = svg("rect", { class: "dt-chart__strip", "aria-hidden": "true" });
    const brushed = svg("g", { class: "dt-chart__brush", "aria-hidden": "true" });
    const attic = svg("g", { display: "none" });
    canvas.append(strip, grid, rows, band, brushed, attic);
    const tip = html("div", { class: "dt-chart__tip", role: "tooltip", hidden: "" });

    const root = d3.select(canvas);
    const brush = d3.brushX().keyModifiers(false).handleSize(14).on("end", brushEnd);
    const zoom = d3
      .zoom()
      .filter((/** @type {any} */ e) =>
        e.type === "wheel" ? e.ctrlKey || e.metaKey : e.type === "mousedown" ? !e.button && !e.ctrlKey && zoomed() : e.type === "touchstart" && e.touches.length > 1,
      )
      .wheelDelta((/** @type {WheelEvent} */ e) => clamp(-0.7, -e.deltaY * (e.deltaMode === 1 ? 0.25 : e.deltaMode ? 1 : 0.012), 0.7))
      .clickDistance(4)
      .on("zoom", (/** @type {any} */ e) => {
        const { k, x } = e.transform;
        const days = data.end - data.start;
        const first = data.start + ((box.left - x) / k - box.left) * (days / box.plot);
        seen = [Math.max(data.start, first), Math.min(data.end, first + days / k)];
        soon(!!e.sourceEvent);
      });

    const zoomed = () => data && seen[1] - seen[0] < data.end - data.start - 0.5;
    const closest = () => seen[1] - seen[0] < SHORTEST * 1.02;
    const x = (/** @type {number} */ day) => box.left + (box.plot * (day - seen[0])) / (seen[1] - seen[0]);
    const dayAt = (/** @type {number} */ px) => seen[0] + ((px - box.left) / box.plot) * (seen[1] - seen[0]);

    function measure() {
      const width = stage.clientWidth;
      const narrow = width < 620;
      const s = clamp(0.9, width / (narrow ? 380 : 1000), 1.25);
      const left = narrow ? 8 : clamp(160, width * (width < 900 ? 0.29 : 0.25), 320);
      box = { width, narrow, s, left, top: 28 * s, lane: (narrow ? 35 : 21) * s, plot: Math.max(80, width - left - 22) };
    }

    /** The days that are seen from their beginning: the first, and the one after the last. @returns {[number, number]} */
    const wholeDays = () => {
      const first = Math.floor(seen[0] + 0.02);
      return [first, Math.max(first + 1, Math.floor(seen[1] + 0.02))];
    };

    /** Shows these days. @param {number} first @param {number} after @param {Event} [event] the gesture that asks for it */
    function look(first, after, event) {
      const days = data.end - data.start;
      const length = clamp(Math.min(SHORTEST, days), after - first, days);
      const from = clamp(data.start, (first + after - length) / 2, data.end - length);
      const k = days / length;
      const to = box.left + ((from - data.start) / days) * box.plot;
      root.call(zoom.transform, d3.zoomIdentity.translate(box.left - k * to, 0).scale(k), null, event);
    }

    /** @param {number} factor @param {number} [middle] */
    function zoomBy(factor, middle = (seen[0] + seen[1]) / 2) {
      const part = clamp(0, (middle - seen[0]) / (seen[1] - seen[0]), 1);
      const length = (seen[1] - seen[0]) / factor;
      look(middle - part * length, middle + (1 - part) * length);
    }

    /** Draws with the next frame; `moving`, in the midst of a gesture, without what only a pointer at rest needs. */
    function soon(moving = false) {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
      frame = requestAnimationFrame(() => draw(moving));
      if (moving) resting = window.setTimeout(() => soon(), 180);
    }
    let resting = 0;

    /** One event in a lane. @param {Spot} spot */
    function shape({ event, quotes }) {
      const r = Math.min((event.vague ? 4.2 : 3) + 1.6 * Math.sqrt(quotes), 9.5) * box.s;
      const a = x(event.first), b = x(event.last);
      return { event, quotes, r, a, b, x: (a + b) / 2, bar: b - a > 2 * r, shift: 0 };
    }

    /** The marks of a lane, or null where they would not stand near their days. @param {Spot[]} spots */
    function marks(spots) {
      if (spots.length > MOST / 2) return null;
      const all = spots.map(shape);
      const bars = all.filter((m) => m.bar).sort((m, n) => m.a - n.a);
      const dots = all.filter((m) => !m.bar).sort((m, n) => m.x - n.x);
      const ends = SHELVES.map(() => -Infinity);
      for (const m of bars) {
        let shelf = ends.findIndex((end) => end < m.a);
        if (shelf < 0 && !closest()) return null;
        shelf = Math.max(0, shelf);
        ends[shelf] = m.b;
        m.shift = SHELVES[shelf] * box.s;
      }
      const { placed, room } = apart(dots, box.left, box.width);
      const stray = Math.max(0, ...placed.map((p, n) => Math.abs(p.x - dots[n].x)));
      if (dots.length > FEW && !closest() && (room > 0.6 * box.plot || stray > STRAY * box.s)) return null;
      placed.forEach((p, n) => Object.assign(dots[n], p));
      return [...bars, ...dots].sort((m, n) => m.event.anchor - n.event.anchor || m.x - n.x);
    }

    function draw(moving = false) {
      if (!data || !figure.isConnected) return;
      // The focus comes back to what takes the place of its mark, after a gesture when that is drawn.
      held = rows.contains(document.activeElement) || (held && document.activeElement === document.body);
      hide();
      // A finger on a mark that goes away would no longer be heard.
      const touched = rows.querySelector("[data-dt-held]");
      if (touched) attic.append(touched);
      const { width, left, top, lane, plot, s, narrow } = box;
      const right = left + plot;
      const list = data.groups[group].lanes;
      const height = top + lane * list.length + 8;
      canvas.setAttribute("height", `${height}`);
      canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
      canvas.setAttribute("aria-label", `Events over time, lanes by ${data.groups[group].noun}; arrow keys move between them`);
      canvas.style.setProperty("--dt-chart-size", `${textSize()}px`);
      canvas.classList.toggle("dt-chart__live--zoomed", zoomed());

      grid.replaceChildren(...ticks(height));
      if (filters) for (const [key, value] of Object.entries({ x: left, y: 0, width: plot, height: top - 6 })) strip.setAttribute(key, `${value}`);

      const visible = lanes[group].map((spots) => spots.filter(({ event: e }) => e.last >= seen[0] && e.first < seen[1]));
      const drawn = visible.map(marks);
      const middle = (/** @type {number} */ n) => top + lane * (n + 0.5) + (narrow ? 5 * s : 0);
      // As few lanes as need it are counted in columns.
      let left_ = drawn.reduce((sum, m) => sum + (m ? m.length : 0), 0);
      for (const n of drawn.map((_, n) => n).sort((a, b) => visible[b].length - visible[a].length)) {
        if (left_ <= MOST) break;
        left_ -= (drawn[n] || []).length;
        drawn[n] = null;
      }
      const days = seen[1] - seen[0];
      const step = STEPS.find((/** @type {any} */ t) => (plot * (t.days || (t.months || 1) * 30.437)) / days >= 7 * s) || STEPS[STEPS.length - 1];
      /** @type {[number, number][]} */
      const periods = [];
      for (let day = Math.floor(seen[0]); day < seen[1]; day = periods[periods.length - 1][1]) periods.push(period(day, step));
      const counted = drawn.map((m, n) => (m ? [] : columns(visible[n], periods)));
      const most = Math.max(1, ...counted.flat().map((c) => c.events));

      const named = list.map((/** @type {any[]} */ [name, , depth]) => {
        const room = Math.floor(((narrow ? width : left) - depth * 14) / (6.6 * s));
        return name.length > room ? `${name.slice(0, room - 1).trimEnd()}…` : name;
      });
      const inSight = drawn.map((marks) => (marks || []).filter((m) => m.bar || (m.x >= left && m.x <= width)));
      /** What stands in each lane, between which its marks share the room. @type {Box[][]} */
      const bodies = moving ? [] : inSight.map((marks, n) => {
        const y = middle(n), from = list[n][2] * 14, base = y + (narrow ? -10 : 4) * s, size = textSize();
        const name = { l: from, r: from + wide(named[n]), t: base - 0.8 * size, b: base + 0.25 * size };
        return [...marks.map((m) => body(m, y, right)), name, ...(drawn[n] ? [] : [{ l: left, r: right, t: y - 10 * s, b: y + 8 * s }])];
      });

      stops = [];
      rows.replaceChildren(
        ...list.map((/** @type {any[]} */ [name, url, depth], /** @type {number} */ n) => {
          const y = middle(n);
          /** @type {Stop[]} */
          const mine = [];
          stops.push(mine);
          const label = svg("text", { class: "dt-chart__name", x: depth * 14, y: short(y + (narrow ? -10 * s : 4 * s)) }, named[n]);
          const row = svg("g", { role: "group", "aria-label": name });
          if (url) {
            const link = svg("a", { href: data.base + url, tabindex: -1, "aria-label": name }, label);
            row.append(link);
            mine.push({ node: link, day: -Infinity, id: "name", title: name, lines: [], url: null });
          } else row.append(label);
          if (drawn[n]) {
            row.append(svg("line", { class: "dt-chart__lane", x1: left, x2: width, y1: y, y2: y }));
            const near = [n - 1, n, n + 1].flatMap((n) => bodies[n] || []);
            inSight[n].forEach((m, at) => mine.push(mark(m, y, right, name, bodies[n] && reach(bodies[n][at], near))));
          } else {
            const base = y + 7 * s;
            row.append(svg("line", { class: "dt-chart__base", x1: left, x2: width, y1: base, y2: base }));
            const tall = (/** @type {{events: number}} */ c) => short(Math.max(1.5, 15 * s * Math.sqrt(c.events / most)));
            const path = counted[n].map((c) => `M${short(c.x + 0.5)} ${short(base)}v-${tall(c)}h${short(Math.max(0.8, c.x2 - c.x - 1))}v${tall(c)}z`).join("");
            row.append(svg("path", { class: "dt-chart__columns dt-chart__columns--solid", d: path }));
            if (!moving) for (const c of counted[n]) mine.push(column(c, base, name));
          }
          for (const stop of mine) /** @type {any} */ (stop.node).dtStop = stop;
          // The keyboard goes by time; dots lie on bars, whichever is first.
          const timed = mine.filter((stop) => stop.id !== "name");
          row.append(...timed.filter((s) => s.bar).map((s) => s.node), ...timed.filter((s) => !s.bar).map((s) => s.node));
          return row;
        }),
      );
      const columnsNow = drawn.some((m) => !m);
      const entry = /** @type {HTMLElement | null} */ (caption.querySelector("[data-dt-columns]"));
      if (entry) {
        entry.hidden = !columnsNow;
        if (columnsNow) /** @type {HTMLElement} */ (entry.querySelector("[data-dt-step]")).textContent = described(step);
      }
      drawPeriod(height);
      if (!moving) {
        settle(held);
        held = false;
      }
      tell();
    }

    const textSize = () => clamp(12.5, 13.5 * box.s, 16);
    /** Measures text without a layout. */
    const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    /** @param {string} text */
    function wide(text) {
      pen.font = `${textSize()}px ${family}`;
      return pen.measureText(text).width;
    }
    const family = getComputedStyle(figure).getPropertyValue("--dt-sans") || "sans-serif";

    /** @param {number} height */
    function ticks(height) {
      const { left, top, plot, narrow, s, width } = box;
      const found = d3.utcTicks(at(seen[0]), at(seen[1]), plot / (narrow ? 62 : 84)).flatMap((/** @type {Date} */ when) => {
        const px = short(x(when.getTime() / DAY));
        if (px < left - 0.5 || px > left + plot + 0.5) return [];
        const [y, m, d] = [when.getUTCFullYear(), when.getUTCMonth(), when.getUTCDate()];
        const month = MONTHS[m].slice(0, 3);
        return [{ px, y, text: m === 0 && d === 1 ? `${y}` : d === 1 ? month : `${d} ${month}`, isYear: m === 0 && d === 1 }];
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
        if (!first || !fits(t.px, `${t.text} ${t.y}`)) fits(t.px, t.text);
      }
      return [
        ...found.map((/** @type {{px: number}} */ { px }) => svg("line", { class: "dt-chart__tick", x1: px, x2: px, y1: top - 6, y2: height })),
        ...labels.map(({ px, text }) => svg("text", { class: "dt-chart__year", x: px + 4, y: top - 12 * s }, text)),
      ];
    }

    /** Counts events, which are in the order of time, by period. @param {Spot[]} spots @param {[number, number][]} periods */
    function columns(spots, periods) {
      const found = [];
      let n = 0;
      /** @type {any} */
      let last = null;
      for (const { event, quotes } of spots) {
        if (event.anchor < seen[0] || event.anchor >= seen[1]) continue;
        while (event.anchor >= periods[n][1]) n++;
        const [first, after] = periods[n];
        if (!last || last.first !== first) {
          last = { first, after, x: Math.max(box.left, x(first)), x2: Math.min(box.left + box.plot, x(after)), events: 0, quotes: 0, day: event.anchor };
          found.push(last);
        }
        last.events++;
        last.quotes += quotes;
      }
      return found;
    }

    /** How thick a bar is. @param {number} r */
    const thickness = (r) => short(clamp(4, r * 0.9, 7 * box.s));

    /** Where a mark is drawn. @param {ReturnType<typeof shape>} m @param {number} middle @param {number} right @returns {Box} */
    function body({ r, a, b, x: centre, bar, shift }, middle, right) {
      const y = middle + shift, half = bar ? thickness(r) / 2 : r;
      const [l, to] = bar ? [clamp(box.left, a, right), clamp(box.left, b, right)] : [centre - r, centre + r];
      return { l, r: to, t: y - half, b: y + half, over: !bar };
    }

    /** @param {ReturnType<typeof shape>} m @param {number} middle @param {number} right @param {string} lane @param {Box} [hit] @returns {Stop} */
    function mark(m, middle, right, lane, hit = body(m, middle, right)) {
      const { event, quotes, r, a, b, x: centre, bar, shift } = m;
      const y = short(middle + shift), { left, s } = box;
      const main = event.main ? " dt-chart__mark--main" : "";
      const url = data.base + data.page.replace("*", event.id);
      const said = quotes ? count(quotes, "quote") : "";
      const link = svg("a", { href: url, tabindex: -1, "aria-label": [event.title, event.words, said].filter(Boolean).join(", ") });
      const from = clamp(left, a, right), to = clamp(left, b, right);
      if (event.open) {
        const edge = bar ? (event.open > 0 ? to : from) : centre;
        link.append(svg("path", { class: "dt-chart__tail", d: `M${short(edge)} ${y}h${short(clamp(left - edge, event.open * TAIL * s, right + 20 - edge))}` }));
      }
      if (bar) {
        const thick = thickness(r);
        if (event.vague) link.append(svg("path", { class: `dt-chart__within${event.main ? " dt-chart__within--main" : ""}`, "stroke-width": thick, d: `M${short(from)} ${y}h${short(to - from)}` }));
        if (event.core) {
          const [c, d] = event.core.map((day) => clamp(left, x(day), right));
          if (d > left && c < right) link.append(svg("rect", { class: `dt-chart__mark${main}`, x: short(c), y: y - thick / 2, width: short(Math.max(1, d - c)), height: thick }));
        }
        link.append(svg("rect", { class: "dt-chart__ring", x: short(from - 3), y: y - thick / 2 - 3, width: short(to - from + 6), height: thick + 6 }));
      } else {
        link.append(svg("circle", { class: `dt-chart__mark${main}${event.vague ? " dt-chart__mark--vague" : ""}`, cx: short(centre), cy: y, r: short(r) }));
        link.append(svg("circle", { class: "dt-chart__ring", cx: short(centre), cy: y, r: short(r + 3.5) }));
      }
      link.append(svg("rect", { class: "dt-chart__hit", x: short(hit.l), y: short(hit.t), width: short(hit.r - hit.l), height: short(hit.b - hit.t) }));
      return { node: link, day: event.anchor, id: event.id, bar, title: event.title, lines: [event.words, [said, lane].filter(Boolean).join(" · ")], url };
    }

    /** @param {any} c @param {number} base @param {string} lane @returns {Stop} */
    function column(c, base, lane) {
      const { s } = box;
      const words = inWords(c.first, c.after);
      const said = `${count(c.events, "event")}, ${count(c.quotes, "quote")}`;
      const url = data.base + data.year.replace("*", String(at(c.day).getUTCFullYear()).padStart(4, "0"));
      const area = { x: short(c.x), y: short(base - 17 * s), width: short(Math.max(1, c.x2 - c.x)), height: short(18 * s) };
      const link = svg("a", { href: url, tabindex: -1, "aria-label": `${words}: ${said}` }, svg("rect", { class: "dt-chart__period", ...area }), svg("rect", { class: "dt-chart__ring", ...area }));
      return { node: link, day: c.first, id: "", title: words, lines: [`${said} · ${lane}`, closest() ? "" : "Choose it to zoom in"].filter(Boolean), url, zoom: [c.first, c.after] };
    }

    /** @param {number} height */
    function drawPeriod(height) {
      const { left, top, plot } = box;
      const range = chosen && [clamp(left, x(chosen[0]), left + plot), clamp(left, x(chosen[1]), left + plot)];
      const shown = range && range[1] - range[0] > 0.5;
      band.setAttribute("display", shown ? "inline" : "none");
      if (range && shown) for (const [key, value] of Object.entries({ x: range[0], y: top - 6, width: range[1] - range[0], height: height - top + 6 })) band.setAttribute(key, `${short(value)}`);
      if (!filters) return;
      brush.extent([[left, 0], [left + plot, top - 6]]);
      d3.select(brushed).call(brush);
      d3.select(brushed).call(brush.move, shown ? range : null);
    }

    // A period for the list

    /** @param {any} event */
    function brushEnd(event) {
      if (!event.sourceEvent) return; // our own drawing
      const range = event.selection;
      if (!range) choose(null);
      else {
        const first = Math.floor(dayAt(range[0]) + 0.02);
        choose([first, Math.max(first + 1, Math.ceil(dayAt(range[1]) - 0.02))]);
      }
    }

    /** @param {[number, number] | null} days */
    function choose(days) {
      const before = chosen;
      chosen = days;
      if (days || before) document.dispatchEvent(new CustomEvent("dt-period", { detail: days && { from: iso(days[0]), to: iso(days[1] - 1) } }));
      soon();
    }

    /** Shows the period of the list. @param {{from: string, to: string} | null} detail */
    function show(detail) {
      const [from, to] = detail ? [dayOf(detail.from), dayOf(detail.to)] : [NaN, NaN];
      chosen = from <= to ? [from, to + 1] : null;
      if (data) soon();
      else if (chosen) wake();
    }

    // Tooltips

    let waiting = 0;
    /** @type {Stop | null} */
    let told = null;

    /** @param {Stop} stop */
    function explain(stop) {
      clearTimeout(waiting);
      if (stop.id === "name") return hide();
      told = stop;
      const title = html("strong", {}, stop.url && !stop.zoom ? html("a", { href: stop.url, tabindex: -1 }, stop.title) : stop.title);
      tip.replaceChildren(title, ...stop.lines.map((line) => html("span", {}, line)));
      tip.hidden = false;
      tip.style.transform = "none";
      const place = stage.getBoundingClientRect(), it = stop.node.getBoundingClientRect();
      const wide = tip.offsetWidth, tall = tip.offsetHeight;
      const left = clamp(0, (it.left + it.right) / 2 - place.left - wide / 2, Math.max(0, place.width - wide));
      const header = document.querySelector(".md-header");
      const above = it.top - tall - 5 > (header ? header.getBoundingClientRect().bottom : 0);
      const top = above ? it.top - place.top - tall - 5 : it.bottom - place.top + 5;
      tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }

    function hide() {
      clearTimeout(waiting);
      tip.hidden = true;
      told = null;
    }

    /** The stop that an event is about. @param {Event} event @returns {Stop | null} */
    const stopOf = (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      return link ? /** @type {any} */ (link).dtStop || null : null;
    };

    canvas.addEventListener("pointerover", (event) => {
      const stop = stopOf(event);
      if (event.pointerType === "touch" || event.buttons) return;
      if (stop) explain(stop);
    });
    const leave = () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const focused = document.activeElement && /** @type {any} */ (document.activeElement).dtStop;
        if (focused && document.activeElement?.matches(":focus-visible") && rows.contains(document.activeElement)) explain(focused);
        else hide();
      }, 220);
    };
    canvas.addEventListener("pointerout", (event) => event.pointerType !== "touch" && leave());
    tip.addEventListener("pointerenter", () => clearTimeout(waiting));
    tip.addEventListener("pointerleave", leave);
    figure.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    document.addEventListener("keydown", function escape(event) {
      if (!figure.isConnected) document.removeEventListener("keydown", escape);
      else if (event.key === "Escape") hide();
    });

    // The keyboard: one stop for Tab, arrows between marks

    /** @param {boolean} focus */
    function settle(focus) {
      for (const lane of stops) for (const stop of lane) stop.node.setAttribute("tabindex", "-1");
      here.lane = clamp(0, here.lane, stops.length - 1);
      if (!stops[here.lane]?.length) here.lane = Math.max(0, stops.findIndex((lane) => lane.length));
      const stop = nearest(here.lane);
      if (!stop) return;
      stop.node.setAttribute("tabindex", "0");
      if (focus) /** @type {any} */ (stop.node).focus({ preventScroll: true });
    }

    /** The stop of a lane where the keyboard is, or the nearest in time. @param {number} lane @returns {Stop | undefined} */
    function nearest(lane) {
      const mine = stops[lane] || [];
      const named = mine.find((s) => s.id === here.id && (s.id === "name" || s.id !== ""));
      const timed = mine.filter((s) => s.id !== "name");
      if (named) return named;
      return timed.reduce((best, s) => (Math.abs(s.day - here.day) < Math.abs(best.day - here.day) ? s : best), timed[0]) || mine[0];
    }

    /** @param {Stop | undefined} stop @param {number} lane */
    function go(stop, lane) {
      if (!stop) return;
      here.lane = lane;
      here.day = stop.day;
      here.id = stop.id;
      settle(true);
    }

    /** @param {number} way */
    function along(way) {
      const mine = stops[here.lane] || [];
      const n = mine.findIndex((s) => s.node === document.activeElement);
      const next = mine[n + way];
      if (next) return go(next, here.lane);
      // The next event may stand outside of what is seen.
      const spots = lanes[group][here.lane].map((s) => s.event);
      const day = mine[n] && mine[n].id !== "name" ? mine[n].day : way > 0 ? seen[0] : seen[1];
      const beyond = way > 0 ? spots.find((e) => e.anchor >= seen[1]) : spots.filter((e) => e.anchor < seen[0] && e.anchor < day).pop();
      if (!beyond) return;
      const half = (seen[1] - seen[0]) / 2;
      here.day = beyond.anchor;
      here.id = beyond.id;
      look(beyond.anchor - half, beyond.anchor + half);
    }

    // Not on the drawing itself: a browser takes an SVG that listens to focus for a stop of its own.
    stage.addEventListener("focusin", (event) => {
      const stop = stopOf(event);
      if (!stop) return;
      here.lane = stops.findIndex((lane) => lane.includes(stop));
      here.day = stop.day;
      here.id = stop.id;
      for (const lane of stops) for (const s of lane) if (s !== stop) s.node.setAttribute("tabindex", "-1");
      stop.node.setAttribute("tabindex", "0");
      if (stop.node.matches(":focus-visible")) explain(stop);
    });
    stage.addEventListener("focusout", () => leave());
    stage.addEventListener("keydown", (event) => {
      if (!data || event.ctrlKey || event.metaKey || event.altKey) return;
      const middle = here.id === "name" ? ofLane() : here.day > -Infinity && here.day >= seen[0] && here.day <= seen[1] ? here.day : undefined;
      /** @type {Record<string, () => void>} */
      const keys = {
        ArrowRight: () => along(1),
        ArrowLeft: () => along(-1),
        ArrowDown: () => updown(1),
        ArrowUp: () => updown(-1),
        Home: () => go(stops[here.lane][0], here.lane),
        End: () => go(stops[here.lane].slice(-1)[0], here.lane),
        "+": () => zoomBy(2, middle),
        "=": () => zoomBy(2, middle),
        "-": () => zoomBy(0.5, middle),
        0: () => look(data.start, data.end),
      };
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });

    /** The day of the lane's mark that is nearest to the middle of what is seen. @returns {number | undefined} */
    function ofLane() {
      const centre = (seen[0] + seen[1]) / 2;
      const days = lanes[group][here.lane].map(({ event: e }) => clamp(e.first, centre, e.last + 1));
      return days.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre))[0];
    }

    /** @param {number} way */
    function updown(way) {
      for (let lane = here.lane + way; lane >= 0 && lane < stops.length; lane += way) {
        if (stops[lane].length) return go(nearest(lane), lane);
      }
    }

    // Pointers beyond what d3-zoom does

    let finger = false;
    canvas.addEventListener("pointerdown", (event) => (finger = event.pointerType === "touch"), true);
    canvas.addEventListener("click", (event) => {
      const stop = stopOf(event);
      if (!stop || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (stop.zoom && !closest()) {
        event.preventDefault();
        const [first, after] = stop.zoom;
        here.day = first;
        here.id = "";
        look(first, after);
      } else if (finger && told !== stop && stop.id !== "name") {
        // A finger cannot hover: the first touch tells what the second opens.
        event.preventDefault();
        explain(stop);
      }
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        const across = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
        if (event.ctrlKey || event.metaKey || !zoomed() || (!event.shiftKey && Math.abs(across) <= Math.abs(event.deltaY))) return;
        event.preventDefault();
        const days = (across / box.plot) * (seen[1] - seen[0]);
        look(seen[0] + days, seen[1] + days, event);
      },
      { passive: false },
    );
    // One finger moves time sideways and leaves the page to scroll up and down (touch-action).
    let from = 0;
    canvas.addEventListener("pointerdown", (event) => (from = event.clientX));
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "touch" || !event.isPrimary || !zoomed() || touches > 1 || brushed.contains(/** @type {Node} */ (event.target))) return;
      if (Math.abs(event.clientX - from) < 4) return;
      const days = ((from - event.clientX) / box.plot) * (seen[1] - seen[0]);
      from = event.clientX;
      look(seen[0] + days, seen[1] + days, event);
    });
    let touches = 0;
    canvas.addEventListener(
      "touchstart",
      (event) => {
        touches = event.touches.length;
        const link = /** @type {Element} */ (event.target).closest("a");
        if (link) link.setAttribute("data-dt-held", "");
      },
      { passive: true, capture: true },
    );
    for (const kind of ["touchend", "touchcancel"]) {
      canvas.addEventListener(kind, (event) => {
        touches = /** @type {TouchEvent} */ (event).touches.length;
        if (touches) return;
        for (const link of canvas.querySelectorAll("[data-dt-held]")) link.removeAttribute("data-dt-held");
        attic.replaceChildren();
      });
    }

    // Buttons

    /** @param {string} text @param {() => void} act @param {Record<string, any>} [attributes] */
    const button = (text, act, attributes = {}) => {
      const made = html("button", { type: "button", class: "dt-chart__button", ...attributes }, text);
      made.addEventListener("click", async () => {
        if (made.getAttribute("aria-disabled") === "true") return;
        await wake();
        if (data) act();
      });
      return made;
    };
    const edged = { class: "dt-chart__button dt-chart__button--edged" };
    const nouns = ["issue", "party", "level"];
    const switches = nouns.map((noun, n) =>
      button(noun, () => {
        group = n;
        here.id = "";
        draw();
      }, { "aria-pressed": n ? "false" : "true" }),
    );
    const closer = button("+", () => zoomBy(2), { ...edged, "aria-label": "Zoom in" });
    const farther = button("−", () => zoomBy(0.5), { ...edged, "aria-label": "Zoom out", "aria-disabled": "true" });
    const whole = button("Whole period", () => look(data.start, data.end), { ...edged, "aria-disabled": "true" });
    const window_ = button("Filter the list to this period", () => choose(wholeDays()), { "aria-disabled": "true" });
    const clear = button("Clear the period", () => choose(null), { "aria-disabled": "true" });
    const shown = html("span", { class: "dt-chart__shown", role: "status" }, figure.dataset.dtYears || "");
    const bar = html(
      "div",
      { class: "dt-chart__bar" },
      html("div", { class: "dt-chart__group", role: "group", "aria-label": "Lanes by" }, html("span", { "aria-hidden": "true" }, "Lanes by"), ...switches),
      html("div", { class: "dt-chart__group", role: "group", "aria-label": "Time shown" }, farther, closer, whole, shown),
      ...(filters ? [html("div", { class: "dt-chart__group dt-chart__group--end", role: "group", "aria-label": "Period of the list" }, window_, clear)] : []),
    );

    /** Says on the buttons what they would do now. */
    function tell() {
      switches.forEach((s, n) => s.setAttribute("aria-pressed", `${n === group}`));
      const off = (/** @type {Element} */ e, /** @type {boolean} */ is) => (is ? e.setAttribute("aria-disabled", "true") : e.removeAttribute("aria-disabled"));
      off(closer, closest());
      off(farther, !zoomed());
      off(whole, !zoomed());
      off(window_, !zoomed());
      off(clear, !chosen);
      const days = seen[1] - seen[0];
      const unit = days > 1400 ? { months: 12 } : days > 200 ? { months: 1 } : { days: 1 };
      const [first, after] = wholeDays();
      const words = inWords(period(first, unit)[0], period(after - 1, unit)[1]);
      clearTimeout(saying);
      saying = window.setTimeout(() => shown.textContent !== words && (shown.textContent = words), shown.textContent ? 250 : 0);
    }
    let saying = 0;

    // Waking, in pieces that hold up nothing else

    const pause = () => new Promise((done) => setTimeout(done));
    /** @type {Promise<void> | null} */
    let waking = null;
    const wake = () =>
      (waking =
        waking ||
        (async () => {
          /** @type {any} */
          let given;
          try {
            given = await read();
          } catch {
            waking = null;
            return;
          }
          const events = given.events.map(happening);
          await pause();
          lanes = given.groups.map((/** @type {any} */ g, /** @type {number} */ n) => {
            /** @type {Spot[][]} */
            const found = g.lanes.map(() => []);
            given.events.forEach((/** @type {any[]} */ row, /** @type {number} */ at) => {
              const pairs = row[5 + n];
              for (let i = 0; i < pairs.length; i += 2) found[pairs[i]].push({ event: events[at], quotes: pairs[i + 1] });
            });
            for (const spots of found) spots.sort((a, b) => a.event.anchor - b.event.anchor);
            return found;
          });
          await pause();
          data = given;
          seen = [data.start, data.end];
          measure();
          const focused = document.activeElement === stage;
          stage.removeAttribute("tabindex");
          stage.removeAttribute("role");
          stage.removeAttribute("aria-label");
          stage.prepend(canvas);
          stage.append(tip);
          figure.classList.add("dt-chart--live");
          zoom.extent(() => [[box.left, 0], [box.left + box.plot, 1]]).translateExtent([[box.left, 0], [box.left + box.plot, 1]]).scaleExtent([1, Math.max(1, (data.end - data.start) / SHORTEST)]);
          root.call(zoom).on("dblclick.zoom", null);
          draw();
          if (focused) settle(true);
          new ResizeObserver((_, self) => {
            if (!figure.isConnected) return self.disconnect();
            if (stage.clientWidth === box.width || !stage.clientWidth) return;
            measure();
            zoom.translateExtent([[box.left, 0], [box.left + box.plot, 1]]);
            look(seen[0], seen[1]);
          }).observe(stage);
        })());

    const keys = mac ? "⌘" : "Ctrl";
    const choosing = filters ? " Choose a period for the list: drag along the years." : "";
    // Styles show the one that the reader's device has a use for.
    caption.querySelector("p")?.after(
      html("p", { class: "dt-chart__hint dt-chart__hint--mouse" }, `Zoom: ${keys} with the wheel, + − 0. Move: drag.${choosing} Keyboard: Tab, then the arrow keys.`),
      html("p", { class: "dt-chart__hint dt-chart__hint--touch" }, `Zoom: two fingers. Move: one finger. Touch a mark to read it, and again to open it.${choosing}`),
    );
    stage.before(bar);

    if (size <= EAGER) wake();
    else {
      // A large record is read when somebody turns to the chart, not by everybody who passes by.
      stage.tabIndex = 0;
      stage.setAttribute("role", "group");
      stage.setAttribute("aria-label", "Overview chart");
      let dwelling = 0;
      stage.addEventListener("focus", wake, { once: true });
      stage.addEventListener("pointerdown", wake, { once: true });
      stage.addEventListener("touchstart", wake, { once: true, passive: true });
      stage.addEventListener("pointermove", () => {
        clearTimeout(dwelling);
        if (!waking) dwelling = window.setTimeout(wake, 350);
      });
      stage.addEventListener("pointerleave", () => clearTimeout(dwelling));
      stage.addEventListener("wheel", (event) => {
        if (waking || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        wake();
      }, { passive: false });
    }
    return { show };
  }

  /** @type {any} */ (window).dtChartLive = live;
})();
