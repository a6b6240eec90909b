// A run's state as shape, word and colour: any one of the three is enough to tell it.

import { el, svg } from "./dom.js";

const SHAPES = {
  waiting: [["circle", { cx: 6, cy: 6, r: 4.2, fill: "none", "stroke-dasharray": "1.6 1.7" }]],
  running: [["path", { d: "M3 1.6 L10.4 6 L3 10.4 Z", fill: "currentColor" }]],
  stalled: [["path", { d: "M3.6 2 V10 M8.4 2 V10", fill: "none", "stroke-width": 2.6 }]],
  lost: [["path", { d: "M3.2 4 A2.8 2.8 0 1 1 6 7 V8 M6 10.4 V10.5", fill: "none" }]],
  finished: [["path", { d: "M1.6 6.6 L4.6 9.6 L10.4 2.6", fill: "none" }]],
  failed: [["path", { d: "M2.4 2.4 L9.6 9.6 M9.6 2.4 L2.4 9.6", fill: "none" }]],
  stopped: [["path", { d: "M2.4 2.4 H9.6 V9.6 H2.4 Z", fill: "currentColor" }]],
};

/** What each state says about a run, in the order in which a reader wants to see them. */
export const STATES = {
  failed: "ended in an error",
  lost: "no sign of life for a long time; the run may still be training",
  stalled: "no new step for longer than this run usually takes",
  running: "training",
  waiting: "announced, nothing received yet",
  stopped: "stopped before its planned end",
  finished: "reached its planned end",
};

const ORDER = Object.keys(STATES);

export const stateRank = state => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length);

function stateIcon(state) {
  const attributes = {
    viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true",
    stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round",
    "stroke-linejoin": "round", class: "state-icon",
  };
  return svg("svg", attributes, (SHAPES[state] ?? []).map(([tag, shape]) => svg(tag, shape)));
}

/** The state's badge; `showState` changes it in place. */
export function stateBadge() {
  return el("span", { class: "state" });
}

export function showState(badge, state) {
  const known = state ?? "waiting";
  if (badge.dataset.state === known) return;
  badge.dataset.state = known;
  badge.title = STATES[known] ?? "";
  badge.replaceChildren(stateIcon(known), el("span", {}, known));
}
