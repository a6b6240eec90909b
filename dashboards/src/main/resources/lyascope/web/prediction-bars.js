// Small pictures of the numbers of a prediction; each value stands beside its picture in figures.

import { el, svg } from "./dom.js";
import { decimal, finite, percent } from "./format.js";

/** Probabilities as bars from 0 to 1. */
export function shares(rows) {
  return el("dl", { class: "bars" }, rows.map(({ label, value, strong, field }) => {
    const ratio = Math.min(1, Math.max(0, finite(value) ?? 0));
    return el("div", { class: strong ? "strong" : null },
      el("dt", {}, label),
      el("dd", {}, track(0, ratio), el("span", { "data-field": field }, percent(value))));
  }));
}

/** Changes of a probability as bars to either side of zero. */
export function signed(rows) {
  const reach = Math.max(0.1, ...rows.map(({ value }) => Math.abs(finite(value) ?? 0)));
  return el("dl", { class: "bars" }, rows.map(({ label, value }) => {
    const size = (finite(value) ?? 0) / (2 * reach);
    const text = finite(value) === null ? "–"
      : `${value >= 0 ? "+" : "\u2212"}${Math.round(100 * Math.abs(value))} points`;
    return el("div", {}, el("dt", {}, label),
      el("dd", {}, track(Math.min(0.5, 0.5 + size), Math.abs(size), size < 0 ? "down" : "up"),
        el("span", {}, text)));
  }));
}

function track(from, width, direction) {
  return svg("svg", { class: `bar-track ${direction ?? ""}`, viewBox: "0 0 100 8",
    preserveAspectRatio: "none", "aria-hidden": "true" },
  svg("rect", { class: "bar-ground", x: 0, y: 0, width: 100, height: 8 }),
  svg("rect", { class: "bar-value", x: 100 * from, y: 0, width: Math.max(0.6, 100 * width), height: 8 }),
  direction ? svg("path", { class: "bar-middle", d: "M50 0 V8" }) : null);
}

/** The predicted loss with its interval, which may have no end, the loss now, and the limit of what counts as good. */
export function interval({ low, high, value, now, limit }) {
  const known = [low, high, value, now, limit].filter(one => one !== null && one !== undefined);
  const least = Math.min(...known);
  const span = Math.max(...known) - least || 1;
  const x = number => 4 + (292 * (number - least)) / span;
  const tick = (number, name, text) => (number === null || number === undefined ? null
    : svg("g", { class: `tick ${name}` },
      svg("title", {}, `${text}: ${decimal(number, 3)}`),
      svg("path", { d: `M${x(number)} 4 V24` })));
  return el("div", { class: "interval" },
    svg("svg", { viewBox: "0 0 300 28", preserveAspectRatio: "xMinYMid meet", role: "img", "aria-label":
      `Predicted final loss ${decimal(value, 3)}, between ${decimal(low, 3)} and ${decimal(high, 3)}` },
    svg("path", { class: "interval-line", d: `M${x(low ?? least)} 14 H${x(high ?? least + span)}` }),
    tick(limit, "limit", "good below"), tick(now, "now", "validation loss now"),
    svg("circle", { class: "interval-dot", cx: x(value), cy: 14, r: 5 })),
    el("p", { class: "key" },
      el("span", { class: "key-value" }, "predicted, 90 %"), el("span", { class: "key-now" }, "now"),
      el("span", { class: "key-limit" }, "good below")));
}
