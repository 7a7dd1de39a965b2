/* The overview chart in the page's address, beside what the filters keep there: which lanes it has and which time it
   shows, so that a link, a reload and Back show the same. A classic script, as load.js. */
(() => {
  "use strict";

  const { dayOf, iso } = /** @type {any} */ (window).dtChart;

  /** @param {any} chart */
  function address(chart) {
    const { figure, view } = chart;

    const asks = () => ["lanes", "time"].some((key) => new URLSearchParams(location.search).has(key));

    /** Takes from the address what it asks for; what it does not say is as at first. */
    function heed() {
      const query = new URLSearchParams(location.search);
      const group = chart.data.groups.findIndex((/** @type {{id: string}} */ g) => g.id === query.get("lanes"));
      chart.group = Math.max(0, group);
      const [from, to] = (query.get("time") || "").split("..").map(dayOf);
      if (from <= to) chart.look(from, to + 1);
      else chart.look(view.start, view.end);
    }

    /** Writes into the address what is seen. It is no step back: only the reader's choices of a list are. */
    function note() {
      const query = new URLSearchParams(location.search), before = query.toString();
      const [first, after] = view.whole;
      const now = { lanes: chart.group && chart.data.groups[chart.group].id, time: view.zoomed && `${iso(first)}..${iso(after - 1)}` };
      for (const [key, value] of Object.entries(now)) {
        if (value) query.set(key, value);
        else query.delete(key);
      }
      if (query.toString() !== before) history.replaceState(history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
    }

    window.addEventListener("popstate", function back() {
      if (!figure.isConnected) removeEventListener("popstate", back);
      else if (chart.data) heed();
      else if (asks()) chart.wake();
    });

    Object.assign(chart, { asks, heed, note });
  }

  /** @type {any} */ (window).dtChart.address = address;
})();
