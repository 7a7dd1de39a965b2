/* Finds the overview chart of a page and, when a reader explores it or the address asks for a part of it, fetches
   what makes it zoom, change its lanes and choose a period: the parts of D3, chart-live.js (the other scripts in this
   folder, joined by assets/__init__.py) and the file of its events. Before that, nothing is fetched. A classic script,
   and scripts for data, because browsers load neither modules nor data from a folder. */
(() => {
  "use strict";

  const found = /** @type {any} */ (window);
  // Where the parts of chart-live.js find one another.
  found.dtChart = {};

  /** What the files of events hold, by address. @type {Map<string, any>} */
  const records = new Map();

  // What a file of events calls.
  found.dtOverview = (/** @type {any} */ value) => {
    const script = /** @type {HTMLScriptElement} */ (document.currentScript);
    value.base = new URL(value.root, script.src).href;
    records.set(script.src, value);
  };

  /** What the list shows: its period, and which events its other filters leave; null before it has said so.
      @type {{period: {from: string, to: string} | null, left: number[] | null} | null} */
  let listed = null;
  /** @type {{figure: Element, show: (listed: any) => void}[]} */
  let charts = [];

  document.addEventListener("dt-list-shown", (event) => {
    listed = /** @type {CustomEvent} */ (event).detail;
    for (const chart of charts) if (chart.figure.isConnected) chart.show(listed);
  });

  /** @param {HTMLElement} figure */
  async function enliven(figure) {
    const data = new URL(figure.dataset.dtChart || "", document.baseURI).href;
    figure.removeAttribute("data-dt-chart");
    try {
      await Promise.all(["vendor/d3.min.js", "chart-live.js"].map(found.dtFetch));
    } catch {
      return; // the browser has said what is missing; the drawing stays
    }
    if (!figure.isConnected) return;
    const read = async () => {
      await found.dtFetch(data);
      return records.get(data);
    };
    const chart = found.dtChart.live(figure, read, +(figure.dataset.dtSize || 0));
    charts = charts.filter((c) => c.figure.isConnected);
    charts.push({ figure, show: chart.show });
    if (listed) chart.show(listed);
  }

  /** Whether the address names lanes or a time. */
  const asked = () => ["lanes", "time"].some((key) => new URLSearchParams(location.search).has(key));

  /** Runs on every page change of the theme's instant navigation, and does its work once for a chart. */
  function start() {
    for (const figure of document.querySelectorAll("[data-dt-chart]")) {
      const chart = /** @type {HTMLElement} */ (figure);
      // In the gallery a chart has no file of events: it stays as it is drawn.
      if ((chart.dataset.dtChart || "#").startsWith("#")) continue;
      // What the list of the page before showed is not this one's; its filters speak after this.
      listed = null;
      const explore = () => chart.hasAttribute("data-dt-chart") && enliven(chart);
      chart.querySelector("[data-dt-explore]")?.addEventListener("click", explore);
      if (asked()) explore();
      else window.addEventListener("popstate", () => chart.isConnected && asked() && explore());
    }
  }

  const pages = found.document$;
  if (pages) pages.subscribe(start);
  else start();
})();
