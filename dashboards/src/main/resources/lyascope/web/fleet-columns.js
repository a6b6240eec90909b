// The fleet table's columns: how each is called, sorted, built and kept up to date.

import { formatAddress } from "./address.js";
import { ago, decimal, finite, fixed, percent, count, withError } from "./format.js";
import { el, setAttribute, setText } from "./dom.js";
import { showState, stateBadge, stateRank } from "./states.js";
import { sparkline } from "./sparkline.js";
import { showVerdict, verdictBadge, verdictRank } from "./verdicts.js";
import { zeroLine } from "./zeroline.js";

/** A cell that only holds text; `data-value` carries the bare number for scripts and tests. */
function textCell(field, text) {
  return () => {
    const node = el("span", { "data-field": field, "data-testid": field });
    return {
      node,
      show(run) {
        setText(node, text(run));
        setAttribute(node, "data-value", run[field]);
      },
    };
  };
}

function stateCell() {
  const node = stateBadge();
  node.dataset.field = "state";
  return { node, show: run => showState(node, run.state) };
}

function nameCell() {
  const link = el("a", { class: "run-link", "data-testid": "run-link" });
  const about = el("span", { class: "run-about" });
  const node = el("div", { class: "run-name" }, link, about);
  return {
    node,
    show(run) {
      const name = run.name || run.run;
      setText(link, name.length > 200 ? `${name.slice(0, 200)}…` : name);
      setAttribute(link, "href", formatAddress(run.run));
      setAttribute(link, "title", name.slice(0, 1000));
      setText(about, [run.project, size(run)].filter(Boolean).join(" · ").slice(0, 200));
    },
  };
}

/** Cell type, width and depth in a word: `lstm 128 × 2`. */
export function size(run) {
  if (!run.cell) return "";
  const layers = (run.num_layers ?? 1) > 1 ? ` × ${run.num_layers}` : "";
  return `${run.cell} ${run.hidden_size ?? ""}${layers}`.trim();
}

function progressCell() {
  const bar = el("span", { class: "bar-fill" });
  const track = el("span", {
    class: "bar", role: "progressbar", "aria-label": "progress",
    "aria-valuemin": 0, "aria-valuemax": 100,
  }, bar);
  const text = el("span", { class: "bar-text", "data-field": "progress" });
  return {
    node: el("div", { class: "progress" }, track, text),
    show(run) {
      const ratio = finite(run.progress);
      bar.style.transform = `scaleX(${Math.min(1, Math.max(0, ratio ?? 0))})`;
      setAttribute(track, "aria-valuenow", ratio === null ? null : Math.round(100 * ratio));
      setText(text, percent(ratio));
    },
  };
}

const ERROR_WORDS = {
  nonfinite_weights: "weights not finite", diverged: "diverged", probe: "no usable probe",
  unsupported: "not supported", missing_tensor: "tensor missing", shape: "wrong shape",
  protocol: "protocol refused", malformed: "malformed",
};

export const errorWords = error => ERROR_WORDS[error.kind] ?? String(error.kind);

function exponentCell() {
  const value = el("span", { "data-field": "exponent_max", "data-testid": "exponent_max" });
  const error = el("span", { class: "run-error", "data-field": "error", hidden: true });
  return {
    node: el("div", { class: "exponent" }, value, error),
    show(run) {
      setText(value, withError(run.exponent_max, run.exponent_max_error));
      setAttribute(value, "data-value", run.exponent_max);
      setAttribute(error, "hidden", run.error ? null : "");
      setText(error, run.error ? `⚠ ${errorWords(run.error)}` : "");
      setAttribute(error, "title", run.error?.message);
    },
  };
}

function lineCell(field, label, options) {
  return () => {
    const spark = sparkline(label, options);
    return { node: spark.node, show: run => spark.show(run[field]) };
  };
}

function zeroCell() {
  const line = zeroLine();
  return { node: line.node, show: run => line.show(run.exponent_max, run.exponent_max_error) };
}

function verdictCell() {
  const node = verdictBadge();
  return { node, show: run => showVerdict(node, run.verdict, run.verdict_reason) };
}

const time = field => run => Date.parse(run[field]) || null;
const number = field => run => finite(run[field]);

/** Sort values are numbers, strings or null; null goes last whichever way the column is sorted. */
export const COLUMNS = [
  { key: "state", label: "State", sort: run => stateRank(run.state), cell: stateCell },
  { key: "name", label: "Run", sort: run => (run.name || run.run).toLowerCase(), cell: nameCell },
  { key: "progress", label: "Progress", sort: number("progress"), cell: progressCell },
  { key: "step", label: "Step", numeric: true, sort: number("step"),
    cell: textCell("step", run => count(run.step)) },
  { key: "val_loss", label: "Val. loss", numeric: true, sort: number("val_loss"),
    cell: textCell("val_loss", run => loss(run.val_loss)) },
  { key: "train_loss", label: "Train loss", numeric: true, sort: number("train_loss"),
    cell: textCell("train_loss", run => loss(run.train_loss)) },
  { key: "verdict", label: "Verdict", sort: run => verdictRank(run.verdict), cell: verdictCell,
    title: "What the predictor recommends; nothing is stopped by itself" },
  { key: "loss_history", label: "Loss so far", cell: lineCell("loss_sparkline", "loss so far") },
  { key: "exponent_max", label: "Largest exponent", numeric: true, sort: number("exponent_max"),
    title: "Largest Lyapunov exponent in nats per step, with its 95 % interval",
    cell: exponentCell },
  { key: "zero", label: "fades · 0 · grows", cell: zeroCell,
    title: "The same exponent on an axis shared by all runs (square-root scale, cut off at ±1)" },
  { key: "exponent_history", label: "Exponent so far",
    cell: lineCell("sparkline", "largest exponent so far", { zero: true }) },
  { key: "last_seen", label: "Last seen", numeric: true, sort: time("last_seen"),
    cell: textCell("last_seen", run => ago(run.last_seen)) },
];

function loss(value) {
  const known = finite(value);
  return known !== null && Math.abs(known) < 1000 && Math.abs(known) >= 0.001
    ? fixed(known, 3) : decimal(value);
}
