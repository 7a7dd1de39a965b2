/* The buttons over the overview chart, and what it says of itself in words. A classic script, as load.js. */
(() => {
  "use strict";

  const { html, inWords, period, svg } = /** @type {any} */ (window).dtChart;
  const { number, sentence, words } = /** @type {any} */ (window).dtWords;

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
    /** What the lanes can stand for, in the order of the file of events. */
    const groupings = [words("chart.by.issue"), words("chart.by.party"), words("chart.by.level")];
    const edged = { class: "dt-chart__button dt-chart__button--edged" };
    const switches = groupings.map((name, n) =>
      button(name, () => {
        chart.group = n;
        chart.place({ id: "" });
        chart.draw();
      }, { "aria-pressed": n ? "false" : "true" }),
    );
    const closer = button("+", () => chart.zoomBy(2), { ...edged, "aria-label": words("chart.closer") });
    const farther = button("−", () => chart.zoomBy(0.5), { ...edged, "aria-label": words("chart.farther"), "aria-disabled": "true" });
    const whole = button(words("chart.whole"), () => chart.look(view.start, view.end), { ...edged, "aria-disabled": "true" });
    const narrow = button(words("chart.narrow"), () => chart.choose(view.whole), { "aria-disabled": "true" });
    const clear = button(words("chart.clear"), () => chart.choose(null), { "aria-disabled": "true" });
    const shown = html("span", { class: "dt-chart__shown", role: "status" }, figure.dataset.dtYears || "");
    const bar = html(
      "div",
      { class: "dt-chart__bar" },
      html("div", { class: "dt-chart__group", role: "group", "aria-label": words("chart.lanes") }, html("span", { "aria-hidden": "true" }, words("chart.lanes")), ...switches),
      html("div", { class: "dt-chart__group", role: "group", "aria-label": words("chart.time") }, farther, closer, whole, shown),
      ...(filters ? [html("div", { class: "dt-chart__group dt-chart__group--end", role: "group", "aria-label": words("chart.of_list") }, narrow, clear)] : []),
    );

    const trace = svg("svg", { viewBox: "0 0 22 16", "aria-hidden": "true", focusable: "false" }, svg("path", { class: "dt-chart__left", d: "M4 8h.01M11 8h.01M18 8h.01" }));
    const faint = html("li", { hidden: "" }, trace, words("chart.left_out"));
    const leaving = html("p", { class: "dt-chart__leaves", hidden: "" });
    /** What the filters leave, in words. */
    const leaves = () => {
      const n = chart.left.reduce((/** @type {number} */ sum, /** @type {number} */ one) => sum + one, 0);
      const counts = { left: n || words("chart.none_left"), events: words("count.events", { n: chart.left.length }) };
      return chart.chosen ? words("chart.leaves_aside", counts) : words("chart.leaves", counts);
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
      if (chart.left) leaving.textContent = `${sentence(leaves())}.`;
      const days = view.length;
      const unit = days > 1400 ? { months: 12 } : days > 200 ? { months: 1 } : { days: 1 };
      const [first, after] = view.whole;
      const told = inWords(period(first, unit)[0], period(after - 1, unit)[1]);
      clearTimeout(saying);
      saying = window.setTimeout(() => shown.textContent !== told && (shown.textContent = told), shown.textContent ? 250 : 0);
    }

    const keys = /Mac|iP/.test(navigator.platform) ? "⌘" : words("chart.hint.ctrl");
    const choosing = filters ? [words("chart.hint.period")] : [];
    // Styles show the one that the reader's device has a use for.
    caption.querySelector("p")?.after(
      html("p", { class: "dt-chart__hint dt-chart__hint--mouse" }, [words("chart.hint.mouse", { keys }), ...choosing, words("chart.hint.keyboard")].join(" ")),
      html("p", { class: "dt-chart__hint dt-chart__hint--touch" }, [words("chart.hint.touch"), ...choosing].join(" ")),
    );

    const legend = caption.querySelector(".dt-chart__legend");
    legend?.append(faint);
    legend?.after(leaving);

    Object.assign(chart, { bar, groupings, leaves, tell });
  }

  /** @type {any} */ (window).dtChart.buttons = buttons;
})();
