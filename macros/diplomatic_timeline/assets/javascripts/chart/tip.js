/* What a mark of the overview chart tells when a reader points at it or comes to it with the keyboard. A classic
   script, as load.js. */
(() => {
  "use strict";

  const { clamp, html } = /** @type {any} */ (window).dtChart;

  /** @param {any} chart */
  function tips(chart) {
    const { canvas, figure, rows, stage } = chart;
    const tip = html("div", { class: "dt-chart__tip", role: "tooltip", hidden: "" });
    let waiting = 0;

    /** @param {any} stop */
    function explain(stop) {
      clearTimeout(waiting);
      if (stop.id === "name") return hide();
      chart.told = stop;
      const title = html("strong", {}, stop.url && !stop.zoom ? html("a", { href: stop.url, tabindex: -1 }, stop.title) : stop.title);
      tip.replaceChildren(title, ...stop.lines.map((/** @type {string} */ line) => html("span", {}, line)));
      tip.hidden = false;
      tip.style.transform = "none";
      const place = stage.getBoundingClientRect(), it = stop.node.getBoundingClientRect();
      const wide = tip.offsetWidth, tall = tip.offsetHeight;
      const left = clamp(0, (it.left + it.right) / 2 - place.left - wide / 2, Math.max(0, place.width - wide));
      // Neither under the page's header nor over the chart's buttons.
      const header = document.querySelector(".md-header");
      const above = it.top - tall - 5 > Math.max(header ? header.getBoundingClientRect().bottom : 0, place.top);
      const top = above ? it.top - place.top - tall - 5 : it.bottom - place.top + 5;
      tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }

    function hide() {
      clearTimeout(waiting);
      tip.hidden = true;
      chart.told = null;
    }

    function leave() {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const focused = document.activeElement && /** @type {any} */ (document.activeElement).dtStop;
        if (focused && document.activeElement?.matches(":focus-visible") && rows.contains(document.activeElement)) explain(focused);
        else hide();
      }, 220);
    }

    /** What an event is about. @param {Event} event @returns {any} */
    const stopOf = (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      return link ? /** @type {any} */ (link).dtStop || null : null;
    };

    canvas.addEventListener("pointerover", (/** @type {PointerEvent} */ event) => {
      const stop = stopOf(event);
      if (event.pointerType === "touch" || event.buttons) return;
      if (stop) explain(stop);
    });
    canvas.addEventListener("pointerout", (/** @type {PointerEvent} */ event) => event.pointerType !== "touch" && leave());
    tip.addEventListener("pointerenter", () => clearTimeout(waiting));
    tip.addEventListener("pointerleave", leave);
    figure.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && hide());
    document.addEventListener("keydown", function escape(event) {
      if (!figure.isConnected) document.removeEventListener("keydown", escape);
      else if (event.key === "Escape") hide();
    });

    Object.assign(chart, { explain, hide, leave, stopOf, tip, told: null });
  }

  /** @type {any} */ (window).dtChart.tips = tips;
})();
