// What is recommended of a run, as shape, word and colour.

import { el, svg } from "./dom.js";

/** Each verdict: its word on the page, what it says, and how it is drawn. */
export const VERDICTS = {
  doomed: {
    word: "doomed", says: "a good end is unlikely; stopping is recommended",
    shape: [["path", { d: "M2 3 L6 9.6 L10 3", fill: "none" }]],
  },
  undecided: {
    word: "undecided", says: "neither a good nor a bad end can be told yet",
    shape: [["path", { d: "M2 6 H10", fill: "none" }]],
  },
  promising: {
    word: "promising", says: "a good end is likely",
    shape: [["path", { d: "M2 9 L6 2.4 L10 9", fill: "none" }]],
  },
  out_of_distribution: {
    word: "unknown kind", says: "unlike all runs that the predictor was trained on",
    shape: [["circle", { cx: 6, cy: 6, r: 4.2, fill: "none", "stroke-dasharray": "1.6 1.7" }]],
  },
  not_predictable: {
    word: "not predictable", says: "no predictor can be asked about this run",
    shape: [["path", { d: "M2.6 9.4 L9.4 2.6", fill: "none" }]],
  },
};

const ORDER = Object.keys(VERDICTS);

/** Doomed first; a run without a verdict has no place. */
export const verdictRank = kind => (ORDER.includes(kind) ? ORDER.indexOf(kind) : null);

export function verdictBadge() {
  return el("span", { class: "verdict", "data-field": "verdict", "data-testid": "verdict" });
}

/** Shows a verdict in its badge; without one, a dash. */
export function showVerdict(badge, kind, reason) {
  badge.title = [VERDICTS[kind]?.says, reason].filter(Boolean).join(". ");
  const known = kind ?? "";
  if (badge.dataset.verdict === known) return;
  badge.dataset.verdict = known;
  badge.replaceChildren(...(kind ? [icon(kind), el("span", {}, VERDICTS[kind]?.word ?? kind)] : ["–"]));
}

function icon(kind) {
  const attributes = {
    viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true", stroke: "currentColor",
    "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round", class: "state-icon",
  };
  return svg("svg", attributes, (VERDICTS[kind]?.shape ?? []).map(([tag, shape]) => svg(tag, shape)));
}
