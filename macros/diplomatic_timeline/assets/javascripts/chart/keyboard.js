/* The overview chart from the keyboard: one stop for Tab, arrows between marks. A classic script, as load.js. */
(() => {
  "use strict";

  const { clamp } = /** @type {any} */ (window).dtChart;

  /** @param {any} chart */
  function keyboard(chart) {
    const { stage, view } = chart;
    /** Where the keyboard is. */
    const here = { lane: 0, day: -Infinity, id: "" };

    /** @param {boolean} focus */
    function settle(focus) {
      const { stops } = chart;
      here.lane = clamp(0, here.lane, stops.length - 1);
      if (!stops[here.lane]?.length) here.lane = Math.max(0, stops.findIndex((/** @type {any[]} */ lane) => lane.length));
      const stop = nearest(here.lane);
      if (!stop) return;
      only(stop);
      if (focus) stop.node.focus({ preventScroll: true });
    }

    /** Makes a stop the one to which Tab leads. @param {any} stop */
    function only(stop) {
      tabbed?.node.setAttribute("tabindex", "-1");
      stop.node.setAttribute("tabindex", "0");
      tabbed = stop;
    }
    /** @type {any} */
    let tabbed = null;

    /** The stop of a lane where the keyboard is, or the nearest in time. @param {number} lane */
    function nearest(lane) {
      /** @type {any[]} */
      const mine = chart.stops[lane] || [];
      const named = mine.find((s) => s.id === here.id && (s.id === "name" || s.id !== ""));
      const timed = mine.filter((s) => s.id !== "name");
      if (named) return named;
      return timed.reduce((best, s) => (Math.abs(s.day - here.day) < Math.abs(best.day - here.day) ? s : best), timed[0]) || mine[0];
    }

    /** @param {any} stop @param {number} lane */
    function go(stop, lane) {
      if (!stop) return;
      place(stop, lane);
      settle(true);
    }

    /** @param {{day?: number, id: string}} stop @param {number} [lane] */
    function place({ day = here.day, id }, lane = here.lane) {
      Object.assign(here, { lane, day, id });
    }

    /** @param {number} way */
    function along(way) {
      /** @type {any[]} */
      const mine = chart.stops[here.lane] || [];
      const n = mine.findIndex((s) => s.node === document.activeElement);
      const next = mine[n + way];
      if (next) return go(next, here.lane);
      // The next event may stand outside of what is seen.
      const spots = spotsHere().map((s) => s.event);
      const { seen } = view;
      const day = mine[n] && mine[n].id !== "name" ? mine[n].day : way > 0 ? seen[0] : seen[1];
      const beyond = way > 0 ? spots.find((e) => e.anchor >= seen[1]) : spots.filter((e) => e.anchor < seen[0] && e.anchor < day).pop();
      if (!beyond) return;
      const half = view.length / 2;
      place({ day: beyond.anchor, id: beyond.id });
      chart.look(beyond.anchor - half, beyond.anchor + half);
    }

    /** @param {number} way */
    function updown(way) {
      for (let lane = here.lane + way; lane >= 0 && lane < chart.stops.length; lane += way) {
        if (chart.stops[lane].length) return go(nearest(lane), lane);
      }
    }

    /** What the filters leave in the lane. @returns {any[]} */
    const spotsHere = () => chart.lanes[chart.group][here.lane].filter((/** @type {any} */ s) => !chart.left || chart.left[s.event.place]);

    /** The day of the lane's mark that is nearest to the middle of what is seen. @returns {number | undefined} */
    function ofLane() {
      const centre = (view.seen[0] + view.seen[1]) / 2;
      const days = spotsHere().map(({ event: e }) => clamp(e.first, centre, e.last + 1));
      return days.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre))[0];
    }

    // Not on the drawing itself: a browser takes an SVG that listens to focus for a stop of its own.
    stage.addEventListener("focusin", (/** @type {FocusEvent} */ event) => {
      const stop = chart.stopOf(event);
      if (!stop) return;
      place(stop, chart.stops.findIndex((/** @type {any[]} */ lane) => lane.includes(stop)));
      only(stop);
      if (stop.ring && !stop.node.querySelector(".dt-chart__ring")) stop.node.append(stop.ring());
      if (stop.node.matches(":focus-visible")) chart.explain(stop);
    });
    stage.addEventListener("focusout", () => chart.leave());
    stage.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (!chart.data || event.ctrlKey || event.metaKey || event.altKey) return;
      const middle = here.id === "name" ? ofLane() : here.day > -Infinity && here.day >= view.seen[0] && here.day <= view.seen[1] ? here.day : undefined;
      /** @type {Record<string, () => void>} */
      const keys = {
        ArrowRight: () => along(1),
        ArrowLeft: () => along(-1),
        ArrowDown: () => updown(1),
        ArrowUp: () => updown(-1),
        Home: () => go(chart.stops[here.lane][0], here.lane),
        End: () => go(chart.stops[here.lane].slice(-1)[0], here.lane),
        "+": () => chart.zoomBy(2, middle),
        "=": () => chart.zoomBy(2, middle),
        "-": () => chart.zoomBy(0.5, middle),
        0: () => chart.look(view.start, view.end),
      };
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });

    Object.assign(chart, { place, settle });
  }

  /** @type {any} */ (window).dtChart.keyboard = keyboard;
})();
