/* The overview chart under a pointer: zoom, pan, and the brush that chooses a period; d3-zoom and d3-brush know the
   gestures, but for those of a single finger (touch.js). A classic script, as load.js. */
(() => {
  "use strict";

  const { clamp } = /** @type {any} */ (window).dtChart;

  /** @param {any} chart */
  function gestures(chart) {
    const d3 = /** @type {any} */ (window).dtD3;
    const { brushed, canvas, view } = chart;
    const root = d3.select(canvas);
    // A finger on the brush is touch.js's affair: to d3-brush it would keep the page from scrolling.
    const brush = d3.brushX().keyModifiers(false).touchable(false).handleSize(14).on("end", brushEnd);
    const zoom = d3
      .zoom()
      .filter((/** @type {any} */ e) =>
        e.type === "wheel" ? e.ctrlKey || e.metaKey : e.type === "mousedown" ? !e.button && !e.ctrlKey && view.zoomed : e.type === "touchstart" && e.touches.length > 1,
      )
      .wheelDelta((/** @type {WheelEvent} */ e) => clamp(-0.7, -e.deltaY * (e.deltaMode === 1 ? 0.25 : e.deltaMode ? 1 : 0.012), 0.7))
      .clickDistance(4)
      .on("zoom", (/** @type {any} */ e) => {
        const { k, x } = e.transform, { left, plot } = view.box;
        const first = view.start + ((left - x) / k - left) * (view.days / plot);
        view.seen = [Math.max(view.start, first), Math.min(view.end, first + view.days / k)];
        chart.soon(!!e.sourceEvent);
      });

    /** Shows these days. @param {number} first @param {number} after @param {Event} [event] the gesture that asks for it */
    function look(first, after, event) {
      const [from, to] = view.fitting(first, after), { left, plot } = view.box;
      const k = view.days / (to - from);
      const edge = left + ((from - view.start) / view.days) * plot;
      root.call(zoom.transform, d3.zoomIdentity.translate(left - k * edge, 0).scale(k), null, event);
    }

    /** @param {number} factor @param {number} [middle] */
    function zoomBy(factor, middle = (view.seen[0] + view.seen[1]) / 2) {
      const part = clamp(0, (middle - view.seen[0]) / view.length, 1);
      const length = view.length / factor;
      look(middle - part * length, middle + (1 - part) * length);
    }

    /** Where the drawing may be moved to: nowhere beyond its days. */
    function bound() {
      const area = [[view.box.left, 0], [view.right, 1]];
      zoom.extent(() => area).translateExtent(area);
    }

    /** Makes the drawing answer to pointers, when its days are known. */
    function awake() {
      bound();
      zoom.scaleExtent([1, view.furthest]);
      root.call(zoom).on("dblclick.zoom", null);
    }

    /** @param {number[][]} area @param {number[] | null} range */
    function setBrush(area, range) {
      brush.extent(area);
      d3.select(brushed).call(brush);
      moveBrush(range);
    }

    const moveBrush = (/** @type {number[] | null} */ range) => d3.select(brushed).call(brush.move, range);

    /** @param {any} event */
    function brushEnd(event) {
      if (!event.sourceEvent) return; // our own drawing
      chooseRange(event.selection);
    }

    /** Asks the list for what lies between two places. @param {number[] | null} range */
    function chooseRange(range) {
      if (!range) return chart.choose(null);
      const first = Math.floor(view.dayAt(range[0]) + 0.02);
      chart.choose([first, Math.max(first + 1, Math.ceil(view.dayAt(range[1]) - 0.02))]);
    }

    let finger = false;
    canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => (finger = event.pointerType === "touch"), true);
    canvas.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      const stop = chart.stopOf(event);
      if (!stop || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (stop.zoom && !view.closest) {
        event.preventDefault();
        const [first, after] = stop.zoom;
        chart.place({ day: first, id: "" });
        look(first, after);
      } else if (finger && chart.told !== stop && stop.id !== "name") {
        // A finger cannot hover: the first touch tells what the second opens.
        event.preventDefault();
        chart.explain(stop);
      }
    });
    canvas.addEventListener(
      "wheel",
      (/** @type {WheelEvent} */ event) => {
        const across = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
        if (event.ctrlKey || event.metaKey || !view.zoomed || (!event.shiftKey && Math.abs(across) <= Math.abs(event.deltaY))) return;
        event.preventDefault();
        const days = (across / view.box.plot) * view.length;
        look(view.seen[0] + days, view.seen[1] + days, event);
      },
      { passive: false },
    );
    Object.assign(chart, { awake, bound, chooseRange, look, moveBrush, setBrush, zoomBy });
  }

  /** @type {any} */ (window).dtChart.gestures = gestures;
})();
