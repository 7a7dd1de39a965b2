/* One finger on the overview chart: sideways it moves time or brushes a period, and up and down it scrolls the page,
   as the style `touch-action` has it: what the browser takes for scrolling, it cancels here. Two fingers are
   d3-zoom's. A classic script, as load.js. */
(() => {
  "use strict";

  const { clamp } = /** @type {any} */ (window).dtChart;
  const STILL = 6; // how far a finger that only touches may stray
  const EDGE = 24; // how far from an end of the brushed period a finger still takes hold of it

  /** @typedef {{move: (event: PointerEvent) => void, done?: () => void, undo?: () => void}} Stroke */

  /** @param {any} chart */
  function touch(chart) {
    const { attic, brushed, canvas, held, view } = chart;
    /** The fingers on the drawing. @type {Set<number>} */
    const fingers = new Set();
    /** What the only finger does. @type {Stroke | null} */
    let stroke = null;
    /** Whether it goes sideways. */
    let ours = false;

    /** @param {number} from @returns {Stroke} */
    function panning(from) {
      return {
        move(event) {
          if (!view.zoomed) return;
          const days = ((from - event.clientX) / view.box.plot) * view.length;
          from = event.clientX;
          chart.look(view.seen[0] + days, view.seen[1] + days, event);
        },
      };
    }

    /** @param {number} from @returns {Stroke} */
    function brushing(from) {
      const { left } = view.box, { right } = view;
      const start = from - canvas.getBoundingClientRect().left;
      const old = chart.chosen && chart.chosen.map((/** @type {number} */ day) => clamp(left, view.x(day), right));
      // Near an end it moves that end, within the period the whole; elsewhere it begins anew.
      const inside = old ? Math.min(EDGE, (old[1] - old[0]) / 3) : 0;
      const ends = old && old[0] < old[1] ? [old[0] + inside - start, start - old[1] + inside] : [];
      const near = ends.findIndex((past) => past > 0 && past < inside + EDGE);
      const whole = old && near < 0 && start > old[0] && start < old[1];
      const [held, fixed] = near < 0 ? [start, start] : [old[near], old[1 - near]];
      /** @type {number[]} */
      let range = [];
      return {
        move(event) {
          const by = event.clientX - from;
          if (whole) range = old.map((/** @type {number} */ x) => x + clamp(left - old[0], by, right - old[1]));
          else range = [fixed, clamp(left, held + by, right)].sort((a, b) => a - b);
          chart.moveBrush(range);
        },
        done: () => chart.chooseRange(range),
        undo: () => chart.soon(),
      };
    }

    canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      if (event.pointerType !== "touch") return;
      if (event.isPrimary) fingers.clear();
      fingers.add(event.pointerId);
      if (fingers.size > 1) return end("undo");
      const { clientX: x, clientY: y } = event;
      /** @type {Stroke} */
      const begun = brushed.contains(event.target) ? brushing(x) : panning(x);
      ours = false;
      stroke = {
        move(event) {
          const across = Math.abs(event.clientX - x);
          ours = ours || (across > STILL && across > Math.abs(event.clientY - y));
          if (ours) begun.move(event);
        },
        done: () => ours && begun.done?.(),
        undo: () => ours && begun.undo?.(),
      };
    });
    canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => event.pointerType === "touch" && stroke?.move(event));
    // What is not cancelled now cannot be later, when a second finger comes.
    canvas.addEventListener("touchmove", (/** @type {TouchEvent} */ event) => stroke && ours && event.cancelable && event.preventDefault(), { passive: false });
    for (const [kind, how] of [["pointerup", "done"], ["pointercancel", "undo"]]) {
      canvas.addEventListener(kind, (/** @type {PointerEvent} */ event) => {
        if (fingers.delete(event.pointerId)) end(/** @type {"done" | "undo"} */ (how));
      });
    }

    /** @param {"done" | "undo"} how */
    function end(how) {
      const ended = stroke;
      stroke = null;
      ended?.[how]?.();
    }

    // What is under a finger would be heard no longer once it is drawn anew: it is kept until the finger leaves.
    canvas.addEventListener("touchstart", (/** @type {TouchEvent} */ event) => held.add(event.target), { passive: true, capture: true });
    for (const kind of ["touchend", "touchcancel"]) {
      canvas.addEventListener(kind, (/** @type {TouchEvent} */ event) => {
        if (event.touches.length) return;
        held.clear();
        attic.replaceChildren();
      });
    }
  }

  /** @type {any} */ (window).dtChart.touch = touch;
})();
