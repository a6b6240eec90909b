// Who the run is, where it stands, and what its newest measurement amounts to, in words.

import { el, setAttribute, setText } from "./dom.js";
import { size } from "./fleet-columns.js";
import { ago, count, decimal, finite, percent, withError } from "./format.js";
import { showState, stateBadge } from "./states.js";

/**
 * The facts in the order they are shown: field for tests, label, explanation, and for which kind of
 * network if not for both.
 */
const FACTS = [
  ["step", "Step", "The newest step heard of"],
  ["val_loss", "Validation loss", ""],
  ["exponent_mean", "Mean exponent", "Over the probe's inputs, with the standard deviation", "layered"],
  ["exponent_max", "Largest exponent", "Of a spectrum: with its 95 % interval over the probe's sequences"],
  ["contrast", "Ridge contrast", "The largest twentieth of the exponents above the middle one", "layered"],
  ["inputs", "Inputs", "Measured inputs of the probe, through how many hidden layers", "layered"],
  ["horizon", "Memory", "How fast small differences fade or grow", "recurrent"],
  ["resolved", "Resolved", "Exponents that double precision can tell from rounding; the others are dead",
    "recurrent"],
  ["converged", "Converged", "Whether the widest 95 % interval is within the protocol's tolerance",
    "recurrent"],
  ["probe_source", "Probe", "Where the inputs come from that drive the network while it is measured"],
  ["last_seen", "Last seen", ""],
];

export function runHeader(run) {
  const badge = stateBadge();
  const title = el("h1", { title: run, "data-testid": "run-title" }, run);
  const about = el("p", { class: "run-subtitle", "data-testid": "run-about" });
  const fields = Object.fromEntries(FACTS.map(([field, , hint]) =>
    [field, el("dd", { "data-field": field, title: hint || null }, "–")]));
  const error = el("p", { class: "run-problem", role: "alert", hidden: true, "data-field": "error" });
  const boxes = FACTS.map(([field, label, , kind]) =>
    ({ kind, node: el("div", {}, el("dt", {}, label), fields[field]) }));
  const node = el("section", { class: "run-head" },
    el("p", { class: "crumb" }, el("a", { href: "#/", "data-back": "" }, "All runs")),
    el("div", { class: "run-name-line" }, title, badge), about, error,
    el("dl", { class: "facts" }, boxes.map(box => box.node)));
  let lastSeen = null;

  function show(summary = {}, reading) {
    showState(badge, summary.state);
    setText(title, summary.name || run);
    setText(about, subtitle(run, summary, reading));
    lastSeen = summary.last_seen;
    setText(fields.step, steps(summary));
    setText(fields.val_loss, decimal(summary.val_loss, 4));
    setText(fields.exponent_max, withError(summary.exponent_max, summary.exponent_max_error));
    const kind = summary.cell === "feedforward" ? "layered" : "recurrent";
    for (const box of boxes) setAttribute(box.node, "hidden", (box.kind ?? kind) === kind ? null : "");
    setText(fields.exponent_mean, spread(summary));
    setText(fields.contrast, decimal(summary.contrast));
    setText(fields.inputs, inputs(reading?.finite_time));
    setText(fields.horizon, horizon(summary.exponent_max));
    setText(fields.resolved, resolved(summary, reading));
    setText(fields.converged, converged(summary, reading));
    setText(fields.probe_source, probe(summary.probe_source));
    setText(error, problem(summary.error));
    setAttribute(error, "hidden", summary.error ? null : "");
    tick();
  }

  const tick = () => setText(fields.last_seen, lastSeen ? ago(lastSeen) : "–");
  return { node, show, tick };
}

function subtitle(run, summary, reading) {
  const protocol = reading?.protocol;
  return [
    summary.project,
    summary.name && summary.name !== run ? run : null,
    size(summary),
    summary.attempt > 0 ? `attempt ${summary.attempt + 1}` : null,
    protocol ? `${protocol.state} state, ${protocol.steps} steps after ${protocol.burn_in}` : null,
  ].filter(Boolean).join(" · ");
}

function steps(summary) {
  const total = finite(summary.total_steps);
  const step = count(summary.step ?? null);
  return total ? `${step} of ${count(total)} (${percent(summary.step / total)})` : step;
}

/** What the largest exponent means for a gradient, in words. */
export function horizon(largest) {
  const value = finite(largest);
  if (value === null) return "–";
  if (Math.abs(value) < 1e-3) return "differences neither fade nor grow";
  const steps = decimal(1 / Math.abs(value), 2);
  return value < 0 ? `fades e-fold in ${steps} steps` : `chaotic: grows e-fold in ${steps} steps`;
}

function spread(summary) {
  const deviation = finite(summary.exponent_deviation);
  const mean = decimal(summary.exponent_mean);
  return deviation === null ? mean : `${mean} ± ${decimal(deviation, 2)}`;
}

function inputs(layered) {
  if (!layered) return "–";
  const dead = finite(layered.neg_inf) ?? 0;
  return `${count(layered.per_input.length)} through ${count(layered.layers)} layers`
    + (dead > 0 ? `, ${count(dead)} dead` : "");
}

function resolved(summary, reading) {
  const all = reading?.exponents?.length;
  if (finite(summary.resolved) === null) return "–";
  const dead = finite(summary.dead) ?? 0;
  const of = all ? ` of ${count(all)}` : "";
  return `${count(summary.resolved)}${of}${dead > 0 ? `, ${count(dead)} dead` : ""}`;
}

function converged(summary, reading) {
  if (summary.converged === undefined || summary.converged === null) return "–";
  if (summary.converged) return "yes";
  if (reading?.stopped === "deadline") return "no, the deadline came first";
  return reading?.interval ? "no, intervals are wide" : "unknown for so few steps";
}

const probe = source => ({
  synthetic: "synthetic: made-up inputs", training: "training data", validation: "validation data",
})[source] ?? "–";

const problem = error =>
  error ? `The newest snapshot could not be measured (${error.kind}): ${error.message}` : "";
