// Feed-forward networks: one exponent for each input of the probe, depth in the role of time.

import { count, decimal, finite } from "../format.js";
import { el, setText } from "../dom.js";
import { axis, card, trainingAxis } from "./chart.js";
import { legend } from "./quantities.js";
import { band, line, marks, refusals, zero } from "./series.js";

export const layers = () => [overTraining(), distribution(), contrast()];

const UNIT = "nats per layer";
const MOST_BINS = 40;

/** A value of every reading along the axis of training. */
const points = ({ history, axis: training }, value) =>
  history.layered().map(reading => [training.at(reading.step), value(reading.finite_time)]);

function overTraining() {
  return card({
    id: "inputs",
    title: "Exponents of the inputs over training",
    meaning: "How strongly each input's neighbourhood is stretched from the first layer to the "
      + "last, per layer: the mean over the probe's inputs with its standard deviation (band), and "
      + "the extremes. Above zero differences between inputs grow and gradients explode, below "
      + "both vanish. Red marks: snapshots that could not be measured.",
    option: (view, color) => {
      if (view.history.layered().length === 0) return null;
      return {
        legend: legend(color, ["largest", "mean", "smallest"]),
        grid: { left: 58, right: 18, top: 30, bottom: 42 },
        xAxis: trainingAxis(color, view.axis),
        yAxis: axis(color, UNIT, { type: "value", vertical: true, scale: false }),
        series: [
          band("± standard deviation", spread(view), color.band),
          line("mean", points(view, of => finite(of.mean_finite)), color.contract,
            { markLine: zero(color) }),
          line("largest", points(view, of => finite(of.max)), color.expand, thin(color.expand)),
          line("smallest", points(view, of => finite(of.min_finite)), color.mean, thin(color.mean)),
          marks(refusals(view), color),
        ],
      };
    },
    label: ({ history }) =>
      `Exponents of inputs over training, mean now ${decimal(newest(history)?.mean_finite)}`,
  });
}

const thin = color => ({ lineStyle: { width: 1.2, type: "dashed", color } });

const newest = history => history.newestLayered()?.finite_time;

const spread = view => view.history.layered().map(({ step, finite_time: of }) => {
  const mean = finite(of.mean_finite);
  const deviation = finite(of.standard_deviation_finite);
  const x = view.axis.at(step);
  return mean === null || deviation === null ? [x, null, null] : [x, mean - deviation, mean + deviation];
});

function distribution() {
  const note = el("p", { class: "chart-note", "data-testid": "dead-inputs" });
  return card({
    id: "distribution",
    title: "Exponents of the inputs now",
    meaning: "How many inputs have which exponent. Narrow networks learn by ridges: most inputs lie "
      + "low, and a tail of large exponents marks those near a boundary between classes. In wide "
      + "networks all inputs are alike.",
    extra: [note],
    option: ({ history, live }, color) => {
      const shown = newest(history) ?? live?.finite_time;
      if (!shown) return null;
      const dead = finite(shown.neg_inf) ?? 0;
      setText(note, dead > 0 ? `Of ${count(dead)} more inputs nothing gets through.` : "");
      return {
        xAxis: axis(color, UNIT, { type: "value", scale: true }),
        yAxis: axis(color, "inputs", { type: "value", vertical: true, min: 0, minInterval: 1 }),
        tooltip: { show: false },
        series: [histogram(shown.per_input.map(finite).filter(value => value !== null), color)],
      };
    },
    label: ({ history }) => {
      const shown = newest(history);
      return shown ? `Distribution of the exponents of ${shown.per_input.length} inputs` : "Nothing yet";
    },
  });
}

/** Bars of equal width, drawn as rectangles of [left, right, height]. */
function histogram(values, color) {
  const bins = Math.min(MOST_BINS, Math.max(1, Math.ceil(2 * Math.sqrt(values.length))));
  const low = values.reduce((one, other) => Math.min(one, other), Infinity);
  const high = values.reduce((one, other) => Math.max(one, other), -Infinity);
  const width = (high - low) / bins || 0.01;
  const counts = new Array(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - low) / width))]++;
  const bars = counts.map((height, i) => [low + i * width, low + (i + 1) * width, height])
    .filter(([, , height]) => height > 0);
  return {
    name: "inputs", type: "custom", silent: true, clip: true, data: bars,
    encode: { x: [0, 1], y: 2 },
    renderItem: (_, api) => {
      const [left, top] = api.coord([api.value(0), api.value(2)]);
      const [right, bottom] = api.coord([api.value(1), 0]);
      const middle = (api.value(0) + api.value(1)) / 2;
      return {
        type: "rect",
        shape: { x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: bottom - top },
        style: { fill: middle > 0 ? color.expand : color.contract },
      };
    },
  };
}

function contrast() {
  return card({
    id: "contrast",
    title: "Ridge contrast",
    meaning: "How far the largest twentieth of the exponents stands above the middle one. It grows "
      + "while a network draws sharp boundaries between classes, and stays near zero where it "
      + "classifies without them, as very wide networks do.",
    option: (view, color) => {
      if (view.history.layered().length === 0) return null;
      return {
        xAxis: trainingAxis(color, view.axis),
        yAxis: axis(color, UNIT, { type: "value", vertical: true, min: 0 }),
        series: [
          line("contrast", points(view, of => finite(of.contrast)), color.odd),
          marks(refusals(view), color),
        ],
      };
    },
    label: ({ history }) => `Ridge contrast over training, now ${decimal(newest(history)?.contrast)}`,
  });
}
