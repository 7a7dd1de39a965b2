/* The buttons over the overview chart, and what it says of itself in words. A classic script, as chart.js. */
(() => {
  "use strict";

  const { html, inWords, period } = /** @type {any} */ (window).dtChart;
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

    Object.assign(chart, { bar, tell });
  }

  /** @type {any} */ (window).dtChart.buttons = buttons;
})();
