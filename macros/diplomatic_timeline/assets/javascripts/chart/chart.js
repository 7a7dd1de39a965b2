/* The overview chart drawn anew for the width and the time that a reader wants: other lanes, zoom, pan, a period
   for the list, tooltips, the keyboard. The drawing of the page (chart/overview.py) is its model, and what it
   replaces; chart/data.py tells what the file of events holds. Here are its state and how it wakes; each of the
   other scripts in this folder adds what it can do. A classic script, as load.js. */
(() => {
  "use strict";

  const { View, address, buttons, dayOf, drawing, gestures, happening, iso, keyboard, tips, touch } = /** @type {any} */ (window).dtChart;

  const pause = () => new Promise((done) => setTimeout(done));

  /** The events of a file by grouping and lane, in the order of time; in pieces that hold up nothing else. @param {any} given */
  async function sorted(given) {
    const events = given.events.map(happening);
    const groups = [];
    for (const [n, { lanes }] of given.groups.entries()) {
      await pause();
      /** @type {any[][]} */
      const found = lanes.map(() => []);
      // The newest comes first in the file.
      for (let at = events.length - 1; at >= 0; at--) {
        const pairs = given.events[at][5 + n];
        for (let i = 0; i < pairs.length; i += 2) found[pairs[i]].push({ event: events[at], quotes: pairs[i + 1] });
      }
      for (const spots of found) spots.sort((a, b) => a.event.anchor - b.event.anchor);
      groups.push(found);
    }
    return groups;
  }

  /** Brings one chart to life. @param {HTMLElement} figure @param {() => Promise<any>} read @param {number} size */
  function live(figure, read, size) {
    const stage = /** @type {HTMLElement} */ (figure.querySelector(".dt-chart__stage"));
    /** @type {any} */
    const chart = {
      figure,
      stage,
      caption: figure.querySelector("figcaption"),
      filters: document.querySelector("form[data-dt-filters]"),
      view: new View(),
      /** What the file of events holds, once it is read. */
      data: null,
      /** Each lane's events, by grouping. */
      lanes: [],
      group: 0,
      /** The period that the list shows: its first day and the day after its last. */
      chosen: null,
      /** For each event whether the other filters of the list leave it; null where they leave all. */
      left: null,
      /** What can be reached, by lane. */
      stops: [],
      choose,
      wake,
    };
    const { view } = chart;
    for (const part of [drawing, tips, keyboard, gestures, touch, buttons, address]) part(chart);

    /** Asks the list for a period. @param {[number, number] | null} days */
    function choose(days) {
      const before = chart.chosen;
      chart.chosen = days;
      if (days || before) document.dispatchEvent(new CustomEvent("dt-period", { detail: days && { from: iso(days[0]), to: iso(days[1] - 1) } }));
      chart.soon();
    }

    /** Shows what the list shows: its period as a band, and of its events those that the other filters leave, as a
        facet's own choice does not narrow what it offers. @param {{period: {from: string, to: string} | null, left: number[] | null}} listed */
    function show({ period, left }) {
      const [from, to] = period ? [dayOf(period.from), dayOf(period.to)] : [NaN, NaN];
      chart.chosen = from <= to ? [from, to + 1] : null;
      chart.left = left && new Uint8Array(size);
      for (const place of left || []) chart.left[place] = 1;
      if (chart.data) chart.soon();
      else if (chart.chosen || left) wake();
    }

    /** @type {Promise<void> | null} */
    let waking = null;
    /** Reads the events and takes the place of the drawing. */
    function wake() {
      waking = waking || read().then(rise, () => void (waking = null));
      return waking;
    }

    /** @param {any} given */
    async function rise(given) {
      chart.lanes = await sorted(given);
      await pause();
      chart.data = given;
      view.start = given.start;
      view.end = given.end;
      view.seen = [given.start, given.end];
      view.measure(stage.clientWidth);
      const explore = figure.querySelector("[data-dt-explore]");
      // Whoever came by the keyboard goes on at the marks.
      const focused = Boolean(explore?.matches(":focus-visible"));
      explore?.remove();
      stage.prepend(chart.canvas);
      stage.append(chart.tip);
      figure.classList.add("dt-chart--live");
      chart.awake();
      if (chart.asks()) chart.heed();
      chart.draw();
      if (focused) chart.settle(true);
      new ResizeObserver((_, self) => {
        if (!figure.isConnected) return self.disconnect();
        if (stage.clientWidth === view.box.width || !stage.clientWidth) return;
        view.measure(stage.clientWidth);
        chart.bound();
        chart.look(...view.seen);
      }).observe(stage);
    }

    stage.before(chart.bar);
    wake();
    return { show };
  }

  /** @type {any} */ (window).dtChart.live = live;
})();
