// What is derived from the spectrum, over training.

import { decimal, finite } from "../format.js";
import { axis, card, trainingAxis } from "./chart.js";
import { band, line, marks, refusals, zero } from "./series.js";

export const quantities = () => [largest(), capacity(), updates()];

const pairs = ({ history, axis: training }, field) =>
  history.measured().map(reading => [training.at(reading.step), finite(reading[field])]);

function largest() {
  return card({
    id: "largest",
    title: "Largest and mean exponent",
    meaning: "The largest exponent says whether gradients explode (above zero) or vanish (below). "
      + "The mean says how fast volumes of states shrink. Red marks: snapshots that could not be "
      + "measured, such as weights that are NaN.",
    option: (view, color) => {
      if (view.history.readings().length === 0) return null;
      return {
        legend: legend(color, ["largest", "mean"]),
        xAxis: trainingAxis(color, view.axis),
        yAxis: axis(color, "nats per step", { type: "value", vertical: true, scale: false }),
        series: [
          band("largest, 95 %", interval(view, "max"), color.band),
          line("largest", pairs(view, "max"), color.contract, { markLine: zero(color) }),
          line("mean", pairs(view, "mean_finite"), color.mean,
            { lineStyle: { width: 1.4, type: "dashed", color: color.mean } }),
          marks(refusals(view), color),
        ],
      };
    },
    label: ({ history }) => `Largest exponent over training, now ${decimal(history.newestMeasured()?.max)}`,
  });
}

function interval({ history, axis: training }, field) {
  return history.measured().map(reading => {
    const [low, high] = (reading.interval?.[field] ?? []).map(finite);
    return [training.at(reading.step), low ?? null, high ?? null];
  });
}

function capacity() {
  return card({
    id: "capacity",
    title: "Attractor dimension and entropy rate",
    meaning: "Both are zero unless the network is chaotic. The Kaplan-Yorke dimension says how "
      + "many directions its chaotic motion fills, the entropy rate how many nats of information "
      + "about its state it makes up, and forgets, per step. The band is the 95 % interval of "
      + "the dimension.",
    option: (view, color) => {
      if (view.history.measured().length === 0) return null;
      const right = axis(color, "entropy rate, nats per step",
        { type: "value", min: 0, position: "right", splitLine: { show: false }, vertical: true });
      return {
        legend: legend(color, ["Kaplan-Yorke dimension", "entropy rate"]),
        grid: { left: 58, right: 62, top: 30, bottom: 42 },
        xAxis: trainingAxis(color, view.axis),
        yAxis: [axis(color, "dimension", { type: "value", min: 0, vertical: true }), right],
        series: [
          band("dimension, 95 %", interval(view, "kaplan_yorke_dimension"), color.band),
          line("Kaplan-Yorke dimension", pairs(view, "kaplan_yorke_dimension"), color.odd),
          line("entropy rate", pairs(view, "entropy_rate"), color.expand, {
            yAxisIndex: 1, symbol: "rect", lineStyle: { width: 1.4, type: "dashed", color: color.expand },
          }),
          marks(refusals(view), color),
        ],
      };
    },
    label: ({ history }) =>
      `Kaplan-Yorke dimension over training, now ${decimal(history.newestMeasured()?.kaplan_yorke_dimension)}`,
  });
}

function updates() {
  const ratio = ({ history, axis: training }, field) => history.measured().map(reading =>
    [training.at(reading.step), finite(reading[field]?.participation_ratio)]);
  return card({
    id: "updates",
    title: "Participation ratio of weight updates",
    meaning: "How the recurrent weights moved between two snapshots: 1 is a change in a single "
      + "direction, one over n is n directions alike. Dashed: the same of the gradients, where "
      + "the training process sends them.",
    option: (view, color) => {
      if (!view.history.measured().some(reading => reading.update || reading.gradient)) return null;
      return {
        legend: legend(color, ["update", "gradient"]),
        xAxis: trainingAxis(color, view.axis),
        yAxis: axis(color, "participation ratio", { type: "value", min: 0, max: 1, vertical: true }),
        series: [
          line("update", ratio(view, "update"), color.contract),
          line("gradient", ratio(view, "gradient"), color.odd,
            { lineStyle: { width: 1.4, type: "dashed", color: color.odd } }),
          marks(refusals(view), color),
        ],
      };
    },
    label: ({ history }) => "Participation ratio of weight updates over training, now "
      + decimal(history.newestMeasured()?.update?.participation_ratio),
  });
}

/** The legend names the lines only; bands and marks are explained by the caption. */
export const legend = (color, names) => ({
  data: names, top: 0, right: 8, itemWidth: 22, itemHeight: 8,
  textStyle: { color: color.faint, fontSize: 12 },
});
