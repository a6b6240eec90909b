// A tiny line without axes, drawn as inline SVG. Values that are no numbers interrupt the line.

import { finite } from "./format.js";
import { setAttribute, svg } from "./dom.js";

const WIDTH = 104;
const HEIGHT = 26;
const PAD = 3;

/** The path through `[step, value]` pairs, scaled to the box; pure, so that it can be tested. */
export function sparkPath(points, { low, high }, width = WIDTH, height = HEIGHT) {
  const first = points[0]?.[0] ?? 0;
  const span = (points.at(-1)?.[0] ?? 0) - first || 1;
  let pen = "M";
  let path = "";
  let last = null;
  for (const [step, value] of points) {
    const y = finite(value);
    if (y === null) {
      pen = "M";
      continue;
    }
    last = [
      PAD + ((step - first) / span) * (width - 2 * PAD),
      height - PAD - ((y - low) / (high - low || 1)) * (height - 2 * PAD),
    ].map(coordinate => coordinate.toFixed(1));
    path += `${pen}${last.join(" ")}`;
    pen = "L";
  }
  return { path, last };
}

function bounds(points, zero) {
  const values = points.map(([, value]) => finite(value)).filter(value => value !== null);
  if (zero) values.push(0);
  const low = Math.min(...values);
  const high = Math.max(...values);
  return high > low ? { low, high } : { low: low - 0.5, high: high + 0.5 };
}

/** An empty sparkline; with `zero` it shows where zero is. */
export function sparkline(label, { zero = false } = {}) {
  const rule = zero ? svg("line", { class: "spark-zero", x1: 0, x2: WIDTH }) : null;
  const line = svg("path", { class: "spark-line" });
  const tip = svg("circle", { class: "spark-tip", r: 2 });
  const node = svg("svg", {
    class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT,
    role: "img", "aria-label": label,
  }, rule, line, tip);

  function show(points) {
    const usable = Array.isArray(points) ? points : [];
    const range = bounds(usable, zero);
    const { path, last } = sparkPath(usable, range);
    setAttribute(line, "d", path);
    setAttribute(tip, "visibility", last ? "visible" : "hidden");
    if (last) {
      setAttribute(tip, "cx", last[0]);
      setAttribute(tip, "cy", last[1]);
    }
    if (rule) {
      const y = HEIGHT - PAD - ((0 - range.low) / (range.high - range.low)) * (HEIGHT - 2 * PAD);
      setAttribute(rule, "y1", y.toFixed(1));
      setAttribute(rule, "y2", y.toFixed(1));
    }
  }
  return { node, show };
}
