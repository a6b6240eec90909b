// One exponent on an axis that all rows of the fleet share: left of zero signals fade, right of
// it they explode. The rows' zero lines join to one line down the table.

import { decimal, finite } from "./format.js";
import { setAttribute, svg } from "./dom.js";

const WIDTH = 120;
const HEIGHT = 26;
const REACH = 1;

/** Where a value lies, with more room near zero: square root, cut off at one nat per step. */
export function place(value, width = WIDTH) {
  const scaled = Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value) / REACH));
  return width / 2 + scaled * (width / 2 - 6);
}

export function zeroLine() {
  const axis = svg("line", { class: "zl-axis", x1: 6, x2: WIDTH - 6, y1: 13, y2: 13 });
  const zero = svg("line", { class: "zl-zero", x1: WIDTH / 2, x2: WIDTH / 2, y1: -12, y2: 38 });
  const stem = svg("line", { class: "zl-stem", x1: WIDTH / 2, y1: 13, y2: 13 });
  const error = svg("line", { class: "zl-error", y1: 13, y2: 13 });
  const dot = svg("circle", { class: "zl-dot", cy: 13, r: 4.5 });
  const node = svg("svg", {
    class: "zeroline", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: "img",
  }, zero, axis, stem, error, dot);

  function show(value, standardError) {
    const at = finite(value);
    const half = 1.96 * (finite(standardError) ?? 0);
    setAttribute(node, "data-sign", at === null ? "none" : at > 0 ? "expand" : "contract");
    setAttribute(node, "aria-label", at === null ? "not measured" : side(at));
    if (at === null) return;
    setAttribute(stem, "x2", place(at).toFixed(1));
    setAttribute(dot, "cx", place(at).toFixed(1));
    setAttribute(error, "x1", place(at - half).toFixed(1));
    setAttribute(error, "x2", place(at + half).toFixed(1));
  }
  return { node, show };
}

function side(value) {
  if (Math.abs(value) <= 0.01) return "close to zero";
  return `${decimal(value)}, ${value > 0 ? "expanding" : "contracting"}`;
}
