// The predicted final loss over training, beside the loss itself.

import { decimal, finite } from "../format.js";
import { axis, card, trainingAxis } from "./chart.js";
import { legend } from "./quantities.js";
import { band, line } from "./series.js";

export function foretold() {
  return card({
    id: "foretold",
    title: "Predicted final loss over training",
    meaning: "What the predictor said at each snapshot, with its 90 % interval, beside the validation "
      + "loss. Dashed: below it a run counts as good. Gaps: no number was given.",
    option,
    label: ({ predictions }) =>
      `Predicted final loss over training, now ${decimal(predictions.at(-1)?.predicted_loss)}`,
  });
}

function option({ predictions, history, axis: training }, color) {
  if (!predictions.some(one => finite(one.predicted_loss) !== null)) return null;
  const at = one => training.at(one.step);
  const limit = finite(predictions.findLast(one => finite(one.threshold_loss) !== null)?.threshold_loss);
  const losses = history.series("val_loss")
    .map(([step, value]) => [training.at(step), Number.isFinite(value) ? value : null]);
  return {
    legend: legend(color, ["predicted final loss", "validation loss"]),
    grid: { left: 58, right: 18, top: 30, bottom: 42 },
    xAxis: trainingAxis(color, training),
    yAxis: axis(color, "loss", { type: "value", vertical: true }),
    series: [
      band("90 %", predictions.map(one => {
        const [low, high] = (one.interval ?? []).map(finite);
        return [at(one), low ?? null, high ?? null];
      }), color.band),
      line("predicted final loss", predictions.map(one => [at(one), finite(one.predicted_loss)]),
        color.contract, { markLine: limit === null ? null : good(limit, color) }),
      line("validation loss", losses, color.good, { symbol: "diamond" }),
    ],
  };
}

const good = (limit, color) => ({
  silent: true, symbol: "none", label: { show: false },
  lineStyle: { color: color.good, type: "dashed", width: 1 }, data: [{ yAxis: limit }],
});
