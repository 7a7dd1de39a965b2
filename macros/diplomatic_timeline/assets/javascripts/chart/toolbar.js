/* The buttons over the overview chart, and what it says of itself in words. A classic script, as load.js. */
(() => {
  "use strict";

  const { count, html, inWords, number, period, svg } = /** @type {any} */ (window).dtChart;
  const GROUPINGS = ["issue", "party", "level"];

  /** @param {any} chart */
  function buttons(chart) {
    const { caption, figure, filters, view } = chart;

    /** @param {string} text @param {() => void} act @param {Record<string, any>} [attributes] */
    const button = (text, act, attributes = {}) => {
      const made = html("button", { type: "button", class: "dt-chart__button", ...attributes }, text);
      made.addEventListener("click", async () => {
        if (made.getAttribute("aria-disabled") === "true") return;
        await chart.wake();
        if (chart.data) act();
      });
      return made;
    };
    const edged = { class: "dt-chart__button dt-chart__button--edged" };
    const switches = GROUPINGS.map((noun, n) =>
      button(noun, () => {
        chart.group = n;
        chart.place({ id: "" });
        chart.draw();
      }, { "aria-pressed": n ? "false" : "true" }),
    );
    const closer = button("+", () => chart.zoomBy(2), { ...edged, "aria-label": "Zoom in" });
    const farther = button("−", () => chart.zoomBy(0.5), { ...edged, "aria-label": "Zoom out", "aria-disabled": "true" });
    const whole = button("Whole period", () => chart.look(view.start, view.end), { ...edged, "aria-disabled": "true" });
    const narrow = button("Filter the list to this period", () => chart.choose(view.whole), { "aria-disabled": "true" });
    const clear = button("Clear the period", () => chart.choose(null), { "aria-disabled": "true" });
    const shown = html("span", { class: "dt-chart__shown", role: "status" }, figure.dataset.dtYears || "");
    const bar = html(
      "div",
      { class: "dt-chart__bar" },
      html("div", { class: "dt-chart__group", role: "group", "aria-label": "Lanes by" }, html("span", { "aria-hidden": "true" }, "Lanes by"), ...switches),
      html("div", { class: "dt-chart__group", role: "group", "aria-label": "Time shown" }, farther, closer, whole, shown),
      ...(filters ? [html("div", { class: "dt-chart__group dt-chart__group--end", role: "group", "aria-label": "Period of the list" }, narrow, clear)] : []),
    );

    const trace = svg("svg", { viewBox: "0 0 22 16", "aria-hidden": "true", focusable: "false" }, svg("path", { class: "dt-chart__left", d: "M4 8h.01M11 8h.01M18 8h.01" }));
    const faint = html("li", { hidden: "" }, trace, "left out by the filters");
    const leaving = html("p", { class: "dt-chart__leaves", hidden: "" });
    /** What the filters leave, in words. */
    const leaves = () => {
      const n = chart.left.reduce((/** @type {number} */ sum, /** @type {number} */ one) => sum + one, 0);
      return `the filters${chart.chosen ? ", the period aside," : ""} leave ${n ? number(n) : "none"} of ${count(chart.left.length, "event")}`;
    };

    let saying = 0;
    /** Says on the buttons what they would do now. */
    function tell() {
      switches.forEach((s, n) => s.setAttribute("aria-pressed", `${n === chart.group}`));
      const off = (/** @type {Element} */ e, /** @type {boolean} */ is) => (is ? e.setAttribute("aria-disabled", "true") : e.removeAttribute("aria-disabled"));
      off(closer, view.closest);
      off(farther, !view.zoomed);
      off(whole, !view.zoomed);
      off(narrow, !view.zoomed);
      off(clear, !chart.chosen);
      faint.hidden = leaving.hidden = !chart.left;
      if (chart.left) leaving.textContent = `${leaves().replace(/^t/, "T")}.`;
      const days = view.length;
      const unit = days > 1400 ? { months: 12 } : days > 200 ? { months: 1 } : { days: 1 };
      const [first, after] = view.whole;
      const words = inWords(period(first, unit)[0], period(after - 1, unit)[1]);
      clearTimeout(saying);
      saying = window.setTimeout(() => shown.textContent !== words && (shown.textContent = words), shown.textContent ? 250 : 0);
    }

    const keys = /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl";
    const choosing = filters ? " Choose a period for the list: drag along the years." : "";
    // Styles show the one that the reader's device has a use for.
    caption.querySelector("p")?.after(
      html("p", { class: "dt-chart__hint dt-chart__hint--mouse" }, `Zoom: ${keys} with the wheel, + − 0. Move: drag.${choosing} Keyboard: Tab, then the arrow keys.`),
      html("p", { class: "dt-chart__hint dt-chart__hint--touch" }, `Zoom: two fingers. Move: one finger. Touch a mark to read it, and again to open it.${choosing}`),
    );

    const legend = caption.querySelector(".dt-chart__legend");
    legend?.append(faint);
    legend?.after(leaving);

    Object.assign(chart, { bar, leaves, tell });
  }

  /** @type {any} */ (window).dtChart.buttons = buttons;
})();
