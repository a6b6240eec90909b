// How the run will probably end: the verdict in words, the numbers beside what they have to beat,
// and the card of the predictor that gave them.

import { el, setAttribute, setText } from "./dom.js";
import { decimal, finite } from "./format.js";
import { interval, shares, signed } from "./prediction-bars.js";
import { predictorCard } from "./predictor-card.js";
import { showVerdict, verdictBadge } from "./verdicts.js";
import { whatIf } from "./what-if.js";

const BASELINES = [
  ["loss", "current loss alone"], ["hyperparameters", "hyper-parameters alone"],
  ["architecture", "architecture alone"], ["max", "largest exponent alone"],
  ["mean", "mean exponent alone"],
];

const SOURCES = { spectrum: "spectrum", scalars: "losses so far", hyperparameters: "hyper-parameters" };

/** The panel; `map` is the chart of the latent space, which has a place in it. */
export function predictionPanel(run, map) {
  const badge = verdictBadge();
  const reason = el("p", { class: "verdict-reason", "data-field": "verdict_reason" });
  const advice = el("p", { class: "verdict-advice" });
  const numbers = el("div", { class: "outlook" });
  const question = whatIf(run);
  const about = predictorCard();
  const words = el("p", { class: "foretold-words", "data-testid": "no-prediction" });
  const body = el("div", { class: "foretold-body" },
    el("section", { class: "card" },
      el("div", { class: "card-head" }, el("h3", {}, "Verdict"), badge), reason, advice, numbers,
      question.node),
    map.node, about.node);
  const node = el("section", { class: "foretold", "data-testid": "prediction" },
    el("h2", {}, "How it will probably end"), words, body);

  function show({ prediction, summary, predictors, loaded }) {
    setText(words, prediction ? "" : nothing(loaded, summary));
    setAttribute(words, "hidden", prediction ? "" : null);
    setAttribute(body, "hidden", prediction ? null : "");
    if (!prediction) return;
    const { kind, reason: why } = prediction.verdict;
    showVerdict(badge, kind, "");
    setText(reason, sentence(why));
    setText(advice, adviceOn(kind));
    draw(numbers, prediction, summary);
    question.show(prediction);
    // Without a predictor there is neither a map nor a card.
    for (const { node: box } of [map, about]) {
      setAttribute(box, "hidden", prediction.predictor ? null : "");
    }
    about.show(predictors.find(one => one.digest === prediction.predictor?.digest),
      prediction.predictor);
  }
  return { node, show };
}

function nothing(loaded, summary) {
  if (loaded === 0) return "No predictor is loaded: the run is measured and not judged.";
  if (summary?.error) return "The newest snapshot could not be measured, so nothing follows from it.";
  return "Nothing yet: a prediction takes a complete measurement.";
}

const sentence = text => (text ? `${text[0].toUpperCase()}${text.slice(1).replace(/\.?$/, ".")}` : "");

const ADVICE = {
  doomed: "Stopping is recommended. Nothing is stopped by itself.",
  promising: "Going on is recommended. Nothing is stopped by itself.",
  undecided: "Nothing is recommended yet.",
};

const adviceOn = kind => ADVICE[kind] ?? "No number is given, because none would mean anything.";

let drawn = new WeakMap();

/** Rebuilt only when something in it is new. */
function draw(place, prediction, summary = {}) {
  const key = JSON.stringify([prediction, summary.val_loss]);
  if (drawn.get(place) === key) return;
  drawn.set(place, key);
  place.replaceChildren(...(finite(prediction.success_probability) === null
    ? distances(prediction) : outlook(prediction, summary)));
}

function outlook(prediction, summary) {
  const [low, high] = (prediction.interval ?? []).map(finite);
  const known = BASELINES.filter(([name]) => finite(prediction.baselines?.[name]) !== null);
  return [
    el("h4", {}, "Final loss"),
    el("p", { class: "outlook-loss" },
      el("strong", { "data-field": "predicted_loss" }, decimal(prediction.predicted_loss, 3)),
      ` (90 %: ${decimal(prediction.interval?.[0], 3)} to ${decimal(prediction.interval?.[1], 3)}), now ${decimal(summary.val_loss, 3)}`),
    interval({
      low, high, value: finite(prediction.predicted_loss), now: finite(summary.val_loss),
      limit: finite(prediction.threshold_loss),
    }),
    el("h4", {}, `Probability of a good end, ${goodEnd(prediction)}`),
    shares([
      { label: "predicted", value: prediction.success_probability, strong: true, field: "success_probability" },
      { label: "base rate", value: prediction.base_rate, field: "base_rate" },
      ...known.map(([name, label]) => ({ label, value: prediction.baselines[name], field: name })),
    ]),
    el("h4", {}, "What each source adds to the others"),
    signed(Object.entries(prediction.contribution ?? {})
      .map(([name, value]) => ({ label: SOURCES[name] ?? name, value }))),
    ...distances(prediction),
  ];
}

function goodEnd({ metric, goal, threshold_loss: limit }) {
  const what = metric && metric !== "val_loss" ? metric : "loss";
  return `a final ${what} ${goal === "maximize" ? "above" : "below"} ${decimal(limit, 3)}`;
}

/** How foreign the run is, in units of the limit. */
function distances(prediction) {
  const distance = finite(prediction.distance);
  if (distance === null) return [];
  return [el("p", { class: "outlook-distance", "data-field": "distance" },
    distance > 1
      ? `It lies ${decimal(distance, 2)} times as far from the training runs as their limit allows.`
      : `Distance from the training runs: ${decimal(distance, 2)} of the limit.`)];
}
