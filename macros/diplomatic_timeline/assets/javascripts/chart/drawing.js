/* Draws the overview chart for what is to be seen, anew each time. A classic script, as load.js. */
(() => {
  "use strict";

  const { MOST, STEPS, TARGET, bars, clamp, described, mark, period, reach, short, stretch, svg, ticks, traces } = /** @type {any} */ (window).dtChart;
  const { words } = /** @type {any} */ (window).dtWords;

  /** @typedef {{node: SVGElement, day: number, id: string, title: string, lines: string[], url: string | null, bar?: boolean, zoom?: [number, number]}} Stop */

  /** Gives a chart its canvas, and what draws on it. @param {any} chart */
  function drawing(chart) {
    const { figure, caption, filters, view } = chart;
    const canvas = svg("svg", { class: "dt-chart__live", role: "group", tabindex: -1 });
    const grid = svg("g", { "aria-hidden": "true" });
    const rows = svg("g", {});
    const veil = svg("path", { class: "dt-chart__veil", "aria-hidden": "true" });
    const band = svg("rect", { class: "dt-chart__band", "aria-hidden": "true" });
    const strip = svg("rect", { class: "dt-chart__strip", "aria-hidden": "true" });
    const brushed = svg("g", { class: "dt-chart__brush", "aria-hidden": "true" });
    const attic = svg("g", { display: "none" });
    canvas.append(strip, grid, rows, veil, band, brushed, attic);

    /** Measures text without a layout. */
    const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    const family = getComputedStyle(figure).getPropertyValue("--dt-sans") || "sans-serif";
    /** @param {string} text */
    function wide(text) {
      pen.font = `${view.textSize}px ${family}`;
      return pen.measureText(text).width;
    }

    let frame = 0;
    let resting = 0;
    /** What fingers are on. @type {Set<Element>} */
    const held = new Set();
    let focused = false;

    /** Draws with the next frame; `moving`, in the midst of a gesture, without what only a pointer at rest needs. */
    function soon(moving = false) {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
      frame = requestAnimationFrame(() => draw(moving));
      if (moving) resting = window.setTimeout(() => soon(), 180);
    }

    /** The periods that are seen, each its first day and the day after its last. @param {any} step */
    function periodsOf(step) {
      /** @type {[number, number][]} */
      const found = [];
      for (let day = Math.floor(view.seen[0]); day < view.seen[1]; day = found[found.length - 1][1]) found.push(period(day, step));
      return found;
    }

    /** How high the strip along the years is: a finger has to find it, even if it reaches a little over the drawing. */
    const years = () => Math.max(TARGET, view.box.top - 6);

    function draw(moving = false) {
      const { data, group, left: kept } = chart;
      if (!data || !figure.isConnected) return;
      // The focus comes back to what takes the place of its mark, after a gesture when that is drawn.
      focused = rows.contains(document.activeElement) || (focused && document.activeElement === document.body);
      chart.hide();
      for (const node of held) if (rows.contains(node) || grid.contains(node)) attic.append(node);
      const { width, left, top, lane, plot, s, narrow } = view.box;
      const list = data.groups[group].lanes;
      const height = top + lane * list.length + 8;
      canvas.setAttribute("height", `${height}`);
      canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
      const lanes = chart.groupings[group];
      canvas.setAttribute("aria-label", kept ? words("chart.live_narrowed", { lanes, left: chart.leaves() }) : words("chart.live", { lanes }));
      canvas.style.setProperty("--dt-chart-size", `${view.textSize}px`);
      canvas.classList.toggle("dt-chart__live--zoomed", view.zoomed);

      grid.replaceChildren(...ticks(view, height, wide));
      if (filters) for (const [key, value] of Object.entries({ x: left, y: top - 6 - years(), width: plot, height: years() })) strip.setAttribute(key, `${short(value)}`);

      /** @type {any[][]} */
      const near = chart.lanes[group].map((/** @type {any[]} */ spots) => spots.filter(({ event: e }) => e.last >= view.seen[0] && e.first < view.seen[1]));
      const visible = kept ? near.map((spots) => spots.filter((s) => kept[s.event.place])) : near;
      const drawn = visible.map((spots) => view.marks(spots));
      const middle = (/** @type {number} */ n) => top + lane * (n + 0.5) + (narrow ? 6.5 * s : 0);
      // As few lanes as need it are counted in columns.
      let left_ = drawn.reduce((sum, m) => sum + (m ? m.length : 0), 0);
      for (const n of drawn.map((_, n) => n).sort((a, b) => visible[b].length - visible[a].length)) {
        if (left_ <= MOST) break;
        left_ -= (drawn[n] || []).length;
        drawn[n] = null;
      }
      // Columns are narrow, what is chosen of them is as wide as a finger.
      const [step, stretches] = [7 * s, TARGET].map((least) => STEPS.find((/** @type {any} */ t) => (plot * (t.days || (t.months || 1) * 30.437)) / view.length >= least) || STEPS[STEPS.length - 1]);
      const [periods, longer] = [step, stretches].map(periodsOf);
      const counted = drawn.map((m, n) => (m ? [] : view.columns(visible[n], periods)));
      const most = Math.max(1, ...counted.flat().map((c) => c.events));

      const named = list.map((/** @type {any[]} */ [name, , depth]) => {
        const room = Math.floor(((narrow ? width : left) - depth * 14) / (6.6 * s));
        return name.length > room ? `${name.slice(0, room - 1).trimEnd()}…` : name;
      });
      const inSight = drawn.map((marks) => (marks || []).filter((/** @type {any} */ m) => m.bar || (m.x >= left && m.x <= width)));
      /** What stands in each lane, between which its marks share the room. @type {any[][]} */
      const bodies = moving ? [] : inSight.map((marks, n) => {
        const y = middle(n), from = list[n][2] * 14, base = y + (narrow ? -11.5 : 4) * s, size = view.textSize;
        const name = { l: from, r: from + wide(named[n]), t: base - 0.8 * size, b: base + 0.25 * size };
        return [...marks.map((/** @type {any} */ m) => view.body(m, y)), name, ...(drawn[n] ? [] : [{ l: left, r: view.right, t: y - 10 * s, b: y + 8 * s }])];
      });
      const eventPage = (/** @type {string} */ id) => data.base + data.page.replace("*", id);
      const yearPage = (/** @type {string} */ year) => data.base + data.year.replace("*", year);

      /** @type {Stop[][]} */
      const stops = [];
      rows.replaceChildren(
        ...list.map((/** @type {any[]} */ [name, url, depth], /** @type {number} */ n) => {
          const y = middle(n);
          /** @type {Stop[]} */
          const mine = [];
          stops.push(mine);
          const label = svg("text", { class: "dt-chart__name", x: depth * 14, y: short(y + (narrow ? -11.5 : 4) * s) }, named[n]);
          const row = svg("g", { role: "group", "aria-label": name });
          if (url) {
            const link = svg("a", { href: data.base + url, tabindex: -1, "aria-label": name }, label);
            row.append(link);
            mine.push({ node: link, day: -Infinity, id: "name", title: name, lines: [], url: null });
          } else row.append(label);
          if (kept) row.append(svg("path", { class: "dt-chart__left", d: traces(view, near[n].filter((s) => !kept[s.event.place]), drawn[n] ? y : y + 7 * s, !drawn[n] || near[n].length > MOST / 2) }));
          if (drawn[n]) {
            row.append(svg("line", { class: "dt-chart__lane", x1: left, x2: width, y1: y, y2: y }));
            const around = [n - 1, n, n + 1].flatMap((n) => bodies[n] || []);
            inSight[n].forEach((/** @type {any} */ m, /** @type {number} */ at) => mine.push(mark(view, m, y, name, eventPage(m.event.id), bodies[n] ? reach(bodies[n][at], around) : null)));
          } else {
            const base = y + 7 * s;
            row.append(svg("line", { class: "dt-chart__base", x1: left, x2: width, y1: base, y2: base }), bars(counted[n], base, s, most));
            if (!moving) for (const c of view.columns(visible[n], longer)) mine.push(stretch(view, c, base, name, yearPage));
          }
          for (const stop of mine) /** @type {any} */ (stop.node).dtStop = stop;
          // The keyboard goes by time; dots lie on bars, whichever is first.
          const timed = mine.filter((stop) => stop.id !== "name");
          row.append(...timed.filter((s) => s.bar).map((s) => s.node), ...timed.filter((s) => !s.bar).map((s) => s.node));
          return row;
        }),
      );
      chart.stops = stops;
      const columnsNow = drawn.some((m) => !m);
      const entry = /** @type {HTMLElement | null} */ (caption.querySelector("[data-dt-columns]"));
      if (entry) {
        entry.hidden = !columnsNow;
        if (columnsNow) /** @type {HTMLElement} */ (entry.querySelector("[data-dt-step]")).textContent = described(step);
      }
      drawPeriod(height);
      if (!moving) {
        chart.note();
        chart.settle(focused);
        focused = false;
      }
      chart.tell();
    }

    /** @param {number} height */
    function drawPeriod(height) {
      const { left, top, plot } = view.box, { chosen } = chart;
      const range = chosen && [clamp(left, view.x(chosen[0]), left + plot), clamp(left, view.x(chosen[1]), left + plot)];
      const shown = range && range[1] - range[0] > 0.5;
      band.setAttribute("display", shown ? "inline" : "none");
      veil.setAttribute("display", range ? "inline" : "none");
      if (range && shown) for (const [key, value] of Object.entries({ x: range[0], y: top - 6, width: range[1] - range[0], height: height - top + 6 })) band.setAttribute(key, `${short(value)}`);
      if (range) {
        const sides = [[left, range[0]], [range[1], left + plot]];
        veil.setAttribute("d", sides.map(([from, to]) => `M${short(from)} ${top - 6}H${short(to)}V${short(height)}H${short(from)}z`).join(""));
      }
      if (filters) chart.setBrush([[left, top - 6 - years()], [left + plot, top - 6]], shown ? range : null);
    }

    Object.assign(chart, { attic, brushed, canvas, draw, held, rows, soon });
  }

  /** @type {any} */ (window).dtChart.drawing = drawing;
})();
